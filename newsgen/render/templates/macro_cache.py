"""What a macro printed for a value, kept for the next page that prints the same: the filters `once` and `each`.

A story is printed in some 25 lists, and the navigation on every page. What is kept for a macro may depend only on the
macro, the value and plain arguments, and on `site`; Jinja sees to that: a macro of an imported file is one object for
all pages and cannot see them, and a macro that can see its page, or a file that keeps a state, is another object for
each. Within one page a macro is printed once for a value, whatever else the page sets meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from weakref import ref

__all__ = ["LIMIT", "Memo"]

Macro = Callable[..., str]
# What a macro printed with the same arguments, by value: the letters of a text, else the identity of an object. An
# entry holds the value too: while it does, no other object can have that identity.
_Shelf = dict[object, tuple[object, str]]

LIMIT = 96 * 2**20  # bytes kept before starting again: the rows of some 25,000 stories in two forms
_ENTRY = 200  # bytes of an entry beside its text
_SHELF = 500  # bytes of an empty shelf
_PLAIN = (str, int, type(None))  # what may be an argument; bool is an int


class Memo:
    """The memory behind `once` and `each`, for one theme and one site."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._size = 0
        # By the identity of a macro. It is not held: a page's own macro holds that page, and must go with it.
        self._macros: dict[int, tuple[ref[Macro], dict[tuple[object, ...], _Shelf]]] = {}

    def once(self, value: object, macro: Macro, *args: object) -> str:
        """`{{ value|once(macro, …) }}` is `{{ macro(value, …) }}`, which is run once for the same value."""
        shelf = self._shelf(macro, args)
        found = shelf.get(value if type(value) is str else id(value))
        return found[1] if found else self._print(shelf, value, macro, args)

    def each(self, values: Iterable[object], macro: Macro, *args: object) -> str:
        """`{{ values|each(macro, …) }}` is each value's `{{ value|once(macro, …) }}`, one after another."""
        shelf = self._shelf(macro, args)
        texts = []
        for value in values:
            found = shelf.get(value if type(value) is str else id(value))
            texts.append(found[1] if found else self._print(shelf, value, macro, args))
        return type(texts[0])("".join(texts)) if texts else ""  # what macros print is safe to print, and says so

    def _shelf(self, macro: Macro, args: tuple[object, ...]) -> _Shelf:
        """What was printed by a macro with these arguments. 1 and true are equal, but print differently."""
        shelves = self._shelves(macro)
        key = (args, *map(type, args)) if args else ()
        try:
            return shelves[key]
        except (KeyError, TypeError):  # TypeError: an argument without a hash
            pass
        for arg in args:
            if not isinstance(arg, _PLAIN):
                said = str(arg)  # raises for what is undefined
                raise TypeError(f"once and each take texts, whole numbers, true, false and none, not {said[:60]}")
        self._size += _SHELF
        shelf = shelves[key] = {}
        return shelf

    def _shelves(self, macro: Macro) -> dict[tuple[object, ...], _Shelf]:
        known = self._macros.get(id(macro))
        if known is not None:
            return known[1]
        macros, number = self._macros, id(macro)
        try:
            held = ref(macro, lambda _gone: macros.pop(number, None))
        except TypeError:
            said = str(macro)  # raises for what is undefined
            raise TypeError(f"once and each take a macro, not {said[:60]}") from None
        found: dict[tuple[object, ...], _Shelf] = {}
        macros[number] = (held, found)
        return found

    def _print(self, shelf: _Shelf, value: object, macro: Macro, args: tuple[object, ...]) -> str:
        text = macro(value, *args)
        if _is_fixed(value):
            self._size += text.__sizeof__() + _ENTRY
            if self._size > self._limit:
                self.clear()
            shelf[value if type(value) is str else id(value)] = (value, text)
        return text


def _is_fixed(value: object) -> bool:
    """Whether a value cannot change: what is printed for a list that grows would not be true for long."""
    parameters = getattr(type(value), "__dataclass_params__", None)
    return isinstance(value, _PLAIN) or (parameters is not None and parameters.frozen)
