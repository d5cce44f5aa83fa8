"""Macros, called in less time than Jinja takes: they print what Jinja's own print, and fail where they fail."""

from __future__ import annotations

from collections.abc import Mapping

import jinja2
import pytest

from newsgen.render.templates.compiler import compile_text, escape, new_environment
from newsgen.render.templates.macro_call import Macro

FILES = {
    "m.html.j2": """
{%- macro one(a) %}<b>{{ a }}</b>{% endmacro %}
{%- macro two(a, b="<&>") %}{{ a }}-{{ b }}{% endmacro %}
{%- macro rest(a) %}{{ a }}{{ varargs|join("+") }}{{ kwargs|length }}{% endmacro %}
{%- macro around(a) %}[{{ a }}{{ caller(a) }}]{% endmacro %}
{%- macro nested(a) %}{{ one(two(a)) }}{% endmacro %}""",
    "m.txt.j2": "{% macro bare(a) %}<{{ a }}>{% endmacro %}",
}
USES = (
    '{{ m.one("<") }}',
    '{{ m.two("<") }}{{ m.two("<", ">") }}{{ m.two("<", b=1) }}{{ m.two(b=1, a=2) }}',
    '{{ m.rest(1, "<", 3, x=4) }}',
    "{% call(a) m.around(1) %}<{{ a }}>{% endcall %}",
    '{{ m.nested("<") }}{{ m.nested(none) }}',
    '{{ t.bare("&") }}{{ t.bare("&")|length }}',
    '{% for each in ("<", 2) %}{{ m.one(each) }}{% endfor %}',
    '{% autoescape false %}{{ m.one("<") }}{{ t.bare("<") }}{% endautoescape %}',
    '{% set kept = m.one("<") %}{{ kept ~ "<" }}{{ ("a", "b")|map("upper")|map("length")|list }}',
    "{{ range(3)|list }}{{ m.one(namespace(a=1).a) }}",
)
WRONG = ("{{ m.one() }}", "{{ m.one(1, 2) }}", "{{ m.one(1, c=2) }}", "{{ m.one(1, a=2) }}", "{{ m.around(1) }}")


def printed(environment: jinja2.Environment, use: str, ours: Mapping[str, object]) -> str:
    head = '{% import "m.html.j2" as m %}{% import "m.txt.j2" as t %}'

    class Loader(jinja2.BaseLoader):
        def load(self, _environment: object, name: str, globals: object = None) -> jinja2.Template:  # noqa: A002
            code = environment.compile(FILES.get(name, head + use), name, name)
            template = environment.template_class.from_code(environment, code, environment.globals)
            template.root_render_func.__globals__.update(ours)
            return template

    environment.loader = Loader()
    try:
        return environment.get_template("page.html.j2").render()
    except (TypeError, jinja2.UndefinedError) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize("use", [*USES, *WRONG])
def test_they_print_what_jinjas_print(use: str) -> None:
    plain = jinja2.Environment(autoescape=jinja2.select_autoescape(("html.j2",)), undefined=jinja2.StrictUndefined)
    ours = printed(new_environment(), use, {"escape": escape, "Macro": Macro})
    theirs = printed(plain, use, {})
    assert ours.partition("(did you")[0].rstrip("? ") == theirs.rstrip("? ")
    assert ("Error: " in ours) is (use in WRONG)


def test_say_is_called_as_it_is_written() -> None:
    said = "{% macro m(say) %}{{ say(1) }}{% endmacro %}{{ say('a', n=2) }}{{ m(say) }}{{ say(*('b',)) }}"
    environment = new_environment()
    template = environment.template_class.from_code(
        environment, compile_text("a.html.j2", said).code, {"say": lambda key, n=0: f"<{key}{n}>"}
    )
    template.root_render_func.__globals__.update(escape=escape, Macro=Macro)
    assert template.render() == "&lt;a2&gt;&lt;10&gt;&lt;b0&gt;"
