"""Blocks of stories that a preview compared lately."""

from __future__ import annotations

from collections import OrderedDict

from newsgen.related.blocks import Block
from newsgen.store import Store

__all__ = ["Memory"]

_LANES = 400  # long numbers of terms that a block keeps: half a megabyte
_KEPT = 80  # blocks, of some 3 MB each


class Memory:
    """Blocks as the record has them, kept from one change to the next."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[int, Block]] = OrderedDict()  # by where they begin: bits, block

    def block(self, start: int, bits: int) -> Block | None:
        """A block, where it is kept."""
        known = self._kept.get(start)
        if known is None or known[0] != bits:
            return None
        self._kept.move_to_end(start)
        known[1].lighten(_LANES)
        return known[1]

    def fill(self, store: Store) -> bool:
        """Fetch one of the latest blocks that are not kept; whether there was one."""
        held = [(start, bits) for start, bits, count in store.related.blocks() if count]
        for start, bits in reversed(held[-_KEPT:]):
            if self.block(start, bits) is None:
                self.keep(start, bits, Block(store.related.terms_between(start, start + (1 << bits))))
                return len(self._kept) < _KEPT
        return False

    def keep(self, start: int, bits: int, block: Block) -> None:
        """Keep a block in the place of what was kept of it."""
        self._kept[start] = (bits, block)
        self._kept.move_to_end(start)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def forget(self, start: int) -> None:
        """Forget a block."""
        self._kept.pop(start, None)
