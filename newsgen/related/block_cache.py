"""Blocks of stories that a preview compared lately."""

from __future__ import annotations

from collections import OrderedDict

from newsgen.related.blocks import Block
from newsgen.store import Store

__all__ = ["BlockCache"]

_COLUMN_LIMIT = 400  # columns that a block keeps: half a megabyte
_BLOCK_LIMIT = 80  # blocks, of some 3 MB each


class BlockCache:
    """Blocks as the store has them, kept from one change to the next; the least recently used go first."""

    def __init__(self) -> None:
        self._blocks: OrderedDict[int, tuple[int, Block]] = OrderedDict()  # by the time key at the start: bits, block

    def get(self, start: int, bits: int) -> Block | None:
        """The block of a span of time, where it is here."""
        entry = self._blocks.get(start)
        if entry is None or entry[0] != bits:
            return None
        self._blocks.move_to_end(start)
        entry[1].drop_columns(_COLUMN_LIMIT)
        return entry[1]

    def fill(self, store: Store) -> bool:
        """Fetch one of the latest blocks that are not here. True where more may be to fetch."""
        spans = [(start, bits) for start, bits, count in store.related.blocks() if count]
        for start, bits in reversed(spans[-_BLOCK_LIMIT:]):
            if self.get(start, bits) is None:
                self.put(start, bits, Block(store.related.terms_between(start, start + (1 << bits))))
                return len(self._blocks) < _BLOCK_LIMIT
        return False

    def put(self, start: int, bits: int, block: Block) -> None:
        """Keep a block in the place of what begins at the same time."""
        self._blocks[start] = (bits, block)
        self._blocks.move_to_end(start)
        if len(self._blocks) > _BLOCK_LIMIT:
            self._blocks.popitem(last=False)

    def discard(self, start: int) -> None:
        """Forget the block that begins there, if it is here."""
        self._blocks.pop(start, None)
