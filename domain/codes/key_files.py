"""Files of keys that change while people work: the one in force comes first, behind it those that are still good."""

KEY_BYTES = 32


def keys_in(content: bytes) -> tuple[bytes, ...]:
    """The keys of a file, the one in force first. Raise `ValueError` unless it is one or more whole keys."""
    if not content or len(content) % KEY_BYTES:
        raise ValueError(f"a key file holds {KEY_BYTES} bytes a key, this one has {len(content)}")
    return tuple(content[start : start + KEY_BYTES] for start in range(0, len(content), KEY_BYTES))
