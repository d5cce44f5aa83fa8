"""Invariant 1 over whole histories: after any edits, incremental output equals clean output, byte for byte."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.support.edits import EDITS, Edit, a_site, seeded
from tests.support.sites import Desk, assert_same, differences

STEPS = 500


class Newsroom(RuleBasedStateMachine):
    """A desk edited at random; after each step the incremental build must equal a clean one."""

    desk: Desk

    @initialize(data=st.data(), stories=st.integers(0, 6))
    def begin(self, data: st.DataObject, stories: int) -> None:
        self.desk = a_site(lambda values: data.draw(st.sampled_from(values)), stories)

    @rule(edit=st.sampled_from(EDITS), data=st.data())
    def edit(self, edit: Edit, data: st.DataObject) -> None:
        edit(self.desk, lambda values: data.draw(st.sampled_from(values)))

    @invariant()
    def incremental_equals_clean(self) -> None:
        self.desk.build()
        assert_same(self.desk.output.files, self.desk.clean())
        again = self.desk.build()
        assert not again.rendered
        assert not self.desk.output.writes


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(max_examples=10, stateful_step_count=12, suppress_health_check=list(HealthCheck))


class LongNewsroom(Newsroom):
    """The same with longer histories."""


TestLongNewsroom = pytest.mark.long(LongNewsroom.TestCase)
TestLongNewsroom.settings = settings(max_examples=60, stateful_step_count=50, suppress_health_check=list(HealthCheck))


def history(seed: int, steps: int) -> list[str]:
    """Edit at random; all differences between incremental and clean builds, each as step, edit and file."""
    pick = seeded(seed)
    desk = a_site(pick, 12)
    wrong = []
    for step in range(steps):
        edit = pick(EDITS)
        edit(desk, pick)
        desk.build()
        wrong += [f"{step} {edit.__name__} {path}" for path in differences(desk.output.files, desk.clean())]
    return wrong


def test_a_history_of_thirty_edits() -> None:
    assert history(11, 30) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_drafts_come_and_go(seed: int) -> None:
    """Now shown and now not, while everything else happens too: no build of that kind reads every story again."""
    pick = seeded(seed)
    desk = a_site(pick, 12)
    for step in range(12):
        desk.drafts = not desk.drafts
        if step % 2:
            pick(EDITS)(desk, pick)
        desk.build()
        assert_same(desk.output.files, desk.clean())


@pytest.mark.long
@pytest.mark.parametrize("seed", [1987, 2019, 2020])
def test_a_history_of_many_edits(seed: int) -> None:
    wrong = history(seed, STEPS)
    print(f"seed {seed}: {STEPS} steps, {len(wrong)} differences")
    assert wrong == []


def test_every_edit_happens_and_changes_something() -> None:
    """An edit that does nothing would test nothing."""
    idle = {edit.__name__ for edit in EDITS}
    for seed in range(12):
        pick = seeded(seed)
        desk = a_site(pick, 8)
        for edit in EDITS:
            before = (
                dict(desk.site.files),
                dict(desk.site.odd),
                desk.settings,
                desk.theme,
                desk.clock,
                dict(desk.output.files),
            )
            edit(desk, pick)
            if (desk.site.files, desk.site.odd, desk.settings, desk.theme, desk.clock, desk.output.files) != before:
                idle.discard(edit.__name__)
            if edit.__name__ == "change_picture":
                desk.build()  # so that there is an output to damage
    assert idle == set()
