"""The README.txt that travels in every bundle: how to check it without the platform, in plain words."""

from typing import Final

__all__ = ["README_TEXT"]

README_TEXT: Final = """\
ESPAÑOL

Este archivo es la prueba electrónica de una actuación ante la Administración de Justicia. Contiene el acta y
los demás documentos, el registro de todo lo que se hizo (quién, qué y cuándo), las firmas y lo necesario para
comprobarlo todo sin ayuda de quien lo creó y sin conexión a Internet.

Puede abrirlo con cualquier programa que abra archivos ZIP. Los documentos están en la carpeta "documents".
No lo descomprima y vuelva a comprimir si quiere comprobarlo: guarde siempre el archivo tal como lo recibió.

Para comprobarlo hace falta el programa verificador, que es público, y una carpeta con los certificados en los
que usted decide confiar (ca.pem y tsa.pem), con la lista de los certificados que son del órgano (bodies.json)
y con el bloque de la cadena que usted ha obtenido por su cuenta (chain.json):

    python -m evidence verify ARCHIVO.zip --trust CARPETA --lang es

El resultado es PASSED (correcto), FAILED (algo no coincide, y se dice qué) o INDETERMINATE (no se puede
afirmar ni negar con lo que hay). La anotación en una cadena de bloques solo prueba que estos datos existían y
no han cambiado. No es una firma ni identifica a nadie.

Contiene datos personales: guárdelo y compártalo con el mismo cuidado que los documentos en papel.


ENGLISH

This file is the electronic evidence of a procedure before the justice administration. It holds the minutes
and the other documents, the log of everything that was done (who, what and when), the signatures, and all
that is needed to check them without the help of whoever made it and without a connection to the Internet.

Any program that opens ZIP files opens it. The documents are in the folder "documents".
Do not unpack it and pack it again if you want to check it: always keep the file as you received it.

To check it you need the verifier, which is public, and a folder with the certificates that you choose to
trust (ca.pem and tsa.pem), the list of the certificates that are the body's own (bodies.json) and the block
of the chain that you obtained yourself (chain.json):

    python -m evidence verify FILE.zip --trust FOLDER --lang en

The result is PASSED, FAILED (something does not match, and it says what) or INDETERMINATE (it can be neither
affirmed nor denied with what there is). The record on a blockchain only proves that these data existed and
have not changed. It is not a signature and identifies nobody.

It contains personal data: keep it and share it with the same care as papers.
"""
