"""Files that somebody brings and that nobody takes in."""

from pathlib import Path

import pikepdf


def bad_files(folder: Path) -> dict[str, Path]:
    """Files that the intake does not take, by the words that say why."""
    with pikepdf.new() as dangerous:
        dangerous.add_blank_page()
        dangerous.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        dangerous.save(folder / "dangerous.pdf")
        del dangerous.Root.OpenAction
        dangerous.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="secret", user="secret"))
    (folder / "letter.docx").write_bytes(b"PK\x03\x04 a letter")
    return {
        "lleva programas dentro (JavaScript)": folder / "dangerous.pdf",
        "pide una contraseña para abrirse. Quítele la contraseña": folder / "locked.pdf",
        "no se admite. Traiga un PDF o una imagen": folder / "letter.docx",
    }
