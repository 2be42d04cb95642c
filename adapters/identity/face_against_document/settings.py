"""What an Administration says of the comparison of faces."""

from datetime import timedelta

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class FaceSettings(BaseSettings):
    """Environment: `ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_...`. Without `dpia` nobody's face is compared."""

    model_config = SettingsConfigDict(env_prefix="ESTRADO_IDENTITY_FACE_AGAINST_DOCUMENT_", frozen=True)

    dpia: str = ""
    """Reference of the data protection impact assessment that allows it (GDPR art. 35.3.b)."""
    alike_up_to: float = Field(default=0.50, gt=0, lt=2)
    """Distance of two faces up to which they are told to be alike."""
    different_from: float = Field(default=0.60, gt=0, lt=2)
    """Distance beyond which they are told to be different; between both, whoever decides is told to look closely."""
    movements: int = Field(default=2, ge=1, le=4)
    """How many movements are drawn, besides the document beside the face."""
    life: timedelta = timedelta(minutes=5)
    """How long the stills may take, from the beginning."""
    smallest_photograph: int = Field(default=30, ge=1)
    """Pixels between the eyes on the document, below which a doubt is told."""
