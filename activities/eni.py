"""A judicial file in the words of the norms of interoperability: index, metadata of the file, metadata of a document.

Standard: resolutions of 19 July 2011 (BOE of 30 July) on the electronic document and the electronic file; names, order
and obligation of the elements are theirs.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

_ROOT = "http://administracionelectronica.gob.es/ENI/XSD/v1.0"
FILE: Final = f"{_ROOT}/expediente-e"
FILE_METADATA: Final = f"{FILE}/metadatos"
INDEX: Final = f"{FILE}/indice-e"
INDEX_CONTENT: Final = f"{INDEX}/contenido"
SIGNATURES: Final = f"{_ROOT}/firma"
DOCUMENT_METADATA: Final = f"{_ROOT}/documento-e/metadatos"

SHA256: Final = "http://www.w3.org/2001/04/xmlenc#sha256"
DETACHED_CADES: Final = "TF04"
CLOSED: Final = "E02"

ORIGINAL, OTHER_STATE = "EE01", "EE99"
MINUTES_TYPE, RECEIPT_TYPE, OTHER_TYPE = "TD10", "TD09", "TD99"

for prefix, namespace in (
    ("exp", FILE),
    ("expmeta", FILE_METADATA),
    ("ind", INDEX),
    ("indcon", INDEX_CONTENT),
    ("firma", SIGNATURES),
    ("docmeta", DOCUMENT_METADATA),
):
    register_namespace(prefix, namespace)


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """One document of the file with the metadata that the norm makes obligatory."""

    identifier: str
    sha256: str
    added_at: str
    of_the_administration: bool
    state: str
    kind: str


@dataclass(frozen=True, slots=True)
class FileMetadata:
    identifier: str
    body: str
    opened_at: str
    classification: str
    interested: tuple[str, ...] = ()
    """Identity numbers of the people whom it concerns."""


def index_xml(closed_at: str, documents: Sequence[IndexedDocument]) -> bytes:
    """The content of the index: these bytes are sealed."""
    return _written(_index_content(closed_at, documents))


def file_xml(metadata: FileMetadata, closed_at: str, documents: Sequence[IndexedDocument], seal: bytes) -> bytes:
    """The whole file for exchange: the index with its seal, then the metadata."""
    root = Element(f"{{{FILE}}}expediente")
    index = SubElement(root, f"{{{INDEX}}}indice")
    index.append(_index_content(closed_at, documents, INDEX))
    signature = SubElement(SubElement(index, f"{{{SIGNATURES}}}firmas"), f"{{{SIGNATURES}}}firma", ref="index.xml")
    _texts(signature, SIGNATURES, TipoFirma=DETACHED_CADES)
    content = SubElement(signature, f"{{{SIGNATURES}}}ContenidoFirma")
    certified = SubElement(content, f"{{{SIGNATURES}}}FirmaConCertificado")
    _texts(certified, SIGNATURES, FirmaBase64=base64.b64encode(seal).decode())
    described = SubElement(root, f"{{{FILE_METADATA}}}metadatosExp")
    _texts(described, FILE_METADATA, VersionNTI=FILE, Identificador=metadata.identifier, Organo=metadata.body)
    _texts(described, FILE_METADATA, FechaAperturaExpediente=metadata.opened_at)
    _texts(described, FILE_METADATA, Clasificacion=metadata.classification, Estado=CLOSED)
    for number in metadata.interested:
        _texts(described, FILE_METADATA, Interesado=number)
    return _written(root)


def document_xml(document: IndexedDocument, body: str) -> bytes:
    """The metadata of one document."""
    root = Element(f"{{{DOCUMENT_METADATA}}}metadatos")
    version = DOCUMENT_METADATA.removesuffix("/metadatos")
    _texts(root, DOCUMENT_METADATA, VersionNTI=version, Identificador=document.identifier, Organo=body)
    _texts(root, DOCUMENT_METADATA, FechaCaptura=document.added_at)
    _texts(root, DOCUMENT_METADATA, OrigenCiudadanoAdministracion="true" if document.of_the_administration else "false")
    state = SubElement(root, f"{{{DOCUMENT_METADATA}}}EstadoElaboracion")
    _texts(state, DOCUMENT_METADATA, ValorEstadoElaboracion=document.state)
    _texts(root, DOCUMENT_METADATA, TipoDocumental=document.kind)
    return _written(root)


def _index_content(closed_at: str, documents: Sequence[IndexedDocument], namespace: str = INDEX_CONTENT) -> Element:
    # The element itself is of the index where the index holds it, and of the content where it stands alone.
    root = Element(f"{{{namespace}}}IndiceContenido")
    _texts(root, INDEX_CONTENT, FechaIndiceElectronico=closed_at)
    for place, document in enumerate(documents):
        indexed = SubElement(root, f"{{{INDEX_CONTENT}}}DocumentoIndizado")
        _texts(indexed, INDEX_CONTENT, IdentificadorDocumento=document.identifier, ValorHuella=document.sha256)
        _texts(indexed, INDEX_CONTENT, FuncionResumen=SHA256, FechaIncorporacionExpediente=document.added_at)
        _texts(indexed, INDEX_CONTENT, OrdenDocumentoExpediente=f"{place:04}")
    return root


def _texts(parent: Element, namespace: str, **texts: str) -> None:
    for name, text in texts.items():
        SubElement(parent, f"{{{namespace}}}{name}").text = text


def _written(root: Element) -> bytes:
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
