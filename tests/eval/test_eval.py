"""The evaluation by itself, on invented stories."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.eval import methods
from tests.eval.__main__ import main, report
from tests.eval.judge import judge
from tests.eval.stories import Judged

TEXTS = {
    "ferry": "The ferry to the island ran late again and its pilots asked for a deeper channel near pier",
    "orchard": "Growers in the valley expect a light apple crop after frost reached their orchards near barn",
}


def invented(count: int = 24) -> list[Judged]:
    """Stories on two topics in turn, each with a word of its own."""
    kinds = list(TEXTS)
    return [
        Judged(
            str(number),
            1000 * number,
            f"{kinds[number % 2]} news",
            f"{TEXTS[kinds[number % 2]]} {chr(97 + number)}{chr(98 + number % 7)}x",
            frozenset([kinds[number % 2]]),
            frozenset([f"PLACES {number % 3}"]),
        )
        for number in range(count)
    ]


def test_judgement() -> None:
    stories = invented(12)
    same = [[other for other in range(12) if other % 2 == at % 2 and other != at][:5] for at in range(12)]
    others = [[other for other in range(12) if other % 2 != at % 2][:5] for at in range(12)]
    assert judge(stories, same).micro == 1
    assert judge(stories, same).macro == 1
    assert judge(stories, others).micro == 0
    half = judge(stories, [chosen[:2] for chosen in same])
    assert half.micro == pytest.approx(0.4)
    assert half.short == 12
    assert judge(stories, [[] for _ in stories]).empty == 12


def test_easy_topics_are_judged_apart() -> None:
    pair = [
        Judged("1", 1, "", "", frozenset(["earn"]), frozenset()),
        Judged("2", 2, "", "", frozenset(["earn", "gold"]), frozenset()),
    ]
    verdict = judge(pair, [[1], [0]])
    assert verdict.micro_all == pytest.approx(0.2)
    assert verdict.micro == 0  # the second has gold, which the first has not


def test_cosine_finds_the_same_topic_and_leaves_out_repeats() -> None:
    stories = invented()
    stories.append(Judged("99", 99_000, stories[0].headline, stories[0].body, stories[0].topics, frozenset()))
    vectors = methods.full(stories)
    plain = methods.cosine(vectors, leave_out=False)
    assert plain[0][0] == 24
    assert methods.repeats(vectors, plain) >= 2
    assert 24 not in methods.cosine(vectors, leave_out=True)[0]


def test_tags_and_neighbours() -> None:
    stories = invented()
    assert methods.before(stories)[7] == [6, 5, 4, 3, 2]
    assert methods.before(stories)[1] == [0]
    assert methods.by_tags(stories)[0] == [21, 18, 15, 12, 9]


def test_a_report() -> None:
    text = report(invented())
    assert "| newsgen |" in text
    assert "lists of newsgen that hold a repeat: " in text


def test_missing_material(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--material", str(tmp_path)]) == 2
    assert "No Reuters-21578 archive" in capsys.readouterr().err
