"""Tightened code prints what Jinja's own code prints, and fails with the same words at the same line."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from newsgen.model.card import Item
from newsgen.model.errors import ContentError
from newsgen.model.settings import Site
from newsgen.model.story import Link
from newsgen.render.templates import compile
from newsgen.render.templates.theme import Theme
from newsgen.render.templates.tighten import tighten
from tests.support.sites import THEME

ITEM = Item(
    "id", "/a.html", 'One <1> & "two"', ("UPDATE 1",), "2020-01-01", "", "2020-01-01", "World", "/w/", "", "", "story"
)
LINKS = (Link("A & B", "/a/"), Link("<c>", ""))


class Safe:
    """A value that says itself that it is safe."""

    def __html__(self) -> str:
        return "<i>safe</i>"


class Other:
    """Not a value of ours, with an attribute that values of ours have."""

    url = "/other/"

    def __getitem__(self, key: str) -> str:
        return f"[{key}]"


VALUES = {
    "item": ITEM, "links": LINKS, "none": None, "number": 5, "text": "<&>", "safe": Safe(), "other": Other(),
    "words": {"url": "/of-a-dict/", "name": "<dict>"}, "empty": (), "yes": True, "no": False,
    "nested": [[1, 2], [], [3]],
}  # fmt: skip

PRINTS = [
    "plain text\nof {{ 'two' }} lines <b>&amp;</b>",
    "{{ item.headline }}{{ item.url }}, {{ item.labels[0] }}",
    "{{ text }}{{ text|safe }}{{ text|upper }}{{ safe }}{{ number }}{{ none }}{{ yes }}{{ 1.5 }}",
    "{{ other.url }}{{ other.name }}{{ words.url }}{{ words['name'] }}{{ words.items()|length }}",
    "{% if item.place %}x{% else %}{{ item.section }}{% endif %}|{% if number > 4 %}{{ text }}{% endif %}",
    "{% if no %}a{% elif yes %}b{{ text }}{% else %}c{% endif %}{% if no %}a{% elif no %}b{% endif %}",
    "{% if yes %}{% endif %}{% if no %}{% else %}{% endif %}{% if yes %}{% if no %}x{% else %}y{% endif %}z{% endif %}",
    "{% for link in links %}{{ loop.index }}{{ link.name }}{% if not loop.last %},{% endif %}{% else %}-{% endfor %}",
    "{% for link in empty %}{{ link.name }}{% else %}none{{ text }}{% endfor %}",
    "{% for link in links if link.url %}{{ link.name }}{{ loop.first }}{% endfor %}",
    "{% for row in nested %}{% for one in row %}{{ one }}{{ loop.index0 }}{% endfor %};{{ loop.revindex }}{% endfor %}",
    "{% for row in nested recursive %}{{ loop(row) if row is sequence else row }}{% endfor %}",
    "{{ links|map(attribute='name')|join('; ') }}{{ links|selectattr('url')|list|length }}",
    "{% set x = item %}{{ x.headline }}{% set y %}<{{ x.section }}>{% endset %}{{ y }}{{ y|length }}",
    "{% macro m(link, more='<d>') %}{{ link.name }}{{ more }}{% endmacro %}"
    "{% macro n(x) %}{{ caller() }}{{ x.url }}{% endmacro %}"
    "{{ m(links[0]) }}{{ m(links[1], none) }}{% call n(links[0]) %}<{{ text }}>{% endcall %}",
    "{% filter upper %}a{{ text }}{% endfilter %}{% with z = links[0] %}{{ z.url }}{% endwith %}",
    "{% autoescape false %}{{ text }}{{ item.headline }}{% endautoescape %}{{ text }}",
    "{{ (item if yes else links).headline }}{{ (links[1]).name }}{{ links[0].name ~ text ~ number }}",
    "{{ nothing is defined }}{{ item.nothing is defined }}{{ nothing|default('<d>') }}{{ item.nothing|default('x') }}",
    "{% raw %}{{ x }}{% endraw %}{# nothing #}{{ '{' }}{{ '}' }}{{ '{x}' }}{{ 'a' 'b' }}",
    "{% block one %}{{ item.url }}{% block two %}{{ text }}{% endblock %}{% endblock %}{{ self.two() }}",
    "{% for n in range(130) %}{{ n }}{% endfor %}" + "".join(f"{{{{ item.url }}}}{number}" for number in range(130)),
]

FAILS = [
    "a\n{{ text }}\n{{ nothing }}",
    "a{{ item.url }}\n\n{{ item.headlin }}{{ text }}",
    "{{ text }}\n{% if yes %}\n{{ links[0].nam }}\n{% else %}x{% endif %}",
    "{{ text }}\n{% if nothing.url %}\nx\n{% endif %}",
    "{% for link in links %}\n{{ link.name }}\n{{ link.nam }}{% endfor %}",
    "x\n{{ none.url }}",
    "x\n{{ item.url + 1 }}\ny",
    "{{ text }}{{ text }}\n{{ links[7].url }}",
    "{% macro m(x) %}\n{{ x.url }}\n{{ x.ulr }}{% endmacro %}\n{{ m(item) }}",
    "{% set x %}\n{{ text }}\n{{ item.nothing }}{% endset %}{{ x }}",
    "\n{{ words.nothing }}",
    "\n{{ text }}{{ 1 // 0 }}",
]


@pytest.fixture(autouse=True)
def _forgetful() -> Iterator[None]:
    """Compiled code is kept by name and text, however it was code."""
    compile.compile_text.cache_clear()
    yield
    compile.compile_text.cache_clear()


def said(text: str, name: str) -> str | tuple[str, int, str, tuple[str, ...]]:
    """What a template prints, or where and why it fails."""
    theme = Theme({name: text})
    theme.use(Site("T", "https://a.example", "", "en", "UTC", "", (), (), (), (), "newsgen"))
    try:
        return theme.render(name, "a page", **VALUES)
    except ContentError as error:
        (problem,) = error.problems
        return problem.path, problem.line, problem.excerpt, problem.values


def both(text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What tightened code says, and what Jinja's own says."""
    tightened = said(text, name)
    compile.compile_text.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(compile, "tighten", lambda source, _attributes: ast.parse(source))
        return [tightened, said(text, name)]


@pytest.mark.parametrize("name", ["page.html.j2", "page.txt.j2"])
@pytest.mark.parametrize("text", PRINTS)
def test_the_same_is_printed(text: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tightened, own = both(text, name, monkeypatch)
    assert isinstance(own, str)
    assert tightened == own


@pytest.mark.parametrize("text", FAILS)
def test_the_same_fails_at_the_same_line(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tightened, own = both(text, "page.html.j2", monkeypatch)
    assert isinstance(own, tuple)
    assert own[1] > 0
    assert tightened == own


def test_a_value_of_ours_is_asked_directly_and_texts_are_escaped_in_place() -> None:
    found = ast.unparse(tighten("def f(item):\n    yield escape(environment.getattr(item, 'url'))", ["url"]))
    assert "item.url if type(item) in _has_url else environment.getattr(item, 'url')" in found
    assert "_escape_text(_e) if type((_e := " in found


def test_what_is_printed_in_a_row_is_printed_at_once() -> None:
    found = ast.unparse(tighten("def f():\n    yield 'a'\n    yield str(x)\n    pass\n    yield 'b'", []))
    assert found.splitlines()[1:] == ["    yield f'a{str(x)}b'"]
    many = tighten("def f():\n" + "    yield str(x)\n" * 250, [])
    assert len([node for node in ast.walk(many) if isinstance(node, ast.Yield)]) == 3


def test_code_of_another_form_is_left_alone() -> None:
    source = (
        "def f():\n    yield from g()\n    x = (yield 'a')\n    yield t_1(x)\n    yield environment.getattr(x, 'other')"
    )
    assert ast.unparse(tighten(source, ["url"])) == source


def test_every_template_of_the_default_theme_is_tighter() -> None:
    """If a new Jinja wrote other code, nothing would be tightened, and nothing else would tell."""
    environment = compile.new_environment()
    for name, text in THEME.templates:
        source = environment.compile(environment.parse(text, name, name), name, name, raw=True)
        tight = ast.unparse(tighten(source, compile.owners().keys()))
        if source.count("environment.getattr(") + source.count("yield ") > 4:
            assert tight.count("yield ") < source.count("yield ") or "_has_" in tight, name
