"""`@value` makes the same class as a frozen dataclass with slots."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, fields, is_dataclass, replace

import pytest

from newsgen.model.value import value


@value
class Position:
    """A place on a page."""

    line: int
    column: int = 1
    text: str = ""

    def below(self) -> Position:
        """The position under it."""
        return replace(self, line=self.line + 1)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same fields, as dataclasses makes the class."""

    line: int
    column: int = 1
    text: str = ""


@value
class OneField:
    """A value with one field."""

    name: str


@value
class Empty:
    """A value with none."""


def test_it_is_a_dataclass() -> None:
    position = Position(3, text="it's")
    assert is_dataclass(position)
    assert [field.name for field in fields(Position)] == ["line", "column", "text"]
    assert repr(position) == repr(Plain(3, text="it's")).replace("Plain", "Position")
    assert (position.line, position.column, position.text) == (3, 1, "it's")
    assert position.below() == Position(4, 1, "it's")
    assert not hasattr(position, "__dict__")
    assert Position.__match_args__ == Plain.__match_args__
    assert Position.__dataclass_params__.frozen  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        Position()  # type: ignore[call-arg]


def test_equality_and_hash() -> None:
    assert Position(3) == Position(3, 1, "")
    assert Position(3) != Position(3, 2)
    assert hash(Position(3)) == hash(Plain(3))
    assert {OneField("a"), OneField("a"), OneField("b")} == {OneField("b"), OneField("a")}
    others: list[object] = ["a", ("a",), Position(3), Plain(3)]
    assert OneField("a") not in others
    assert others.index(Plain(3)) == 3
    assert others.index(Position(3)) == 2
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())


def test_it_cannot_be_changed() -> None:
    position = Position(3)
    with pytest.raises(FrozenInstanceError):
        position.line = 4  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del position.line
    with pytest.raises(FrozenInstanceError):
        position.more = 4  # type: ignore[attr-defined]
    assert position == Position(3)


def test_copies_and_pickles_are_equal_and_frozen() -> None:
    for position in (copy.copy(Position(3)), copy.deepcopy(Position(3)), pickle.loads(pickle.dumps(Position(3)))):
        assert position == Position(3)
        with pytest.raises(FrozenInstanceError):
            position.line = 4  # type: ignore[misc]
