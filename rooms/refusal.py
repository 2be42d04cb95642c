"""What a room does not do."""


class RoomRefusal(Exception):
    """The room does not do what was asked; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
