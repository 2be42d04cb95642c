"""What the local stack says so that faces are compared in it: all of them are drawn."""

from deploy.place import Place


def settings(place: Place) -> dict[str, str]:
    return {"ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_DPIA": "EIPD de muestra, solo para probar"}
