"""Why an official stops the identification of somebody by video: the causes of Orden ETD/465/2021, art. 10.4.

That order binds those who issue qualified certificates, not courts; here it is the yardstick for what is seen by video.
"""

from enum import StrEnum


class RejectionCause(StrEnum):
    DOCUMENT_DOUBTFUL = "document_doubtful"
    """It looks false, altered, damaged, or out of date."""
    OTHER_HOLDER = "other_holder"
    """Whoever shows it is not whom it names."""
    POOR_QUALITY = "poor_quality"
    """Picture or sound do not let one tell."""
    POOR_CONNECTION = "poor_connection"
    PRERECORDED = "prerecorded"
    """Signs that a file is played."""
    SEVERAL_DEVICES = "several_devices"
    """More than one device transmits."""
    NOT_LIVE = "not_live"
    """Not in real time, or not one continuous act."""
    COERCION = "coercion"
    """Signs that somebody forces or intimidates them."""
    REASONABLE_DOUBT = "reasonable_doubt"
    """Any other: it is said in words."""
