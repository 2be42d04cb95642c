"""What is said in each of the procedures: values for the forms by item code, in the order of the agenda."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bench.demo.official import Values
from bench.demo.records import Record
from bench.demo.talks import Talk


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
    by_clave: bool = False
    """The citizens identify themselves with Cl@ve, where the type offers it, while they wait."""
    by_face: bool = False
    """The citizens consent to have their face compared, where the type offers it."""
    by_reading: bool = False
    """The citizens' documents are read, both sides, where the type offers it."""
    recess_after: str | None = None
    """Code of the item after which everybody rests for a moment."""
    called_after: dict[str, str] = field(default_factory=dict)
    """Participant -> code of the item after which they are called; until then they wait outside."""
    added_after: dict[str, tuple[str, Values]] = field(default_factory=dict)
    """Code of an item -> code and values of one that is added and dealt with then."""
    talk: Talk | None = None
    """What a lawyer and whom they assist say to each other alone."""
    record: Record | None = None
    """The criminal record that registers are asked for."""

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
            "A17": [{"depositor": "p1", "upload-title": "Presupuesto de la valla", "upload-scanned": "2"}],
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
            "A39": [{"manner": "aloud", "approved": "true"}],
            "A26": [
                {
                    "ruling": "court_order",
                    "operative_part": "Se hace constar que el acto terminó con avenencia, en los términos del acta.",
                }
            ],
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
        by_face=True,
    ),
    Script(
        "hearing",
        "witness_heard",
        {
            "A01": [{"publicity": "public"}],
            "A02": [{"persons.0.person": "p3"}],
            "A04": [{"text_version": "2026-1"}],
            "A11": [{"speaker": "p2", "summary": "Pide que se repare la valla y propone oír a la testigo."}],
            "A09": [{"person": "p1", "result": "promise"}],
            "A10": [{"person": "p1", "answers.0.topic": "kinship", "answers.0.answer": "No."}],
            "A13": [{"examined": "p1", "summary": "Vio caer la valla la noche del temporal."}],
            "A31": [{"remarks": "Lee y firma su declaración."}],
            "A39": [{"manner": "on_screen", "approved": "true"}],
            "A40": [{"delivery": "e_office"}],
        },
        worker_dies="record asked",
        also_dies={"after A02": "api", "after A09": "rooms"},
        recess_after="A10",
        # Law: LEC art. 366.2, a witness hears nothing of what is said before they are called.
        called_after={"p1": "A11"},
        # Law: LEC art. 143.1, whoever interprets swears or promises a faithful translation first.
        added_after={
            "A11": ("A08", {"interpreter": "p4", "language": "Portugués", "assists": "p1", "result": "promise"})
        },
        talk=Talk(after="A13", lawyer="p2", client="p3"),
        # Law: LEC art. 377.1.5, a witness who was convicted of false testimony may be challenged.
        record=Record(
            "A04",
            "A13",
            {
                "person": "p1",
                "purpose": "other_by_law",
                "legal_basis": "LEC art. 377.1.5.º",
                "surnames": "Bouzas Otero",
                "first_names": "Lucía",
                "birth_date": "1981-04-09",
                "birth_town": "Braga",
                "birth_country": "PT",
                "nationalities": "ES, PT",
            },
        ),
    ),
    Script(
        "appointment",
        "plan_agreed",
        {
            "A03": [{}],
            "A36": [{}],
            "A37": [{"services.0.service": "Apoyo psicológico", "consents_referral": "true"}],
            "A31": [{}],
            "A40": [{}],
        },
        worker_dies="drafted",
    ),
    Script(
        "power",
        "granted",
        {
            "A01": [{"publicity": "restricted"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A28": [
                {
                    "grantor": "p1",
                    "grantor_address": "Rúa do Forno 3, Vilar",
                    "grantor_phone": "600 000 008",
                    "grantor_email": "xian.lorenzo@correo.example",
                    "attorneys.0.name": "Sara Couto Neira",
                    "attorneys.0.id_number": "99856680H",
                    "attorneys.0.profession": "court_agent",
                    "attorneys.0.college": "Colegio de Procuradores de Atlantia",
                    "attorneys.0.college_number": "412",
                    "attorneys.0.address": "Praza Maior 1, Ponte Nova",
                    "attorneys.0.phone": "600 000 108",
                    "attorneys.0.email": "s.couto@procura.example",
                    "kind": "any_procedure",
                    "special_powers": "Se confiere también facultad para desistir y para transigir.",
                    "valid_until": "2031-06-30",
                }
            ],
            "A31": [{"remarks": "Firma sin ayuda."}],
            "A39": [{"manner": "aloud", "approved": "true"}],
            "A40": [{"delivery": "mail"}],
        },
        worker_dies="after A28",
        by_clave=True,
    ),
    Script(
        "mediation",
        "agreement",
        {
            "A01": [{"publicity": "closed"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A42": [
                {
                    "mediator": "p3",
                    "qualification": "Mediadora inscrita con el número 218",
                    "impartiality": "nothing_known",
                    "subject": "Ruidos y horarios de un taller junto a una vivienda",
                    "programme": "Una o dos reuniones, conjuntas o por separado.",
                    "longest": "Tres meses",
                    "fees": "Sin coste",
                    "place": "Por videoconferencia, desde las oficinas de Vilar y Lira",
                    "language": "Castellano",
                    "acceptance": "accepted",
                }
            ],
            "A43": [{"manner": "joint"}],
            "A44": [
                {
                    "scope": "total",
                    "parties.0.party": "p1",
                    "parties.0.address": "Camiño Vello 12, Vilar",
                    "mediator": "p3",
                    "clauses.0.text": "El taller no usa maquinaria antes de las nueve ni después de las ocho.",
                    "clauses.0.obligor": "p2",
                    "clauses.0.due_on": "2036-01-15",
                }
            ],
            "A45": [
                {
                    "mediator": "p3",
                    "subject": "Ruidos y horarios de un taller junto a una vivienda",
                    "ending": "full_agreement",
                    "good_faith": "true",
                }
            ],
            "A40": [{"delivery": "mail"}],
        },
        worker_dies="before signing",
    ),
    Script(
        "birth",
        "registered",
        {
            "A01": [{"publicity": "restricted"}],
            "A02": [{"persons.0.person": "p1"}],
            "A04": [{"text_version": "2026-1"}],
            "A05": [{"consents.0.person": "p1", "consents.0.decision": "refused"}],
            "A46": [
                {
                    "declarant": "p1",
                    "obliged_as": "parent",
                    "name": "Icía",
                    "name_admitted": "admitted",
                    "surnames": "Sieiro Barreiro",
                    "surname_order": "agreed",
                    "sex": "female",
                    "born_on": (datetime.now(UTC) - timedelta(days=3)).date().isoformat(),
                    "born_at": "06:40",
                    "place": "Vilar, en su casa",
                    "parents.0.name": "Antía Sieiro Mouro",
                    "medical_proof": "signed_certificate",
                    "term": "in_time",
                    "warned": "true",
                }
            ],
            "A31": [{"remarks": "Firma sin ayuda."}],
            "A40": [{"delivery": "printed"}],
        },
        worker_dies="after A46",
        by_reading=True,
    ),
)
