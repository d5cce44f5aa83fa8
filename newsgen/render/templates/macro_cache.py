"""What a macro printed for a value, kept for the next page that prints the same: the filters `once` and `each`.

A story is printed in some 25 lists, and the navigation on every page. What is kept for a macro may depend only on the
macro, the value and plain arguments, and on `site`; Jinja sees to that: a macro of an imported file is one object for
all pages and cannot see them, and a macro that can see its page, or is of a file that keeps state, is another object
for each. Within one page a macro is printed once for a value, whatever else the page sets meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from weakref import ref

from newsgen.model.story import Link

__all__ = ["LIMIT", "MacroCache"]

Macro = Callable[..., str]
# What a macro printed with the same arguments, by value: a text or link by what it says, any other value by its id().
# An entry holds the value too: for as long, no other object can have that id.
_Printed = dict[object, tuple[object, str]]

LIMIT = 96 * 2**20  # bytes kept before starting again: the rows of some 25,000 stories in two forms
_ENTRY_BYTES = 200  # of an entry beside its text
_EMPTY_BYTES = 500  # of an empty `_Printed`
_BY_VALUE = frozenset((str, Link))  # each story has its own links to the same pages
_PLAIN = (str, int, type(None))  # what may be an argument; bool is an int


class MacroCache:
    """What the macros of one theme printed for one site; at most about `limit` bytes."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._size = 0
        # By the id() of a macro. It is not held: a page's own macro holds that page, and must go with it.
        self._macros: dict[int, tuple[ref[Macro], dict[tuple[object, ...], _Printed]]] = {}

    def once(self, value: object, macro: Macro, *args: object) -> str:
        """`{{ value|once(macro, …) }}` is `{{ macro(value, …) }}`, which is run once for the same value.

        TypeError for what is no macro, and for arguments that are no texts, whole numbers, true, false or none.
        """
        printed = self._printed_with(macro, args)
        entry = printed.get(value if type(value) in _BY_VALUE else id(value))
        return entry[1] if entry else self._print(printed, value, macro, args)

    def each(self, values: Iterable[object], macro: Macro, *args: object) -> str:
        """`{{ values|each(macro, …) }}` is each value's `{{ value|once(macro, …) }}`, one after another."""
        printed = self._printed_with(macro, args)
        texts = []
        for value in values:
            entry = printed.get(value if type(value) in _BY_VALUE else id(value))
            texts.append(entry[1] if entry else self._print(printed, value, macro, args))
        # Keeps Markup, the type of text that is safe to print, in a third of the time of Markup("…").
        return str.__new__(type(texts[0]), "".join(texts)) if texts else ""

    def _printed_with(self, macro: Macro, args: tuple[object, ...]) -> _Printed:
        """What was printed by a macro with these arguments. 1 and true are equal, but print differently."""
        by_args = self._printed_by(macro)
        key = (args, *map(type, args)) if args else ()
        try:
            return by_args[key]
        except (KeyError, TypeError):  # TypeError: an argument without a hash
            pass
        for arg in args:
            if not isinstance(arg, _PLAIN):
                text = str(arg)  # raises for what is undefined
                raise TypeError(f"once and each take texts, whole numbers, true, false and none, not {text[:60]}")
        self._size += _EMPTY_BYTES
        printed = by_args[key] = {}
        return printed

    def _printed_by(self, macro: Macro) -> dict[tuple[object, ...], _Printed]:
        """What was printed by a macro, by its arguments."""
        known = self._macros.get(id(macro))
        if known is not None:
            return known[1]
        macros, key = self._macros, id(macro)
        try:
            weak = ref(macro, lambda _gone: macros.pop(key, None))
        except TypeError:
            text = str(macro)  # raises for what is undefined
            raise TypeError(f"once and each take a macro, not {text[:60]}") from None
        by_args: dict[tuple[object, ...], _Printed] = {}
        macros[key] = (weak, by_args)
        return by_args

    def _print(self, printed: _Printed, value: object, macro: Macro, args: tuple[object, ...]) -> str:
        text = macro(value, *args)
        if _is_immutable(value):
            self._size += text.__sizeof__() + _ENTRY_BYTES
            if self._size > self._limit:
                self.clear()
            printed[value if type(value) in _BY_VALUE else id(value)] = (value, text)
        return text


def _is_immutable(value: object) -> bool:
    """Whether a value cannot change: what is printed for a list that grows would not be true for long."""
    parameters = getattr(type(value), "__dataclass_params__", None)
    return isinstance(value, _PLAIN) or (parameters is not None and parameters.frozen)
