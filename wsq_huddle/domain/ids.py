"""Names of things: entries get a UUIDv7 (RFC 9562), made from the author's clock and chance; never an order."""

import uuid


def uuid7(milliseconds: int, chance: bytes) -> str:
    """A UUID of version 7 from a Unix time in milliseconds and ten random bytes."""
    value = (milliseconds & 0xFFFFFFFFFFFF) << 80 | int.from_bytes(chance[:10], "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))
