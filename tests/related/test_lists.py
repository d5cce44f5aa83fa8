"""Terms, blocks and lists by themselves: what is promised of each."""

from __future__ import annotations

import pickle
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from newsgen.model.settings import RelatedSettings
from newsgen.related import scores as many
from newsgen.related import terms
from newsgen.related.amend import amended
from newsgen.related.blocks import BLOCK, ROOT, parts, spot
from newsgen.related.in_memory import Whole
from newsgen.related.lists import FLOOR, LOOKED, NEVER, NO_WISH, Limits, Wish, alike, listed, reached
from newsgen.related.scores import Many
from newsgen.related.stopwords import stopwords
from tests.support.sites import Desk, instant, story

WORDS = [f"{one}{two}{three}" for one in "bdfgkl" for two in "aeiou" for three in "mnprst"]


def chosen(rng: random.Random, topic: int) -> str:
    """Terms of an invented story: some of its topic, some of none, some everybody's."""
    of_topic = [f"{WORDS[topic]}{ending}" for ending in ("al", "er", "ing", "ist", "um", "o")]
    bag = {word: rng.choice([1, 1, 2, 4, 9]) for word in rng.sample(of_topic, 4)}
    bag |= dict.fromkeys(rng.sample(WORDS, 12), 1)
    return terms.choose(bag, terms.Common(frozenset(), frozenset(WORDS[:40])))[0]


def archive(count: int, seed: int = 1, copies: float = 0.05) -> Whole:
    """Stories on a sixth as many topics, in years that lie far apart; so many of them sent again."""
    rng = random.Random(seed)
    rows: list[tuple[int, str, str]] = []
    for number in range(count):
        instant = rng.choice([0, 900_000_000, 1_500_000_000]) + rng.randrange(30_000_000)
        told = rows[-1][2] if rows and rng.random() < copies else chosen(rng, rng.randrange(max(1, count // 60)))
        rows.append((spot(instant, f"s{number}"), f"s{number}", told))
    return Whole(rows)


# --- terms ----------------------------------------------------------------------------------------------------------


def test_words_of_a_text() -> None:
    bag = terms.bag("Harbour reopens", "The harbour's [pilots](https://example.org/secret-page) returned, 25 of them.")
    assert bag["harbour"] == 3  # twice in the headline, once in the text
    assert bag["pilots"] == 1
    assert "secret" not in bag
    assert "25" not in bag


def test_words_are_the_same_beside_other_letters() -> None:
    plain = terms.bag("Ferry", "The ferry left. It was late.")
    quoted = terms.bag("Ferry", "The “ferry” left… It was late.")
    assert plain == quoted


def test_scripts_without_spaces_are_read_in_pairs() -> None:
    assert set(terms.bag("", "東京湾 opens")) == {"東京", "京湾", "opens"}


def test_weights_fit_into_a_byte() -> None:
    rng = random.Random(2)
    for _ in range(200):
        bag = {word: rng.choice([1, 2, 5, 9, 40]) for word in rng.sample(WORDS, rng.randrange(1, 90))}
        weights = terms.weights(terms.choose(bag, terms.Common())[0])
        assert sum(weight * weight for weight in weights.values()) <= 255
        assert len(weights) <= 28
        assert list(weights.values()) == sorted(weights.values(), reverse=True)


def test_common_words_are_left_out_or_weigh_half() -> None:
    known = terms.Common(frozenset(["said"]), frozenset(["wheat"]))
    assert terms.weights(terms.choose({"said": 9, "wheat": 2, "barley": 2}, known)[0]) == {"barley": 3, "wheat": 2}


def test_a_small_sample_falls_back_on_stop_words() -> None:
    known = terms.common([["the", "wheat"]] * 20, "de-AT")
    assert {"the", "und"} <= known.everywhere
    assert "wheat" not in known.everywhere | known.frequent
    assert "und" not in stopwords("en")


def test_a_full_sample_says_what_is_common() -> None:
    bags = [{"the": 3, **({"wheat": 2} if number % 32 == 0 else {}), f"w{number}": 1} for number in range(terms.SAMPLE)]
    known = terms.common(bags, "en")
    assert "the" in known.everywhere
    assert "wheat" in known.frequent
    assert "w7" not in known.everywhere | known.frequent


def test_another_sample_tells_whose_terms_are_others() -> None:
    """Step by step, as the sample of a site changes: who need not be read again has the terms that it had."""
    rng = random.Random(9)
    words = [f"w{number}" for number in range(300)]
    spread = [rng.random() ** 3 for _word in words]

    def bag() -> dict[str, int]:
        return {
            word: rng.choice((1, 1, 1, 2, 3, 5))
            for word, share in zip(words, spread, strict=True)
            if rng.random() < share / 2
        }

    drawn = [bag() for _ in range(terms.SAMPLE)]
    known = terms.common(drawn, "en")
    others = [bag() for _ in range(400)]
    told = [terms.choose(other, known) for other in others]
    kept = again = anew = 0
    for _step in range(200):
        for _ in range(rng.choice((1, 1, 1, 6))):
            drawn[rng.randrange(terms.SAMPLE)] = bag()
        now = terms.common(drawn, "en")
        turned = terms.turned(known, now)
        known = turned.common if turned else now
        assert (known.everywhere, known.frequent) == (now.everywhere, now.frequent)
        for at, other in enumerate(others):
            has, maybe = told[at]
            is_touched = turned is None or turned.touches(has, maybe)
            now_told = terms.choose(other, known)
            if is_touched:
                told[at] = now_told
                again += has != now_told[0]
            else:
                assert now_told[0] == has
                kept += 1
        anew += turned is None
    assert kept > 20_000
    assert again > 100
    assert 0 < anew < 100


@pytest.mark.parametrize("budget", [25, 40, 255])
def test_the_same_where_few_words_have_room(monkeypatch: pytest.MonkeyPatch, budget: int) -> None:
    """With bounds so small that either the budget or the number of terms ends them."""
    for name, bound in (("SAMPLE", 20), ("_EVERYWHERE", 6), ("_FREQUENT", 3), ("_BARELY", (2, 2)), ("_MOST", 9)):
        monkeypatch.setattr(terms, name, bound)
    monkeypatch.setattr(terms, "_BUDGET", budget)
    words = [f"w{number}" for number in range(26)]
    kept = 0
    for seed in range(40):
        rng = random.Random(seed)
        bags = [
            {word: rng.choice((1, 1, 2, 2, 3, 4, 5, 8, 9)) for word in rng.sample(words, rng.randrange(1, 16))}
            for _ in range(40)
        ]
        known = terms.common(bags[: terms.SAMPLE], "en")
        told = [terms.choose(bag, known) for bag in bags]
        for _step in range(40):
            at = rng.randrange(terms.SAMPLE)
            bags[at] = {word: rng.choice((1, 2, 4, 8)) for word in rng.sample(words, rng.randrange(1, 16))}
            now = terms.common(bags[: terms.SAMPLE], "en")
            turned = terms.turned(known, now)
            known = turned.common if turned else now
            for other, (has, maybe) in enumerate(told):
                fresh = terms.choose(bags[other], known)
                if turned is None or other == at or turned.touches(has, maybe):
                    told[other] = fresh
                else:
                    assert fresh[0] == has
                    kept += 1
    assert kept > 10_000


# --- blocks ---------------------------------------------------------------------------------------------------------


def test_blocks_hold_all_and_no_more_than_they_may() -> None:
    rng = random.Random(3)
    spots = sorted(spot(rng.choice([5, 10**6, -(10**9)]) + rng.randrange(10**5), str(n)) for n in range(9 * BLOCK))
    found = parts(spots)
    assert sum(count for _start, _bits, count in found) == len(spots)
    assert all(count <= BLOCK for _start, _bits, count in found)
    assert [start for start, _bits, _count in found] == sorted(start for start, _bits, _count in found)
    assert sum(1 << bits for _start, bits, _count in found) == 1 << ROOT  # every moment has its block


def test_a_new_story_moves_no_other_block() -> None:
    rng = random.Random(4)
    spots = sorted(spot(rng.randrange(10**9), str(n)) for n in range(3 * BLOCK))
    before = {(start, bits) for start, bits, _count in parts(spots)}
    after = {(start, bits) for start, bits, _count in parts(sorted([*spots, spot(5, "new")]))}
    assert len(before ^ after) <= 3  # none, or one block that became two


# --- lists ----------------------------------------------------------------------------------------------------------


def test_scores_are_those_of_the_definition() -> None:
    whole = archive(400)
    weights = [terms.weights(row[2]) for row in whole.rows]
    text = {row[1]: row[2] for row in whole.rows}
    for at, row in list(enumerate(whole.rows))[::37]:
        best = [
            (-sum(weights[at][term] * other[term] for term in weights[at].keys() & other.keys()), whole.rows[n][1])
            for n, other in enumerate(weights)
            if n != at
        ]
        told = listed(row, whole, Wish(), Limits(stories=1))
        top = min(best)[0]
        allowed = {name for score, name in best if score == top}
        repeats = {name for _score, name in best if alike(row[2], text[name])}
        assert not told.ids or told.ids[0] in allowed or allowed & repeats


def test_no_list_holds_one_text_twice() -> None:
    whole = archive(600)
    text = {row[1]: row[2] for row in whole.rows}
    for row in whole.rows:
        told = listed(row, whole, Wish(), Limits())
        for at, story_id in enumerate(told.ids):
            assert not alike(text[story_id], row[2])
            assert not any(alike(text[story_id], text[other]) for other in told.ids[:at])


def test_editors_come_first() -> None:
    whole = archive(300)
    row = whole.rows[100]
    plain = listed(row, whole, Wish(), Limits()).ids
    pinned, out = whole.rows[5], plain[0]
    told = listed(row, whole, Wish(((pinned[1], pinned[2]),), frozenset([out])), Limits()).ids
    assert told[0] == pinned[1]
    assert out not in told
    assert len(told) == 5
    full = listed(row, whole, Wish(tuple((r[1], r[2]) for r in whole.rows[:5])), Limits())
    assert full.least == NEVER
    assert len(full.ids) == 5


def test_limits_in_time() -> None:
    whole = archive(600)
    at = {row[1]: row[0] >> 24 for row in whole.rows}
    row = whole.rows[300]
    assert any(at[one] > at[row[1]] for one in listed(row, whole, Wish(), Limits()).ids)
    older = listed(row, whole, Wish(), Limits(newer=False)).ids
    assert older
    assert all(at[one] <= at[row[1]] for one in older)
    near = listed(row, whole, Wish(), Limits(seconds=5_000_000)).ids
    assert near
    assert all(abs(at[one] - at[row[1]]) <= 5_000_000 for one in near)


def test_what_scores_less_than_the_least_changes_no_list() -> None:
    whole = archive(500)
    rng = random.Random(9)
    for _ in range(20):
        new = (
            spot(rng.choice([0, 900_000_000]) + rng.randrange(30_000_000), "new"),
            "new",
            chosen(rng, rng.randrange(8)),
        )
        wider = Whole([*whole.rows, new])
        own = terms.weights(new[2])
        for row in whole.rows[::11]:
            told = listed(row, whole, Wish(), Limits())
            weights = terms.weights(row[2])
            score = sum(own[term] * weights[term] for term in own.keys() & weights.keys())
            if score < max(told.least, FLOOR):
                assert listed(row, wider, Wish(), Limits()).ids == told.ids


def test_a_list_is_amended_to_what_it_would_be() -> None:
    """Without the archive, where some stories went and another came."""
    before = archive(500)
    rng = random.Random(4)
    told_of = 0
    for _ in range(12):
        near = listed(rng.choice(before.rows), before, NO_WISH, Limits()).best
        gone = set(rng.sample(near, min(len(near), rng.randint(1, 6))))
        new = (rng.choice(before.rows)[0] + 1, "new", chosen(rng, rng.randrange(8)))
        after = Whole([*(row for row in before.rows if row[1] not in gone), new])
        rows = {row[1]: row for row in after.rows if row[1] != "new"}
        scores = {other[1]: rated for rated, other in reached(new, after)}
        for row in [row for row in before.rows[::2] if row[1] not in gone]:
            was = listed(row, before, NO_WISH, Limits())
            arrived = [(scores[row[1]], new)] if row[1] in scores else []
            told = amended(row, was, {one: rows[one] for one in was.best if one in rows}, arrived, Limits())
            if told is not None:
                told_of += told.ids != was.ids
                assert told.ids == listed(row, after, NO_WISH, Limits()).ids
    assert told_of > 50


@pytest.mark.parametrize("limits", [Limits(), Limits(newer=False), Limits(3, seconds=5_000_000)])
def test_many_lists_are_those_found_one_by_one(limits: Limits) -> None:
    whole = archive(3000)
    many = Many(whole)
    pins = {whole.rows[7][1]: Wish(((whole.rows[9][1], whole.rows[9][2]),), frozenset([whole.rows[8][1]]))}
    for start in range(0, 3000, 700):
        numbers = range(start, min(start + 700, 3000))
        assert list(many.lists(numbers, pins, limits)) == list(whole.lists(numbers, pins, limits))


@pytest.mark.parametrize("copies", [0.8, 0.98])
def test_many_lists_among_copies(copies: float) -> None:
    """Where a dozen candidates, or five dozen, do not fill a list."""
    whole = archive(900, copies=copies)
    slow = list(whole.lists(range(900), {}, Limits()))
    assert list(Many(whole).lists(range(900), {}, Limits())) == slow
    if copies < 0.9:
        assert any(len(told.best) > LOOKED[0] for told in slow)
    else:
        assert any(0 < len(told.ids) < 5 for told in slow)


@pytest.mark.parametrize("at_once", [1, 10_000])
def test_many_lists_in_parts(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story by itself, or some: it does not matter which are looked at together."""
    whole = archive(400)
    monkeypatch.setattr(many, "_AT_ONCE", at_once)
    assert list(Many(whole).lists(range(400), {}, Limits())) == list(whole.lists(range(400), {}, Limits()))


def test_many_lists_in_another_process() -> None:
    """On a cluster the arrays go there in a file."""
    whole = archive(300)
    sent = pickle.loads(pickle.dumps(Many(whole)))
    assert list(sent.lists(range(300), {}, Limits())) == list(whole.lists(range(300), {}, Limits()))


@pytest.mark.parametrize("told", [[], [""], ["", ""], ["quay|pier", "", "quay|pier|tide", "mole"], ["quay"] * 40])
def test_many_lists_of_stories_that_have_little(told: list[str]) -> None:
    """No story, none with terms, none with terms that another has; all with the same."""
    whole = Whole((spot(number * 10**7, str(number)), str(number), terms) for number, terms in enumerate(told))
    numbers = range(len(told))
    assert list(Many(whole).lists(numbers, {}, Limits())) == list(whole.lists(numbers, {}, Limits()))


def test_the_order_of_stories_does_not_matter() -> None:
    whole = archive(300)
    mixed = Whole(random.Random(5).sample(whole.rows, len(whole.rows)))
    for row in whole.rows[::9]:
        assert listed(row, whole, Wish(), Limits()) == listed(row, mixed, Wish(), Limits())


# --- on pages -------------------------------------------------------------------------------------------------------


def related_of(desk: Desk, name: str) -> list[str]:
    """The ids in a story's list, as its page shows them."""
    page = next(data for path, data in desk.output.files.items() if path.endswith(f"/{name}.html")).decode()
    _before, found, after = page.partition('data-list="related"')
    return re.findall(r'<li data-story="([^"]+)"', after.partition("</ol>")[0]) if found else []


def a_harbour() -> dict[str, bytes]:
    told = {
        "ferry": "The ferry Meridian sank beside its pier when a valve failed.",
        "divers": "Divers closed the valve of the sunken ferry Meridian.",
        "inquiry": "An inquiry into the ferry Meridian blames its valve.",
        "apples": "Growers fear that frost takes their apple blossom.",
    }
    return {f"content/world/{name}.md": story(name, id=name, body=body) for name, body in told.items()}


def test_a_page_lists_related_stories_with_their_sections() -> None:
    desk = Desk(a_harbour())
    desk.build()
    assert set(related_of(desk, "ferry")) == {"divers", "inquiry"}
    assert related_of(desk, "apples") == []
    page = desk.output.files["world/2019/05/01/ferry.html"].decode()
    related = page.partition('data-list="related"')[2].partition("</ol>")[0]
    assert '<time datetime="2019-05-01T10:00:00+00:00">1 May 2019</time> <b>World</b>' in related


def test_without_lists_only_pins_are_shown() -> None:
    desk = Desk(a_harbour())
    desk.set(related=RelatedSettings(stories=0))
    desk.site.write("content/world/ferry.md", story("ferry", id="ferry", related="[apples]", body="A ferry."))
    desk.build()
    assert related_of(desk, "ferry") == ["apples"]
    assert related_of(desk, "divers") == []
    desk.site.write("content/world/apples.md", story("apples", id="apples", status="withheld"))
    desk.build()
    assert related_of(desk, "ferry") == []
    assert desk.output.files == desk.clean()


def test_an_embargoed_story_is_in_no_list_until_its_instant() -> None:
    desk = Desk(a_harbour())
    without = dict(desk.clean())
    desk.site.write(
        "content/world/secret.md",
        story("Ferry valve", id="secret", embargo="2020-01-02T00:00:00Z", body="The ferry Meridian valve inquiry."),
    )
    desk.build()
    assert desk.output.files == without
    desk.clock = instant("2020-01-02T00:00")
    outcome = desk.build()
    assert "secret" in related_of(desk, "ferry")
    assert desk.output.files == desk.clean()
    assert set(outcome.rendered) == set(outcome.written)


def test_versions_are_no_related_stories() -> None:
    files = a_harbour()
    files["content/world/update.md"] = story(
        "Ferry update", id="update", updates="ferry", body="The ferry Meridian sank beside its pier; a valve failed."
    )
    desk = Desk(files)
    desk.build()
    assert "ferry" not in related_of(desk, "divers")
    assert "update" in related_of(desk, "divers")
    assert "ferry" not in related_of(desk, "ferry-update")


def test_the_record_has_no_word_of_a_killed_story() -> None:
    desk = Desk(
        {
            "content/world/live.md": story("Live", id="live"),
            "content/world/dead.md": story(
                "Gone", body="Quixotic words.", id="dead", status="killed", kill="{ reason: x }"
            ),
        }
    )
    desk.build()
    told = "\n".join(desk.store.database.connection().iterdump())
    assert "live" in told
    assert "quixotic" not in told.lower()


def test_only_a_build_that_finds_many_lists_loads_numpy(tmp_path: Path) -> None:
    """It takes a tenth of a second to load: a build with one edit takes four."""
    run = "from newsgen.cli.main import main; from newsgen.engine import relate; relate._MANY = 100; main()"

    def loads(*arguments: str) -> bool:
        command = [sys.executable, "-X", "importtime", "-c", run, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True)
        return re.search(r"\| +numpy$", done.stderr, re.MULTILINE) is not None

    (tmp_path / "content/world").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.newsgen]\ntitle = "T"\nbase_url = "https://t.example"\n')
    rng = random.Random(6)
    for number in range(120):
        body = " ".join(rng.sample(WORDS, 12))
        (tmp_path / f"content/world/{number}.md").write_bytes(story(f"Story {number}", id=f"s{number}", body=body))
    assert not loads("--help")
    assert loads("build", "--jobs", "1")
    assert not loads("build")
    (tmp_path / "content/world/7.md").write_bytes(story("Story 7", id="s7", body=" ".join(WORDS[:12])))
    assert not loads("build")
    assert loads("build", "--clean", "--jobs", "1")
