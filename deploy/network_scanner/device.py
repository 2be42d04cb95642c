"""The scanner itself: its feeder, its jobs, and the pictures that it makes."""

import secrets
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from deploy.network_scanner.troubles import Order, Trouble, ordered

UNITS = 300
"""Of a length to the inch."""


@dataclass
class Job:
    source: str
    colours: str
    resolution: int
    size: tuple[int, int]
    state: str = "Processing"
    given: int = 0
    waited: int = 0
    asked_at: float = field(default_factory=time.monotonic)


class Device:
    def __init__(self, directory: Path, patience: float) -> None:
        self._directory, self._patience = directory, patience
        self._order = Order()
        self.jobs: dict[str, Job] = {}
        self.sheets = 0
        self._scanned = 0
        self.jammed = self.opened = False

    def look(self) -> Order:
        """The order as it is now; a new one fills the feeder and mends what was jammed."""
        now = ordered(self._directory)
        if now != self._order:
            self._order, self.sheets, self.jammed = now, now.sheets, False
            self.opened = now.trouble is Trouble.COVER_OPEN and now.at == 1
        for job in self.jobs.values():
            if job.state == "Processing" and time.monotonic() - job.asked_at > self._patience:
                job.state = "Canceled"
        return now

    @property
    def active(self) -> Job | None:
        return next((job for job in self.jobs.values() if job.state == "Processing"), None)

    @property
    def feeder(self) -> str:
        """Its `AdfState`."""
        if self.jammed:
            return "ScannerAdfJam"
        if self.opened:
            return "ScannerAdfHatchOpen"
        return "ScannerAdfLoaded" if self.sheets else "ScannerAdfEmpty"

    def begin(self, job: Job) -> str:
        name = secrets.token_hex(8)
        self.jobs[name] = job
        return name

    def page(self, job: Job) -> bytes | None:
        """The next picture of the job; None when there is none, or something is wrong: then its state tells."""
        job.asked_at = time.monotonic()
        trouble = self.look().trouble if self._strikes(job) else Trouble.NONE
        if trouble in (Trouble.JAM, Trouble.COVER_OPEN, Trouble.CANCELLED):
            self.jammed, self.opened = trouble is Trouble.JAM, trouble is Trouble.COVER_OPEN
            job.state = "Canceled" if trouble is Trouble.CANCELLED else "Aborted"
            return None
        if (job.source == "Feeder" and not self.sheets) or (job.source == "Platen" and job.given):
            job.state = "Completed"
            return None
        self.sheets -= job.source == "Feeder"
        job.given += 1
        self._scanned += 1
        return picture(job, self._scanned)

    def strikes(self, job: Job) -> Trouble:
        """What is wrong with the page that is given now."""
        order = self.look()
        return order.trouble if job.given == order.at else Trouble.NONE

    def _strikes(self, job: Job) -> bool:
        return job.given + 1 >= self._order.at


def picture(job: Job, number: int) -> bytes:
    """A sheet with its number on it; the grey of its upper left corner is the number, for programs that count."""
    width, height = (round(side * job.resolution / UNITS) for side in job.size)
    sheet = Image.new("RGB" if job.colours == "RGB24" else "L", (width, height), "white")
    drawn = ImageDraw.Draw(sheet)
    drawn.rectangle((0, 0, width // 8, width // 8), fill="#" + f"{number % 256:02x}" * 3)
    letters = ImageFont.load_default(size=height // 40)
    lines = ("SOLICITUD DE ASISTENCIA", f"Hoja {number}", "Esta hoja es de un simulador.")
    for line, text in enumerate(lines):
        drawn.text((width // 8, height // 6 + line * height // 16), text, font=letters, fill="black")
    made = BytesIO()
    sheet.save(made, "JPEG", quality=90, dpi=(job.resolution, job.resolution))
    return made.getvalue()
