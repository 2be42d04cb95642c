"""Every limit of the bundle format, each with the reasoning below it. A bundle beyond a limit is refused, not
tried."""

from typing import Final

__all__ = [
    "MAX_ATTACHMENT_BYTES",
    "MAX_BUNDLE_BYTES",
    "MAX_FILES",
    "MAX_JSON_BYTES",
    "MAX_JSON_DEPTH",
    "MAX_JSON_LINE_BYTES",
    "MAX_NAME_TREE_DEPTH",
    "MAX_PATH_LENGTH",
    "MAX_PDF_RECURSION",
    "MAX_PROOF_NODES",
    "MAX_RLP_BYTES",
    "MAX_RLP_DEPTH",
    "MAX_SIGNATURES_PER_PDF",
    "MAX_TREE_DEPTH",
]

MAX_BUNDLE_BYTES: Final = 2 * 1024**3
"""2 GiB. Members are stored, never compressed, so a bundle cannot grow when it is opened: the size of the
file is the size of the work. Below 4 GiB no member needs ZIP64, whose optional fields are where ZIP readers
disagree."""

MAX_FILES: Final = 4096
"""A procedure holds tens of files; a long hearing with exhibits, hundreds. The ZIP counter itself stops at
65,535."""

MAX_PATH_LENGTH: Final = 160
"""The longest path of the layout is `documents/` + 64 hex digits + extension: 79 characters. Twice that is
room."""

MAX_JSON_BYTES: Final = 16 * 1024**2
"""A resolved type is some 30 KiB and a manifest 0.4 KiB a file. A JSON value costs about ten times its text
in memory, so this keeps one member below 200 MiB."""

MAX_JSON_DEPTH: Final = 64
"""A resolved type nests some ten deep. The parser recurses in C, and where the host program has raised Python's
recursion limit, a hundred thousand brackets end the process instead of the parsing."""

MAX_JSON_LINE_BYTES: Final = 1024**2
"""One event is some 600 bytes; its opened data are one form or one decision, never a document."""

MAX_SIGNATURES_PER_PDF: Final = 64
"""Each earlier signature needs its own comparison of revisions, so the cost is quadratic. A hearing has few
signers."""

MAX_PDF_RECURSION: Final = 10_000
"""Frames, about three for each entry of an outline: the comparison of two revisions follows it from entry to entry.
Minutes have one for each agenda item, so a hearing of three thousand items is the longest."""

MAX_ATTACHMENT_BYTES: Final = 1024**2
"""A signature record is some 1 KiB. Deflate can grow a thousandfold: the attachment is inflated no further
than this."""

MAX_NAME_TREE_DEPTH: Final = 8
"""A PDF name tree of two levels holds thousands of attachments; a loop in it would have no end."""

MAX_TREE_DEPTH: Final = 32
"""A batch of four thousand million leaves. A longer path is not a bigger batch but an attack on the
reader."""

MAX_PROOF_NODES: Final = 64
"""A trie path is at most one node per nibble of its key; keys here are RLP integers of at most nine bytes."""

MAX_RLP_BYTES: Final = 1024**2
"""A block header is some 600 bytes, our transaction 200, its receipt 700; a trie node at most 17 times 33
bytes."""

MAX_RLP_DEPTH: Final = 8
"""A receipt nests three lists deep, an access list four. Recursion is bounded before the interpreter bounds
it."""
