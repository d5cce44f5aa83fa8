"""Attributes of a page that are worked out when a template first reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Lazy"]

T = TypeVar("T")


class Lazy(Generic[T]):
    """A decorator of methods: the method runs when the attribute is first read, and its value is kept.

    `functools.cached_property` costs twice as much in Python 3.11, where it takes a lock.
    """

    def __init__(self, method: Callable[..., T]) -> None:
        self._method = method

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, instance: object, owner: type | None = None) -> T:
        value = instance.__dict__[self._name] = self._method(instance)
        return value
