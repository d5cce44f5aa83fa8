"""Terms: which words of a story they are, what they weigh, and whom another sample affects."""

from __future__ import annotations

import random

import pytest

from newsgen.related import terms
from newsgen.related.bounds import DEFAULT_BOUNDS, Bounds
from newsgen.related.stopwords import stopwords
from tests.support.archives import WORDS


def test_words_of_a_text() -> None:
    counts = terms.word_counts(
        "Harbour reopens", "The harbour's [pilots](https://example.org/secret-page) returned, 25 of them."
    )
    assert counts["harbour"] == 3  # twice in the headline, once in the text
    assert counts["pilots"] == 1
    assert "secret" not in counts
    assert "25" not in counts


def test_words_are_the_same_beside_other_letters() -> None:
    plain = terms.word_counts("Ferry", "The ferry left. It was late.")
    quoted = terms.word_counts("Ferry", "The “ferry” left… It was late.")
    assert plain == quoted


def test_scripts_without_spaces_are_read_in_pairs() -> None:
    assert set(terms.word_counts("", "東京湾 opens")) == {"東京", "京湾", "opens"}


def test_weights_fit_into_a_byte() -> None:
    rng = random.Random(2)
    for _ in range(200):
        counts = {word: rng.choice([1, 2, 5, 9, 40]) for word in rng.sample(WORDS, rng.randrange(1, 90))}
        weights = terms.term_weights(terms.choose_terms(counts, terms.CommonWords())[0])
        assert sum(weight * weight for weight in weights.values()) <= 255
        assert len(weights) <= 28
        assert list(weights.values()) == sorted(weights.values(), reverse=True)


def test_common_words_are_left_out_or_weigh_half() -> None:
    known = terms.CommonWords(frozenset(["said"]), frozenset(["wheat"]))
    assert terms.term_weights(terms.choose_terms({"said": 9, "wheat": 2, "barley": 2}, known)[0]) == {
        "barley": 3,
        "wheat": 2,
    }


def test_a_small_sample_falls_back_on_stop_words() -> None:
    known = terms.common_words([["the", "wheat"]] * 20, "de-AT")
    assert {"the", "und"} <= known.everywhere
    assert "wheat" not in known.everywhere | known.frequent
    assert "und" not in stopwords("en")


def test_a_full_sample_says_what_is_common() -> None:
    sample = [
        {"the": 3, **({"wheat": 2} if number % 32 == 0 else {}), f"w{number}": 1}
        for number in range(DEFAULT_BOUNDS.sample_stories)
    ]
    known = terms.common_words(sample, "en")
    assert "the" in known.everywhere
    assert "wheat" in known.frequent
    assert "w7" not in known.everywhere | known.frequent


def test_another_sample_says_whose_terms_are_others() -> None:
    """Step by step, as the sample of a site changes: who need not be read again has the terms that it had."""
    rng = random.Random(9)
    words = [f"w{number}" for number in range(300)]
    shares = [rng.random() ** 3 for _word in words]

    def word_counts() -> dict[str, int]:
        return {
            word: rng.choice((1, 1, 1, 2, 3, 5))
            for word, share in zip(words, shares, strict=True)
            if rng.random() < share / 2
        }

    sample = [word_counts() for _ in range(DEFAULT_BOUNDS.sample_stories)]
    known = terms.common_words(sample, "en")
    stories = [word_counts() for _ in range(400)]
    chosen = [terms.choose_terms(counts, known) for counts in stories]
    unaffected = changed = reread = 0
    for _step in range(200):
        for _ in range(rng.choice((1, 1, 1, 6))):
            sample[rng.randrange(DEFAULT_BOUNDS.sample_stories)] = word_counts()
        now = terms.common_words(sample, "en")
        change = terms.common_change(known, now)
        known = change.common if change else now
        assert (known.everywhere, known.frequent) == (now.everywhere, now.frequent)
        for at, counts in enumerate(stories):
            before, borderline = chosen[at]
            is_affected = change is None or change.affects(before, borderline)
            after = terms.choose_terms(counts, known)
            if is_affected:
                chosen[at] = after
                changed += before != after[0]
            else:
                assert after[0] == before
                unaffected += 1
        reread += change is None
    assert unaffected > 20_000
    assert changed > 100
    assert 0 < reread < 100


@pytest.mark.parametrize("budget", [25, 40, 255])
def test_the_same_where_few_words_have_room(budget: int) -> None:
    """With bounds so small that either the budget or the number of terms ends them."""
    bounds = Bounds(
        sample_stories=20, everywhere=6, frequent=3, borderline=(2, 2), terms=9, weight_budget=budget
    )  # fmt: skip
    words = [f"w{number}" for number in range(26)]
    unaffected = 0
    for seed in range(40):
        rng = random.Random(seed)
        stories = [
            {word: rng.choice((1, 1, 2, 2, 3, 4, 5, 8, 9)) for word in rng.sample(words, rng.randrange(1, 16))}
            for _ in range(40)
        ]
        known = terms.common_words(stories[: bounds.sample_stories], "en", bounds)
        chosen = [terms.choose_terms(counts, known, bounds) for counts in stories]
        for _step in range(40):
            at = rng.randrange(bounds.sample_stories)
            stories[at] = {word: rng.choice((1, 2, 4, 8)) for word in rng.sample(words, rng.randrange(1, 16))}
            now = terms.common_words(stories[: bounds.sample_stories], "en", bounds)
            change = terms.common_change(known, now)
            known = change.common if change else now
            for other, (before, borderline) in enumerate(chosen):
                fresh = terms.choose_terms(stories[other], known, bounds)
                if change is None or other == at or change.affects(before, borderline):
                    chosen[other] = fresh
                else:
                    assert fresh[0] == before
                    unaffected += 1
    assert unaffected > 10_000


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("The [mill](https://mill.example/shut-up) shut.", ["the", "mill", "shut"]),
        ('The [mill](/world/mill "an old mill").', ["the", "mill", "an", "old"]),
        ("See https://mill.example/a/b?c=d now.", ["see", "now"]),
        ("](" * 50_000 + " mill", ["mill"]),
    ],
)
def test_where_a_link_leads_is_no_word(body: str, words: list[str]) -> None:
    """The last body took a minute when the end of each link was looked for."""
    assert [word for word in terms.word_counts("", body) if len(word) > 1] == words
