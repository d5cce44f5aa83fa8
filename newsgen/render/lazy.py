"""Attributes of a page that are worked out when a template first reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Lazy"]

Part = TypeVar("Part")


class Lazy(Generic[Part]):
    """A method that is worked out when it is first read as an attribute, and kept.

    `functools.cached_property` costs twice as much in Python 3.11, where it takes a lock.
    """

    def __init__(self, make: Callable[..., Part]) -> None:
        self._make = make

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, whole: object, owner: type | None = None) -> Part:
        value = whole.__dict__[self._name] = self._make(whole)
        return value
