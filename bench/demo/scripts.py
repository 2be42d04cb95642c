"""What is said in each of the four procedures: values for the forms by item code, in the order of the agenda."""

from dataclasses import dataclass, field, replace

from bench.demo.official import Values


@dataclass(frozen=True)
class Script:
    seed: str
    """Name of the seeded procedure."""
    outcome: str
    words: dict[str, list[Values]]
    worker_dies: str | None
    """The moment at which the worker is killed: another one in each procedure."""
    also_dies: dict[str, str] = field(default_factory=dict)
    """Moment -> other part that is killed then."""
    recess_after: str | None = None
    """Code of the point after which everybody rests for a moment."""

    def undisturbed(self) -> "Script":
        return replace(self, worker_dies=None, also_dies={})


SCRIPTS = (
    Script(
        "conciliation",
        "agreement",
        {
            "A01": [{"publicity": "public"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A11": [
                {"speaker": "p1", "summary": "La valla entre las dos fincas cayó en octubre. Pide que se repare."},
                {"speaker": "p2", "summary": "Acepta que la valla es suya y ofrece pagar la reparación."},
            ],
            "A17": [{"depositor": "p1", "upload-title": "Presupuesto de la valla"}],
            "A20": [{"proposer": "p2", "terms": "Pagar la reparación antes del 15 de enero."}],
            "A23": [
                {
                    "scope": "total",
                    "clauses.0.text": "La requerida paga la reparación de la valla.",
                    "clauses.0.obligor": "p2",
                    "clauses.0.amount": "1200",
                    "clauses.0.due_on": "2036-01-15",
                }
            ],
            "A39": [{"manner": "aloud"}],
            "A40": [{"delivery": "mail"}],
        },
        worker_dies="before signing",
    ),
    Script(
        "life-certificate",
        "certified",
        {
            "A01": [{"publicity": "restricted"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A05": [{"consents.0.person": "p1", "consents.0.decision": "refused"}],
            "A27": [{"declarant": "p1", "content": "Declara que vive y que conserva su estado civil de viudo."}],
            "A31": [{"remarks": "Firma sin ayuda."}],
            "A26": [{"ruling": "certificate", "operative_part": "Se certifica que la persona compareciente vive."}],
            "A40": [{"delivery": "mail"}],
        },
        worker_dies="admitted",
        also_dies={"after A04": "rooms"},
    ),
    Script(
        "hearing",
        "witness_heard",
        {
            "A01": [{"publicity": "public"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A09": [{"person": "p1", "result": "promise"}],
            "A10": [{"person": "p1", "answers.0.topic": "kinship", "answers.0.answer": "No."}],
            "A13": [{"examined": "p1", "summary": "Vio caer la valla la noche del temporal."}],
            "A31": [{"remarks": "Lee y firma su declaración."}],
            "A39": [{"manner": "on_screen"}],
            "A40": [{"delivery": "e_office"}],
        },
        worker_dies="after A13",
        also_dies={"after A04": "api", "after A09": "rooms"},
        recess_after="A10",
    ),
    Script(
        "appointment",
        "plan_agreed",
        {
            "A03": [{}],
            "A36": [{}],
            "A37": [{"consents_referral": "true"}],
            "A31": [{}],
            "A40": [{}],
        },
        worker_dies="drafted",
    ),
)
