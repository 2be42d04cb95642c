"""Whether whoever asks for tokens is the client that the simulator knows: by its secret, or by a signed statement."""

import base64
import hmac
import time
from pathlib import Path
from urllib.parse import unquote

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from starlette.datastructures import FormData

from deploy.account_provider.place import CLIENT, client_key_file, secret_file

STATEMENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Clients:
    def __init__(self, directory: Path, token_address: str) -> None:
        self._directory = directory
        self._token_address = token_address
        self._used: set[str] = set()

    def is_ours(self, authorization: str, form: FormData) -> bool:
        if client_key_file(self._directory).exists():
            return form.get("client_assertion_type") == STATEMENT and self._is_stated(str(form.get("client_assertion")))
        scheme, _, sent = authorization.partition(" ")
        try:
            client, _, secret = base64.b64decode(sent, validate=True).decode().partition(":")
        except ValueError:
            return False
        right = secret_file(self._directory).read_text()
        known = scheme.lower() == "basic" and unquote(client) == CLIENT
        return known and hmac.compare_digest(unquote(secret).encode(), right.encode())

    def _is_stated(self, statement: str) -> bool:
        pem = client_key_file(self._directory).read_bytes()
        is_rsa = isinstance(load_pem_public_key(pem), RSAPublicKey)
        key = RSAKey.import_key(pem) if is_rsa else ECKey.import_key(pem)
        try:
            said = jwt.decode(statement, key, algorithms=["RS256", "ES256"]).claims
        except (JoseError, ValueError):
            return False
        for_us = (said.get("iss"), said.get("sub"), said.get("aud")) == (CLIENT, CLIENT, self._token_address)
        once = str(said.get("jti", "")) not in self._used and bool(said.get("jti"))
        self._used.add(str(said.get("jti", "")))
        return for_us and once and time.time() < float(said.get("exp", 0)) < time.time() + 300
