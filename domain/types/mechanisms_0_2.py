"""What the two mechanisms of version 0.2 declared, for the cases that began then: their types carry none."""

from domain.base import Texts
from domain.types.mechanism import Completer, Mechanism, MechanismField
from domain.types.vocabulary import Assurance

_CAMERA = Texts({"es": "Documento de identidad ante la cámara", "en": "Identity document shown to the camera"})
_PIN = Texts({"es": "Código de un solo uso en el móvil", "en": "One-time code to the mobile"})
_BEGIN = Texts({"es": "Empezar", "en": "Begin"})
_COMPLETE = Texts({"es": "Comprobar", "en": "Check"})
_NUMBER = Texts({"es": "Número del documento", "en": "Number of the document"})
_CODE = Texts({"es": "Código", "en": "Code"})

AS_OF_0_2 = {
    "id_document_frame": Mechanism(
        code="id_document_frame",
        titles=_CAMERA,
        spoken=_CAMERA,
        assurance=Assurance.SUBSTANTIAL,
        begun_by_person=False,
        completed_by=Completer.HOST,
        still=True,
        before=_CAMERA,
        begun=_CAMERA,
        begin=_BEGIN,
        complete=_COMPLETE,
        fields=(MechanismField(name="document_number", titles=_NUMBER, minimum=3, maximum=30),),
    ),
    "pin_to_mobile": Mechanism(
        code="pin_to_mobile",
        titles=_PIN,
        spoken=_PIN,
        # What those types counted on; since then it is `low`.
        assurance=Assurance.SUBSTANTIAL,
        begun_by_person=True,
        completed_by=Completer.PERSON,
        before=_PIN,
        begun=_PIN,
        begin=_BEGIN,
        complete=_COMPLETE,
        fields=(MechanismField(name="pin", titles=_CODE, minimum=6, maximum=6, digits=True, secret=True),),
    ),
}
