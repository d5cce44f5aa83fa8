"""`@value` is what a frozen dataclass with slots is."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass, replace

import pytest

from newsgen.model.value import value


@value
class Spot:
    """A place on a page."""

    line: int
    column: int = 1
    text: str = ""

    def below(self) -> Spot:
        """The one under it."""
        return replace(self, line=self.line + 1)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same, as dataclasses makes it."""

    line: int
    column: int = 1
    text: str = ""


@value
class Alone:
    """A value with one field."""

    name: str


@value
class Empty:
    """A value with none."""


def test_it_is_the_dataclass() -> None:
    spot = Spot(3, text="it's")
    assert is_dataclass(spot)
    assert [field.name for field in fields(Spot)] == ["line", "column", "text"]
    assert repr(spot) == repr(Plain(3, text="it's")).replace("Plain", "Spot")
    assert (spot.line, spot.column, spot.text) == (3, 1, "it's")
    assert spot.below() == Spot(4, 1, "it's")
    assert not hasattr(spot, "__dict__")
    assert Spot.__match_args__ == Plain.__match_args__
    assert Spot.__dataclass_params__.frozen  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Spot()  # type: ignore[call-arg]


def test_equality_and_hash() -> None:
    assert Spot(3) == Spot(3, 1, "")
    assert Spot(3) != Spot(3, 2)
    assert hash(Spot(3)) == hash(Plain(3))
    assert {Alone("a"), Alone("a"), Alone("b")} == {Alone("b"), Alone("a")}
    others: list[object] = ["a", ("a",), Spot(3), Plain(3)]
    assert Alone("a") not in others
    assert others.index(Plain(3)) == 3
    assert others.index(Spot(3)) == 2
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())


def test_nobody_changes_it() -> None:
    spot = Spot(3)
    with pytest.raises(FrozenInstanceError):
        spot.line = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del spot.line
    with pytest.raises(FrozenInstanceError):
        spot.more = 4  # type: ignore[attr-defined]
    assert spot == Spot(3)


def test_copies_and_pickles_are_equal_and_frozen() -> None:
    for spot in (copy.copy(Spot(3)), copy.deepcopy(Spot(3)), pickle.loads(pickle.dumps(Spot(3)))):
        assert spot == Spot(3)
        with pytest.raises(FrozenInstanceError):
            spot.line = 4  # type: ignore[misc]
