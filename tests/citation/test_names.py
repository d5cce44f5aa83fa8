"""Names in their parts: what is certain is taken apart, the rest stays whole."""

from __future__ import annotations

import pytest

from newsgen.citation.names import Name, initials, person


@pytest.mark.parametrize(
    ("name", "family", "given", "suffix"),
    [
        ("Mila Hart", "Hart", "Mila", ""),
        ("Ursula von der Leyen", "von der Leyen", "Ursula", ""),
        ("Karl-Theodor von und zu Guttenberg", "von und zu Guttenberg", "Karl-Theodor", ""),
        ("Vincent Van Damme", "Van Damme", "Vincent", ""),
        ("Juan Carlos de la Cruz y Ortega", "de la Cruz y Ortega", "Juan Carlos", ""),
        ("José Ortega y Gasset", "Ortega y Gasset", "José", ""),
        ("Ana Silva e Costa", "Silva e Costa", "Ana", ""),
        ("Edward E Smith", "Smith", "Edward E", ""),  # an initial is no particle
        ("Al Varga", "Varga", "Al", ""),  # nor is a first name
        ("Otto Grun Jr.", "Grun", "Otto", "Jr."),
        ("Otto Grun, III", "Grun", "Otto", "III"),
        ("Otto van Grun Sr", "van Grun", "Otto", "Sr"),
        ("محمد صلاح", "صلاح", "محمد", ""),
        ("Юлия Орлова", "Орлова", "Юлия", ""),
    ],
)
def test_a_name_is_taken_apart(name: str, family: str, given: str, suffix: str) -> None:
    assert person(name) == Name(family, given, suffix)


@pytest.mark.parametrize(
    "name", ["Pelle", "山田 太郎", "山田太郎", "김 민준", "สมชาย ใจดี", "Hart, Varga & Co", "Hart, M.D."]
)
def test_a_name_that_nobody_can_take_apart_stays_whole(name: str) -> None:
    assert person(name) == Name(name, is_whole=True)


@pytest.mark.parametrize(
    ("given", "short"),
    [
        ("Mila", "M."), ("Mila Jean", "M. J."), ("Jean-Paul", "J.-P."), ("J.R.", "J. R."), ("J R", "J. R."),
        ("Øyvind", "Ø."), ("Юлия", "Ю."), ("محمد", "محمد"), ("", ""),
    ],
)  # fmt: skip
def test_initials(given: str, short: str) -> None:
    assert initials(given) == short
