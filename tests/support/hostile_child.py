"""Reads hostile stories in a process of its own, with limits, so that a crash or a flood is noticed and named.

Run by tests/storyfile/test_hostile_stories.py: one JSON object a line comes in ({"id", "data" in base64}); one goes out
for each, with the rules of its problems, the headline, the seconds, and the process's peak memory so far.
"""

from __future__ import annotations

import base64
import json
import resource
import sys
import time

from newsgen import storyfile
from newsgen.messages.shown import show
from newsgen.model.settings import Settings
from newsgen.text import markdown

__all__: list[str] = []

_SETTINGS = Settings("Archive", "https://archive.example", timezone="Europe/Berlin")


def peak_mb() -> float:
    """This process's largest resident size; that of getrusage begins with its parent's."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Answer every line of standard input."""
    gigabyte = 1024**3
    resource.setrlimit(resource.RLIMIT_AS, (gigabyte, gigabyte))
    resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    for row in sys.stdin:
        item = json.loads(row)
        data = base64.b64decode(item["data"])
        start = time.process_time()
        story, problems = storyfile.read_story("content/world/x.md", data, _SETTINGS, None)
        if story is not None:
            markdown.to_html(story.body)
            markdown.summary(story.body)
        shown = [show(problem) for problem in problems]
        answer = {
            "id": item["id"],
            "is_story": story is not None,
            "headline": story.headline if story else "",
            "byline": story.byline if story else (),
            "slug": story.slug if story else "",
            "errors": [problem.rule for problem in problems if problem.severity == "error"],
            "lines": [problem.line for problem in problems if problem.severity == "error"],
            "shown": shown,
            "seconds": time.process_time() - start,
            "peak_mb": peak_mb(),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
