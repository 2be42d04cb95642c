"""The process in which documents are read: `python -m adapters.identity.id_document_read.process`."""

from adapters.limited.pictures import serve_one_job

MEMORY = 3 * 512 * 1024**2
"""The models need a gibibyte of addresses, and half of that in memory."""


def main() -> None:
    serve_one_job("adapters.identity.id_document_read.reading", "read", MEMORY)


if __name__ == "__main__":
    main()
