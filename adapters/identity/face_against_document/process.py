"""The process in which faces are measured: `python -m adapters.identity.face_against_document.process`."""

from adapters.limited.pictures import serve_one_job


def main() -> None:
    serve_one_job("adapters.identity.face_against_document.measuring", "measure")


if __name__ == "__main__":
    main()
