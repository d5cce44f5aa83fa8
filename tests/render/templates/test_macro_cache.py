"""The cache of `once` and `each`: bounded, and holding no page."""

from __future__ import annotations

import gc
from weakref import ref

from newsgen.model.story import Link
from newsgen.render.templates.macro_cache import MacroCache


class Macro:
    """Prints a value and counts how often it did."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, value: object, *args: object) -> str:
        self.times += 1
        return f"{value}{args}" + "x" * 1000


def test_it_starts_again_when_it_is_full_and_goes_on_being_right() -> None:
    cache, macro = MacroCache(limit=50_000), Macro()
    links = [Link(str(number)) for number in range(500)]
    for _time in range(2):
        assert cache.each(links, macro, 1) == "".join(macro(link, 1) for link in links)
    assert macro.times == 500 * 4  # each list is longer than the cache: nothing of the last one is left for the next
    assert cache.each(links[-10:], macro, 1) == cache.each(links[-10:], macro, 1)
    assert macro.times == 500 * 4 + 10  # it has room again


def test_links_that_say_the_same_are_printed_once_and_others_each() -> None:
    cache, macro = MacroCache(), Macro()
    first = cache.once(Link("a", "/a/"), macro)
    assert cache.once(Link("a", "/a/"), macro) == first
    assert macro.times == 1
    assert cache.once(Link("a", "/b/"), macro) != first
    assert cache.once(Link("b", "/a/"), macro) != first
    assert macro.times == 3


def test_many_arguments_fill_it_too() -> None:
    cache, macro, link = MacroCache(limit=100_000), Macro(), Link("a")
    for number in range(1000):
        cache.once(link, macro, number)
    macro.times = 0
    cache.once(link, macro, 0)
    cache.once(link, macro, 999)
    assert macro.times == 1


def test_a_macro_that_is_gone_is_forgotten_and_its_place_in_cache_is_nobodys() -> None:
    cache = MacroCache()
    link = Link("a")
    for number in range(200):
        macro = Macro()
        macro.times = number * 1000
        cache.once(link, macro)
        assert macro.times == number * 1000 + 1
    last = ref(macro)
    del macro
    gc.collect()
    assert last() is None


def test_a_kept_value_cannot_lose_its_identity() -> None:
    cache, macro = MacroCache(), Macro()
    link = Link("a")
    cache.once(link, macro)
    del link  # whose identity another might get now
    for number in range(1000):
        assert cache.once(Link(str(number)), macro).startswith(str(Link(str(number))))
