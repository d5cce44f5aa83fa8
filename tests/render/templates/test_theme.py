"""Templates: what `once` and `each` keep and never mix, state, mistakes, code that is compiled once for many runs."""

from __future__ import annotations

import gc
import marshal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from weakref import ref

import pytest

from newsgen.messages.shown import show
from newsgen.model.card import Item
from newsgen.model.errors import ContentError
from newsgen.model.files import digest
from newsgen.model.settings import Site
from newsgen.model.story import Link
from newsgen.render.templates.compiler import compile_key, compile_text, escape, new_environment, to_bytes
from newsgen.render.templates.theme import Theme
from tests.support.sites import THEME

MACROS = """
{% macro row(item, flag="none") %}<li>{{ item.headline }} {{ flag }}</li>{% endmacro %}
{% macro nosy(item) %}{{ page }}{% endmacro %}
{% macro failing(item) %}

{{ item.headlin }}{% endmacro %}
{% macro upper(text) %}<b>{{ text|upper }}</b>{% endmacro %}
"""
IMPORT = '{% import "macros.html.j2" as m %}'


def a_site(title: str = "A & B") -> Site:
    return Site(title, "https://a.example", "", "en", "UTC", "", (), (), (), (), "newsgen")


def an_item(headline: str = "One <1>") -> Item:
    return Item("id", "/a.html", headline, (), "2020-01-01", "", "2020-01-01", "World", "/world/", "", "", "story")


def a_theme(page: str, macros: str = MACROS, compiled: Mapping[str, bytes] | None = None) -> Theme:
    theme = Theme({"page.html.j2": IMPORT + page, "macros.html.j2": macros}, compiled)
    theme.use_site(a_site())
    return theme


def render(theme: Theme, **values: object) -> str:
    return theme.render("page.html.j2", "a page", **values)


class Held:
    """A value of a page that says whether it is still there."""

    text = "page"


@contextmanager
def without_collection() -> Iterator[None]:
    """No look for garbage: what is freed was in no circle."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


# --- once and each --------------------------------------------------------------------------------------------------


def test_once_and_each_print_what_the_macro_prints() -> None:
    items = (an_item(), an_item("Two"), an_item())
    theme = a_theme('{{ item|once(m.row, "x") }}{{ items|each(m.row, true) }}')
    plain = a_theme('{{ m.row(item, "x") }}{% for each in items %}{{ m.row(each, true) }}{% endfor %}')
    for _time in range(3):
        assert render(theme, item=items[0], items=items) == render(plain, item=items[0], items=items)
    assert "<li>One &lt;1&gt; x</li>" in render(theme, item=items[0], items=items)
    assert render(a_theme("{{ ()|each(m.row) }}")) == ""


class Counted:
    """A value that a macro prints, and that knows how often it was."""

    def __init__(self) -> None:
        self.times = 0

    def __str__(self) -> str:
        self.times += 1
        return "counted"


def test_the_same_item_is_printed_once() -> None:
    counted = Counted()
    item = an_item(counted)  # type: ignore[arg-type]
    theme = a_theme("{{ item|once(m.row) }}{{ (item, item)|each(m.row) }}")
    assert render(theme, item=item).count("counted") == 3
    assert render(theme, item=item).count("counted") == 3
    assert counted.times == 1


def test_two_items_never_share_even_where_they_are_equal() -> None:
    theme = a_theme("{{ item|once(m.row) }}")
    assert render(theme, item=an_item("One")) != render(theme, item=an_item("Two"))
    for number in range(3000):  # each is gone before the next is made, and may leave it its place in memory
        assert f"Story {number} " in render(theme, item=an_item(f"Story {number}"))


@pytest.mark.parametrize("flags", [(1, True), (0, False), ("1", 1), ("", None), ("none", None), (0, "")])
def test_different_flags_never_share(flags: tuple[object, object]) -> None:
    theme, item = a_theme("{{ item|once(m.row, flag) }}"), an_item()
    printed = [render(theme, item=item, flag=flag) for flag in (*flags, *flags)]
    assert printed == [f"<li>One &lt;1&gt; {flag}</li>" for flag in (*flags, *flags)]


def test_different_macros_never_share() -> None:
    macros = "{% macro row(item) %}a{% endmacro %}{% macro row2(item) %}b{% endmacro %}"
    item = an_item()
    theme = a_theme("{{ item|once(m.row) }}{{ item|once(m.row2) }}{{ item|once(m.row) }}", macros)
    assert render(theme, item=item) == "aba"


def test_texts_count_by_their_letters_and_safe_text_is_another() -> None:
    theme = a_theme("{{ text|once(m.upper) }}{{ text|safe|once(m.upper) }}")
    for _time in range(2):
        assert render(theme, text="<i>") == "<b>&lt;I&gt;</b><b><I></b>"
        assert render(theme, text="".join(["<", "i>"])) == "<b>&lt;I&gt;</b><b><I></b>"


def test_nothing_of_a_page_leaks_into_the_next() -> None:
    item, three = an_item(), ["first", "second", "third"]
    with pytest.raises(ContentError, match="'page' is undefined"):  # an imported macro cannot see the page at all
        render(a_theme("{{ item|once(m.nosy) }}"), item=item, page="first")
    local = a_theme("{% macro mine(item) %}{{ page }}{% endmacro %}{{ item|once(mine) }}")
    assert [render(local, item=item, page=page) for page in three] == three
    theme = Theme(
        {"page.html.j2": '{% import "m.html.j2" as m with context %}{{ item|once(m.nosy) }}', "m.html.j2": MACROS}
    )
    assert [render(theme, item=item, page=page) for page in three] == three


def test_what_can_change_is_not_kept() -> None:
    theme = a_theme("{{ names|once(m.upper) }}")
    names = ["a"]
    assert "A" in render(theme, names=names)
    names.append("b")
    assert "B" in render(theme, names=names)


def test_another_site_has_another_cache() -> None:
    theme = a_theme("{{ 'x'|once(m.title) }}", "{% macro title(x) %}{{ site.title }}{% endmacro %}")
    assert render(theme) == "A &amp; B"
    theme.use_site(a_site("C"))
    assert render(theme) == "C"


@pytest.mark.parametrize("use", ["item|once(m.failing)", "(item,)|each(m.failing)"])
def test_a_failure_inside_names_template_and_line_every_time(use: str) -> None:
    theme = a_theme(f"{{{{ {use} }}}}")
    for _time in range(2):
        with pytest.raises(ContentError) as failure:
            render(theme, item=an_item())
        problem = failure.value.problems[0]
        assert (problem.path, problem.line) == ("templates/macros.html.j2", 6)
        assert problem.excerpt == "{{ item.headlin }}{% endmacro %}"


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        ("item|once(m.rwo)", "has no attribute 'rwo'"),
        ("itme|once(m.upper)", "'itme' is undefined"),
        ("itmes|each(m.row)", "'itmes' is undefined"),
        ("item|once(m.row, flga)", "'flga' is undefined"),
        ("item|once(m.row, [])", "once and each take texts, whole numbers"),
        ("item|once(m.row, item)", "once and each take texts, whole numbers"),
        ("item|once(m.row, 0.5)", "once and each take texts, whole numbers"),
        ("item|once('row')", "once and each take a macro, not row"),
        ("item|once(m.row, 1, 2, 3)", "takes not more than 2 argument"),
    ],
)
def test_a_wrong_use_is_told(use: str, reason: str) -> None:
    at, line = ("macros", 7) if "itme|" in use else ("page", 2)  # what is undefined is found where it is printed
    with pytest.raises(ContentError) as failure:
        render(a_theme(f"\n{{{{ {use} }}}}"), item=an_item())
    problem = failure.value.problems[0]
    assert reason in problem.values[0]
    assert (problem.path, problem.line) == (f"templates/{at}.html.j2", line)


@pytest.mark.parametrize(
    "state",
    [
        "{% set c = cycler('odd', 'even') %}{% macro row() %}{{ c.next() }}{% endmacro %}",
        "{% set j = joiner(';') %}{% macro row() %}{{ j() }}x{% endmacro %}",
        "{% set n = namespace(at=0) %}{% macro row() %}{% set n.at = n.at + 1 %}{{ n.at }}{% endmacro %}",
        "{% set l = [] %}{% macro row() %}{{ l.append(1) or '' }}{{ l|length }}{% endmacro %}",
        "{% set d = {} %}{% macro row() %}{{ d.update(a=d.a|default(0) + 1) or '' }}{{ d.a }}{% endmacro %}",
        "{% set l = 'ab'|list %}{% macro row() %}{{ l.pop() }}{% endmacro %}",
        "{% if true %}{% set l = [1, 2] %}{% endif %}{% macro row() %}{{ l.pop() }}{% endmacro %}",
    ],
)
@pytest.mark.parametrize("is_deep", [True, False])
def test_state_of_an_imported_file_ends_with_the_page(state: str, *, is_deep: bool) -> None:
    page = "{{ m.row() }}{{ m.row() }}"
    if is_deep:
        theme = Theme({
            "page.html.j2": IMPORT + page,
            "macros.html.j2": "{% import 's.html.j2' as s %}{% macro row() %}{{ s.row() }}{% endmacro %}",
            "s.html.j2": state,
        })  # fmt: skip
    else:
        theme = a_theme(page, state)
    first = render(theme)
    assert [render(theme) for _page in range(3)] == [first] * 3
    assert render(a_theme("{{ m.row() }}", state)) != first  # the second row is another than the first: it is state


def test_a_file_without_state_is_one_for_all_pages() -> None:
    for name, text in THEME.templates:
        if "macros" in name:
            assert not Theme(dict(THEME.templates)).keeps_state(name), text
    assert Theme({"a.html.j2": "{% set x = (1, 'a') %}{% macro m() %}{% set l = [] %}{% endmacro %}"}).keeps_state(
        "a.html.j2"
    ) is False  # fmt: skip


def test_nothing_prints_where_it_lies_in_memory() -> None:
    from newsgen.model.page_parts import BodyText, Head, StoryText

    assert [repr(kind()) for kind in (Head, BodyText, StoryText)] == ["<head>", "<story>", "<story>"]


# --- mistakes that Python finds, not Jinja --------------------------------------------------------------------------


def test_hundreds_of_branches() -> None:
    branches = "".join(f"{{% elif item.headline == 'k{n}' %}}v{n}" for n in range(1500))
    theme = a_theme(f"{{% if item.headline == 'x' %}}a{branches}{{% else %}}none{{% endif %}}{{{{ item.url }}}}")
    assert render(theme, item=an_item("k1499")) == "v1499/a.html"
    assert render(a_theme("{{ text" + "|upper" * 90 + " }}"), text="a") == "A"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% for a in 'x' %}" * 21 + "{% endfor %}" * 21, "too many statically nested blocks"),
        ("{% if true %}" * 99 + "{% endif %}" * 99, "too many levels of indentation"),
        ("{{ 10**5000 }}", "limit"),
        ("{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", "Python cannot compile it"),
    ],
    ids=["loops", "ifs", "number", "brackets"],
)
def test_what_python_cannot_compile_is_a_mistake_in_the_template(text: str, reason: str) -> None:
    theme = a_theme(text)
    uses: tuple[Callable[[], str], ...] = (lambda: render(theme), lambda: theme.digest("page.html.j2"))
    for use in uses:
        with pytest.raises(ContentError) as failure:
            use()
        assert failure.value.problems[0].path == "templates/page.html.j2"
        assert failure.value.problems[0].rule in ("template-syntax", "template-failed")
        assert reason in failure.value.problems[0].values[0]


def test_a_failure_that_is_none_of_pythons_usual_ones() -> None:
    with pytest.raises(ContentError) as failure:
        render(a_theme("\n{{ cycler() }}"))
    assert (failure.value.problems[0].rule, failure.value.problems[0].line) == ("template-failed", 2)


def test_within_finds_the_nearest_link_above() -> None:
    links = (Link("World", "/world/"), Link("Asia", "/world/asia/"), Link("Dates", "/dates/"))
    theme = a_theme("{{ here|within(links) }}")
    pairs = {"/world/asia/1987/": "/world/asia/", "/world/1987/": "/world/", "/world/": "/world/", "/": "", "": ""}
    assert {here: render(theme, here=here, links=links) for here in pairs} == pairs


# --- compiled code --------------------------------------------------------------------------------------------------


def test_stored_code_is_not_compiled_again_and_gives_the_same() -> None:
    first = a_theme("{{ item|once(m.row) }}")
    expected, digest_of_first = render(first, item=an_item()), first.digest("page.html.j2")
    stored = first.newly_compiled()
    assert len(stored) == 2
    second = a_theme("{{ item|once(m.row) }}", compiled=stored)
    assert second.digest("page.html.j2") == digest_of_first
    assert render(second, item=an_item()) == expected
    assert second.newly_compiled() == {}
    other = a_theme("{{ item|once(m.row) }} changed", compiled=stored)
    assert render(other, item=an_item()) == f"{expected} changed"
    assert list(other.newly_compiled()) == [compile_key("page.html.j2", IMPORT + "{{ item|once(m.row) }} changed")]


def test_a_failure_in_stored_code_names_its_line() -> None:
    text = f"{IMPORT}\n{{{{ nothing }}}}"
    theme = a_theme(
        "\n{{ nothing }}", compiled={compile_key("page.html.j2", text): to_bytes(compile_text("page.html.j2", text))}
    )
    with pytest.raises(ContentError) as failure:
        render(theme)
    assert (failure.value.problems[0].path, failure.value.problems[0].line) == ("templates/page.html.j2", 2)


def test_damaged_code_is_compiled_again() -> None:
    text = f"{IMPORT}{{{{ 1 + 1 }}}}"
    key, good = compile_key("page.html.j2", text), to_bytes(compile_text("page.html.j2", text))
    flipped = bytes([good[-1] ^ 1])
    for bad in (b"", b"x", good[:32], good[:-1], good[:-1] + flipped, good + b"\0", marshal.dumps("x"), good[32:]):
        theme = a_theme("{{ 1 + 1 }}", compiled={key: bad})
        assert render(theme) == "2"
        assert a_theme("{{ 1 + 1 }}", compiled=theme.newly_compiled()).newly_compiled() == {}


def test_code_is_kept_under_name_and_text() -> None:
    keys = {compile_key(name, text) for name in ("a.html.j2", "a.j2") for text in ("x", "y")}
    assert len(keys) == 4
    assert to_bytes(compile_text("a.html.j2", "{{ x }}")) != to_bytes(compile_text("a.j2", "{{ x }}"))


def test_stored_code_holds_nothing_that_our_own_filters_gave() -> None:
    """A filter that newsgen changes must change what stored code prints: Jinja works out constants as it compiles."""
    data = to_bytes(compile_text("a.html.j2", "{{ 1234567|thousands }} {{ '2020-01-02'|long_day }} {{ 'a'|upper }}"))
    assert b"1,234,567" not in data
    assert b"2 January" not in data
    theme = Theme({"a.html.j2": "{{ 1234567|thousands }}"})
    assert theme.render("a.html.j2", "x") == "1,234,567"


def test_the_whole_default_theme_can_be_stored() -> None:
    theme = Theme(dict(THEME.templates))
    names = [name for name, _text in THEME.templates]
    digests = [theme.digest(name) for name in names]
    stored = theme.newly_compiled()
    assert len(stored) == len(names)
    assert all(data[:32] == digest(data[32:]).encode() for data in stored.values())
    second = Theme(dict(THEME.templates), stored)
    assert [second.digest(name) for name in names] == digests
    assert second.newly_compiled() == {}


class Safe:
    """A value that says itself that it is safe."""

    def __html__(self) -> str:
        return "<i>"


def test_what_is_printed_is_escaped_once() -> None:
    template = (
        "{{ text }} {{ text|safe }} {{ safe }} {{ none }} {{ 1.5 }} {% set made %}{{ text }}{% endset %}{{ made }}"
    )
    assert render(a_theme(template), text='<&"', safe=Safe()) == '&lt;&amp;&#34; <&" <i> None 1.5 &lt;&amp;&#34;'


# --- names that are not known -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("{{ site.titel }}", "'Site object' has no attribute 'titel' (did you mean title?)"),
        ("{{ item.headlin }}", "'headlin' (did you mean headline?)"),
        ("{{ sites.title }}", "'sites' is undefined (did you mean site?)"),
        ("{{ saay('latest') }}", "'saay' is undefined (did you mean say?)"),
        ("{{ 12|thousand }}", "'thousand' (did you mean thousands?)"),
        ("{% if 12 is eve %}{% endif %}", "'eve' found (did you mean even?)"),
        ("{% if true %}{{ 12|thousand }}{% endif %}", "'thousand' found (did you mean thousands?)"),
        ("{{ m.rows(item) }}", "'rows' (did you mean row?)"),
        ('{% from "macros.html.j2" import rows %}{{ rows(item) }}', "'rows' (did you mean row?)"),
        ("{{ {'first': 1}.frist }}", "'frist' (did you mean first?)"),
        ("{% fore x in (1,) %}{% endfor %}", "'fore'"),
        ("{{ asset('sitee.css') }}", "'sitee.css' is not known (did you mean site.css?)"),
        ("{{ site.xyzzy }}", "has no attribute 'xyzzy'"),
    ],
)
def test_a_name_that_is_not_known_is_told_with_the_nearest(use: str, said: str) -> None:
    theme = Theme({"page.html.j2": IMPORT + use, "macros.html.j2": MACROS})
    theme.use_site(replace(a_site(), assets=(("site.css", "/assets/site.css"),)))
    with pytest.raises(ContentError) as caught:
        render(theme, item=an_item())
    (problem,) = caught.value.problems
    message = show(problem)
    assert said in message
    name = said.split("'")[-2]
    assert problem.excerpt.find(name) == problem.column - 1
    assert ("did you mean" in message) is ("xyzzy" not in use)
    assert ".." not in message


@pytest.mark.parametrize(
    ("target", "near"),
    [("macro.html.j2", "macros.html.j2"), ("parts/macros.html.j2", "macros.html.j2"), ("footer.txt", "")],
)
def test_a_template_that_is_not_there_is_told_with_the_nearest(target: str, near: str) -> None:
    with pytest.raises(ContentError) as caught:
        a_theme(f"\n{{% include '{target}' %}}").digest("page.html.j2")
    (problem,) = caught.value.problems
    assert (problem.line, problem.values) == (2, (target, near) if near else (target,))
    assert show(problem)


def test_what_a_page_was_made_of_is_free_when_it_is_rendered() -> None:
    theme = a_theme("{% macro own(text) %}{{ text }}{{ held.text }}{% endmacro %}{{ own('a ') }}")
    held = Held()
    gone = ref(held)
    with without_collection():
        assert render(theme, held=held) == "a page"
        del held
        assert gone() is None


def test_say_is_called_as_it_is_written() -> None:
    said = "{% macro m(say) %}{{ say(1) }}{% endmacro %}{{ say('a', n=2) }}{{ m(say) }}{{ say(*('b',)) }}"
    code = compile_text("a.html.j2", said).code
    words = {"say": lambda key, n=0: f"<{key}{n}>"}
    template = new_environment().template_class.from_code(new_environment(), code, words)
    template.root_render_func.__globals__.update(escape=escape)
    assert template.render() == "&lt;a2&gt;&lt;10&gt;&lt;b0&gt;"
