"""The list of one story: scores, who is chosen, what could change it."""

from __future__ import annotations

import random

from newsgen.related import terms
from newsgen.related.blocks import second_of, time_key
from newsgen.related.in_memory import ArchiveInMemory
from newsgen.related.lists import MIN_SCORE, UNREACHABLE, Limits, Wish, find_list
from newsgen.related.similarity import are_same_text
from tests.support.archives import an_archive, random_terms


def test_scores_are_those_of_the_definition() -> None:
    archive = an_archive(400)
    weights = [terms.term_weights(row[2]) for row in archive.rows]
    text = {row[1]: row[2] for row in archive.rows}
    for at, row in list(enumerate(archive.rows))[::37]:
        best = [
            (-sum(weights[at][term] * other[term] for term in weights[at].keys() & other.keys()), archive.rows[n][1])
            for n, other in enumerate(weights)
            if n != at
        ]
        related = find_list(row, archive, Wish(), Limits(stories=1))
        top = min(best)[0]
        allowed = {name for score, name in best if score == top}
        repeats = {name for _score, name in best if are_same_text(row[2], text[name])}
        assert not related.ids or related.ids[0] in allowed or allowed & repeats


def test_no_list_holds_one_text_twice() -> None:
    archive = an_archive(600)
    text = {row[1]: row[2] for row in archive.rows}
    for row in archive.rows:
        ids = find_list(row, archive, Wish(), Limits()).ids
        for at, story_id in enumerate(ids):
            assert not are_same_text(text[story_id], row[2])
            assert not any(are_same_text(text[story_id], text[other]) for other in ids[:at])


def test_editors_come_first() -> None:
    archive = an_archive(300)
    row = archive.rows[100]
    plain = find_list(row, archive, Wish(), Limits()).ids
    pinned, excluded = archive.rows[5], plain[0]
    ids = find_list(row, archive, Wish(((pinned[1], pinned[2]),), frozenset([excluded])), Limits()).ids
    assert ids[0] == pinned[1]
    assert excluded not in ids
    assert len(ids) == 5
    full = find_list(row, archive, Wish(tuple((r[1], r[2]) for r in archive.rows[:5])), Limits())
    assert full.threshold == UNREACHABLE
    assert len(full.ids) == 5


def test_limits_in_time() -> None:
    archive = an_archive(600)
    second = {row[1]: second_of(row[0]) for row in archive.rows}
    row = archive.rows[300]
    assert any(second[other] > second[row[1]] for other in find_list(row, archive, Wish(), Limits()).ids)
    older = find_list(row, archive, Wish(), Limits(newer=False)).ids
    assert older
    assert all(second[other] <= second[row[1]] for other in older)
    near = find_list(row, archive, Wish(), Limits(seconds=5_000_000)).ids
    assert near
    assert all(abs(second[other] - second[row[1]]) <= 5_000_000 for other in near)


def test_what_scores_less_than_the_threshold_changes_no_list() -> None:
    archive = an_archive(500)
    rng = random.Random(9)
    for _ in range(20):
        new = (
            time_key(rng.choice([0, 900_000_000]) + rng.randrange(30_000_000), "new"),
            "new",
            random_terms(rng, rng.randrange(8)),
        )
        wider = ArchiveInMemory([*archive.rows, new])
        new_weights = terms.term_weights(new[2])
        for row in archive.rows[::11]:
            related = find_list(row, archive, Wish(), Limits())
            weights = terms.term_weights(row[2])
            score = sum(new_weights[term] * weights[term] for term in new_weights.keys() & weights.keys())
            if score < max(related.threshold, MIN_SCORE):
                assert find_list(row, wider, Wish(), Limits()).ids == related.ids


def test_the_order_of_stories_does_not_matter() -> None:
    archive = an_archive(300)
    mixed = ArchiveInMemory(random.Random(5).sample(archive.rows, len(archive.rows)))
    for row in archive.rows[::9]:
        assert find_list(row, archive, Wish(), Limits()) == find_list(row, mixed, Wish(), Limits())
