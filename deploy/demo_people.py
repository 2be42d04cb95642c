"""The invented staff, citizens and procedures of a local installation. Data only; `deploy/seed.py` brings them in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.services.requesting import RequestedPerson, RequestProcedure
from domain.ids import AccountId, OfficeId
from domain.types.vocabulary import StaffRole

CLERK, OFFICIAL, OFFICE = (StaffRole.CLERK,), (StaffRole.OFFICIAL,), (StaffRole.OFFICE,)
ADMINISTRATOR, AUDITOR = (StaffRole.ADMINISTRATOR,), (StaffRole.AUDITOR,)


@dataclass(frozen=True)
class DemoAccount:
    login: str
    """The e-mail address too."""
    name: str
    roles: tuple[StaffRole, ...]
    administration: str
    body: str | None = None
    offices: tuple[str, ...] = ()
    certificate: str | None = None


def _atlantia(login: str, name: str, roles: tuple[StaffRole, ...], **rest: object) -> DemoAccount:
    return DemoAccount(f"{login}@justicia.atlantia.example", name, roles, "atlantia", **rest)  # type: ignore[arg-type]


def _meseta(login: str, name: str, roles: tuple[StaffRole, ...], **rest: object) -> DemoAccount:
    return DemoAccount(f"{login}@justicia.meseta.example", name, roles, "meseta", **rest)  # type: ignore[arg-type]


ACCOUNTS = (
    _atlantia("iria.outeiro", "Iria Outeiro Barral", CLERK, body="peace-court-lira", certificate="iria-outeiro"),
    _atlantia("breixo.lameiro", "Breixo Lameiro Castro", CLERK, body="court-ponte-nova", certificate="breixo-lameiro"),
    _atlantia("sabela.rial", "Sabela Rial Figueira", OFFICIAL, body="court-ponte-nova", certificate="sabela-rial"),
    _atlantia(
        "uxia.carballo", "Uxía Carballo Souto", OFFICIAL, body="civil-registry-ponte-nova", certificate="uxia-carballo"
    ),
    _atlantia(
        "noa.ferreiro", "Noa Ferreiro Pena", OFFICIAL, body="victim-office-ponte-nova", certificate="noa-ferreiro"
    ),
    _atlantia(
        "olalla.varela", "Olalla Varela Gómez", OFFICIAL, body="adr-unit-ponte-nova", certificate="olalla-varela"
    ),
    _atlantia(
        "brais.otero",
        "Brais Otero Lamas",
        (*OFFICIAL, *CLERK),
        body="legal-aid-commission-ponte-nova",
        certificate="brais-otero",
    ),
    _atlantia("xoel.vilas", "Xoel Vilas Mato", OFFICE, offices=("ojm-vilar",)),
    _atlantia("antia.baamonde", "Antía Baamonde Leis", OFFICE, offices=("ojm-lira", "ojm-areal")),
    _atlantia("roi.estevez", "Roi Estévez Lorenzo", ADMINISTRATOR),
    _atlantia("sabela.novo", "Sabela Novo Castro", ADMINISTRATOR),
    _atlantia("marina.couto", "Mariña Couto Sanmartín", AUDITOR),
    _meseta(
        "alonso.briviesca",
        "Alonso Briviesca Rueda",
        CLERK,
        body="peace-court-fuenteluz",
        certificate="alonso-briviesca",
    ),
    _meseta(
        "elvira.montalban",
        "Elvira Montalbán Sáez",
        OFFICIAL,
        body="civil-registry-torrellana",
        certificate="elvira-montalban",
    ),
    _meseta("tello.arroyo", "Tello Arroyo Quintana", OFFICE, offices=("ojm-fuenteluz", "ojm-robledales")),
    _meseta("jimena.ontoria", "Jimena Ontoria Vela", ADMINISTRATOR),
    _meseta("ordono.salces", "Ordoño Salces Bravo", AUDITOR),
)  # fmt: skip

COMPUTERS = (
    ("atlantia", "ojm-vilar", "Puesto 1"),
    ("atlantia", "ojm-lira", "Puesto 1"),
    ("meseta", "ojm-fuenteluz", "Puesto 1"),
    ("meseta", "ojm-robledales", "Puesto 1"),
)
"""Administration, office, label."""

PLAYED = "Puesto de demostración"
"""Label of the computers at which scripted people sit: they keep its token and open no link."""

SYSTEMS = (
    ("atlantia", "Sistema de gestión procesal de Atlantia"),
    ("meseta", "Sistema de gestión procesal de la Meseta"),
)


TO_BE_SEEN = "Acto de demostración: empieza enseguida para que pueda verse, y todas las personas son inventadas."
"""Why nobody waits for the terms of the law: in the name of whoever holds the act, as in any other procedure."""


@dataclass(frozen=True)
class Demo:
    """A procedure to be held."""

    name: str
    administration: str
    type: str
    body: str
    office: str
    in_minutes: int
    hosts: tuple[tuple[str, str], ...]
    """Role and login of whoever has a seat on the authority's side."""
    people: tuple[RequestedPerson, ...]
    declared: dict[str, Any] | None = None
    """On what it is held and between whom, where the type asks for it."""

    @property
    def held_by(self) -> str:
        return self.hosts[0][1]

    @property
    def approved_by(self) -> str:
        """Login of whoever approves and signs the minutes: the court clerk, where there is one."""
        return dict(self.hosts).get("clerk", self.held_by)

    def request(self, begins: datetime, external_id: str, accounts: dict[str, AccountId]) -> RequestProcedure:
        hosts = tuple(RequestedPerson(role=role, account=accounts[login]) for role, login in self.hosts)
        return RequestProcedure(
            type=self.type,
            body=self.body,
            office=OfficeId(self.office),
            case_number=f"{begins:%j}{self.in_minutes}/{begins:%Y}",
            external_id=external_id,
            scheduled_at=begins,
            shortened_terms=TO_BE_SEEN,
            outside_working_time=TO_BE_SEEN,
            declared=self.declared,
            participants=(*self.people, *hosts),
        )


def _citizen(role: str, name: str, number: str, mail: str, mobile: str, office: str) -> RequestedPerson:
    return RequestedPerson(
        role=role,
        name=name,
        document_number=number,
        birth_date="1968-03-21",
        email=f"{mail}@correo.example",
        mobile=mobile,
        office=OfficeId(office),
    )


FENCE = {
    "object": "Reparación de la valla entre dos fincas, y su pago.",
    "matter": "civil",
    "amount": "1200.00",
    "parties": "capable",
    "domicile": "here",
}

DEMOS = (
    Demo(
        "conciliation", "atlantia", "conciliation", "peace-court-lira", "ojm-lira", 10,
        (("clerk", "iria.outeiro@justicia.atlantia.example"),),
        (
            _citizen("applicant", "Anxo Ruiz Seoane", "99104321N", "anxo.ruiz", "+34600000001", "ojm-vilar"),
            _citizen("respondent", "Marta Lago Prieto", "99218765P", "marta.lago", "+34600000002", "ojm-lira"),
        ),
        FENCE,
    ),
    Demo(
        "life-certificate", "atlantia", "life_certificate", "civil-registry-ponte-nova", "registry-ponte-nova", 20,
        (("registrar", "uxia.carballo@justicia.atlantia.example"),),
        (_citizen("person", "Eladio Naveira Couso", "99330147R", "eladio.naveira", "+34600000003", "ojm-vilar"),),
    ),
    Demo(
        "hearing", "atlantia", "oral_hearing_witness", "court-ponte-nova", "court-ponte-nova", 30,
        (
            ("judge", "sabela.rial@justicia.atlantia.example"),
            ("clerk", "breixo.lameiro@justicia.atlantia.example"),
        ),
        (
            _citizen("witness", "Lucía Bouzas Otero", "99442208Y", "lucia.bouzas", "+34600000004", "ojm-lira"),
            _citizen("lawyer", "Amaro Seoane Villar", "99856691Y", "amaro.seoane", "+34600000012", "ojm-vilar"),
            _citizen("party", "Anxo Ruiz Seoane", "99104321N", "anxo.ruiz", "+34600000013", "ojm-vilar"),
            _citizen("interpreter", "Teresa Lobo Faria", "99867702T", "t.lobo", "+34600000014", "ojm-lira"),
        ),
    ),
    Demo(
        "appointment", "atlantia", "victim_appointment", "victim-office-ponte-nova", "services-ponte-nova", 40,
        (("jurist", "noa.ferreiro@justicia.atlantia.example"),),
        (_citizen("victim", "Carmela Seixas Vidal", "99551936R", "c.s.v", "+34600000005", "ojm-vilar"),),
    ),
    Demo(
        "power", "atlantia", "apud_acta_power", "court-ponte-nova", "court-ponte-nova", 50,
        (("clerk", "breixo.lameiro@justicia.atlantia.example"),),
        (_citizen("grantor", "Xián Lorenzo Abal", "99812246C", "xian.lorenzo", "+34600000008", "ojm-vilar"),),
    ),
    Demo(
        "mediation", "atlantia", "mediation", "adr-unit-ponte-nova", "adr-ponte-nova", 60,
        (("mediator", "olalla.varela@justicia.atlantia.example"),),
        (
            _citizen("applicant", "Noela Rego Paz", "99823357E", "noela.rego", "+34600000009", "ojm-vilar"),
            _citizen("respondent", "Breogán Maceira Luz", "99834468R", "b.maceira", "+34600000010", "ojm-lira"),
        ),
        {"object": "El uso de un patio común.", "matter": "civil", "parties": "private_parties"},
    ),
    Demo(
        "birth", "atlantia", "birth_declaration", "civil-registry-ponte-nova", "registry-ponte-nova", 70,
        (("registrar", "uxia.carballo@justicia.atlantia.example"),),
        (_citizen("declarant", "Antía Sieiro Mouro", "99845579A", "antia.sieiro", "+34600000011", "ojm-vilar"),),
    ),
    Demo(
        "abroad", "atlantia", "mutual_legal_assistance", "court-ponte-nova", "court-ponte-nova", 80,
        (
            ("clerk", "breixo.lameiro@justicia.atlantia.example"),
            ("judge", "sabela.rial@justicia.atlantia.example"),
        ),
        (),
    ),
    Demo(
        "conciliation-meseta", "meseta", "conciliation", "peace-court-fuenteluz", "ojm-fuenteluz", 15,
        (("clerk", "alonso.briviesca@justicia.meseta.example"),),
        (
            _citizen("applicant", "Gonzalo Riaza Merino", "99667320V", "g.riaza", "+34600000006", "ojm-fuenteluz"),
            _citizen("respondent", "Paula Arce Tejedor", "99778411H", "paula.arce", "+34600000007", "ojm-robledales"),
        ),
        FENCE,
    ),
)  # fmt: skip
