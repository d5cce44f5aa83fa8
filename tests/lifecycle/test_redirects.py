"""Where old addresses lead, by host: rules as far as the host takes them, then pages."""

from __future__ import annotations

import pytest

from newsgen.lifecycle.redirects import redirects
from newsgen.source.ledger import LedgerLine

DAY = "2026-11-26"


@pytest.mark.parametrize(
    ("host", "rules"),
    [("netlify", 9_995), ("cloudflare", 1_999), ("gitlab", 1_000), ("github", 0)],
)
def test_how_many_rules_a_host_takes(host: str, rules: int) -> None:
    """At Netlify each killed story takes one; at Cloudflare a script answers for them, and the home page takes one."""
    moved = [LedgerLine(f"s{number}", f"/old/{number:05}.html", DAY) for number in range(10_010)]
    killed = [LedgerLine(f"k{number}", f"/killed/{number}.html", DAY, "killed") for number in range(5)]
    locations = {line.id: (f"/new/{line.id}.html", "", f"{line.id}.md") for line in moved}
    found = redirects([*moved, *killed], locations, lambda _paths: {}, host)
    assert (len(found.rules), len(found.stubs), len(found.removed)) == (rules, 10_010 - rules, 5)
    assert [problem.rule for problem in found.problems] == (["redirects-over"] if rules else [])
    assert found.has_410 == (host in ("netlify", "cloudflare"))
