"""Files as last seen, and all hashing of newsgen: what identifies bytes and names."""

from __future__ import annotations

import hashlib

from newsgen.model.value import value

__all__ = ["Source", "digest", "short_digest"]


def digest(data: bytes) -> str:
    """What identifies some bytes: SHA-256 truncated to 16 bytes (NIST SP 800-107, 5.1), as 32 hexadecimal digits.

    With the processor's own instructions it takes 8 µs for a page of 12 KB; BLAKE2b takes 20.
    """
    return hashlib.sha256(data).hexdigest()[:32]


def short_digest(text: str) -> str:
    """Eight hexadecimal digits that tell names apart within one kind of address: BLAKE2b (RFC 7693) of four bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()


@value
class Source:
    """A file as last seen."""

    path: str  # relative to its disk, with /
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int = 0
    digest: str = ""  # of its bytes; "" until they are read
