"""Every limit of the bundle format, each with the reasoning below it. A bundle beyond a limit is refused, not
tried."""

from typing import Final

__all__ = [
    "MAX_ATTACHMENTS_BYTES",
    "MAX_ATTACHMENT_BYTES",
    "MAX_BUNDLE_BYTES",
    "MAX_DRAWINGS",
    "MAX_EVENTS",
    "MAX_FILES",
    "MAX_FINDINGS",
    "MAX_HANDWRITING_BYTES",
    "MAX_JOURNAL_BYTES",
    "MAX_JOURNAL_VALUES",
    "MAX_JSON_BYTES",
    "MAX_JSON_DEPTH",
    "MAX_JSON_LINE_BYTES",
    "MAX_JSON_VALUES",
    "MAX_NAME_TREE_DEPTH",
    "MAX_NAME_TREE_NODES",
    "MAX_PAGES",
    "MAX_PATH_LENGTH",
    "MAX_PDF_RECURSION",
    "MAX_PROOF_NODES",
    "MAX_RECORD_BYTES",
    "MAX_RENEWALS",
    "MAX_RENEWAL_BYTES",
    "MAX_RLP_BYTES",
    "MAX_RLP_DEPTH",
    "MAX_SHOWN",
    "MAX_SIGNATURES_PER_PDF",
    "MAX_TREE_DEPTH",
    "MAX_VALIDATION_BYTES",
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

MAX_JSON_BYTES: Final = 4 * 1024**2
"""A resolved type is some 50 KiB; manifest and index have 0.5 KiB a file, so 2 MiB for the most files there may be."""

MAX_JSON_VALUES: Final = 150_000
"""Of one member or line. The longest manifest has some 40,000. An empty list costs thirty times its text in memory:
this keeps a value below 50 MiB, whatever it is made of."""

MAX_EVENTS: Final = 100_000
"""A hearing of ten hours with three thousand points of its agenda has some 15,000."""

MAX_JOURNAL_BYTES: Final = 64 * 1024**2
"""Of events, and of their data. A case larger than any court's has 0.5 MiB of the one and 5 MiB of the other."""

MAX_JOURNAL_VALUES: Final = 2_000_000
"""Of all lines of one file together, by their commas and brackets: 300 MiB of memory at the most. That largest case
has 0.4 million."""

MAX_RECORD_BYTES: Final = 64 * 1024
"""A signature record is some 1 KiB."""

MAX_HANDWRITING_BYTES: Final = 512 * 1024
"""A drawing is 19 KiB of text, the strokes of a signature some 10 to 50 KiB; a page sends at most 341 KiB of them."""

MAX_PAGES: Final = 20_000
"""Of one document. Nobody reads more of them on a screen; the most that a court's bundle was ever told to have is some
5,000."""

MAX_SHOWN: Final = 300
"""Characters of one name or text in a report. Paths of the layout have at most 160; what is longer is there to hide
something."""

MAX_FINDINGS: Final = 2_000
"""In one report, of each check: who reads more does not read them."""

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

MAX_DRAWINGS: Final = 4
"""Pictures of one visible stamp that are looked at; ours has one."""

MAX_NAME_TREE_DEPTH: Final = 8
"""A PDF name tree of two levels holds thousands of attachments; a loop in it would have no end."""

MAX_NAME_TREE_NODES: Final = 10_000
"""Nodes and files of one PDF that are looked at. Kids may be the same node again and again: eight levels of twenty are
25 thousand million visits."""

MAX_ATTACHMENTS_BYTES: Final = 64 * 1024**2
"""All attachments of one PDF together, inflated."""

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

MAX_VALIDATION_BYTES: Final = 32 * 1024**2
"""Certificates, answers and revocation lists that one PDF carries, inflated, all together. The lists of a large
authority have some megabytes; deflate can grow a thousandfold, and nothing is inflated further than this."""

MAX_RENEWALS: Final = 64
"""Of one bundle: the certificates of time-stamping authorities last three years and more."""

MAX_RENEWAL_BYTES: Final = 32 * 1024**2
"""A token is some 5 KiB; the rest are the lists of its authority, as for what a PDF carries."""
