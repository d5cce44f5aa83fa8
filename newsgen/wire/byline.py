"""Bylines: `By A, B and C`, in the languages of wire copy. A title, a label or a place behind a name is not a name.

The words with which bylines begin and end are a table, `bylines`.
"""

from __future__ import annotations

import re
from functools import cache

from newsgen.text.memo import cache_short_text
from newsgen.wire.names import is_agency, is_group, is_name
from newsgen.wire.tables import phrases

__all__ = [
    "credit_behind", "is_bare_byline", "is_bare_name", "is_byline", "is_title_line", "parse", "turned_round",
    "without_agency", "written_names",
]  # fmt: skip

_LABEL = re.compile(r"\s(?:-{1,2}|–|—)\s+[A-Z][\w ]{0,40}$")
_HANDLE = re.compile(r"\s*[(\[]?(?:@\w{2,30}|[\w.+-]{1,64}@[\w.-]{3,64})[)\]]?")
_BRACKET = re.compile(r"\s*\(([^()]{2,40})\)\s*$")
_HANGUL_REPORTER = re.compile(r"(?:[가-힣]{2,4}[·,\s]{1,3}){1,6}(?:기자|특파원|통신원)$")
_CHINESE_REPORTER = re.compile(
    r"[（(]?(?:记者|記者|通讯员|文(?=[/／:：]))\s?[:：/／]?\s?([\u4e00-\u9fff·、\s]{2,40})[）)]?$"
)
_PARTICLES = frozenset(
    "de da di del della dello dei degli der den des van von vom zu zum zur und auf af av til la las le los du dos das "
    "do al el bin ibn ben ten ter te op 't d' of the y i e wa".split()
)
_TITLE_LINE = re.compile(
    r"(?:[A-Z][\w.&'-]*\s|(?:and|for|of|the|at)\s){0,5}"
    r"(?:Writer|Correspondent|Reporter|Editor|Staff|Bureau|Columnist|Contributor|Producer|Analyst)s?$"
    r"|(?:Reporting|Reports) from [A-Z][\w.,' -]{2,40}$"
)
_ROLE_BEHIND = re.compile(
    r"(?:\s*[;,.|/]\s*|\s+)(?:and\s)?(?P<credit>(?:(?:with\s)?(?:additional|further)\s)?(?:edited|editing|photos?|photographs"
    r"|photography|pictures|illustrations?|graphics?|videos?|reporting|research|translated)(?:\s(?:and|&)\s[a-z]{4,12})?\s(?:by|from)\s+\S.*)$",
    re.I,
)  # By Ann Lee; edited by Bo Dahl
_REPORTS = re.compile(
    r"(?<!additional)(?<!with)\s(?:reports|reporting)\s(?:for\s.{2,30}\s)?from\s[^\W\d_a-z][\w.' -]{1,40}$"
)
_WITH_OTHERS = re.compile(
    r"\s(?:with|and|mit|avec|con|et|und|y)\s(?:news |the )?"
    r"(?:agencies|wires|wire reports|wire services|agencias|Agenturen)$"
)
_IN_PLACE = re.compile(r"(?:in|at|from|near)\s[^\W\d_a-z][\w.' -]{1,40}$")
_TURNED = re.compile(
    r"((?:(?:de|da|di|van|von|der|den|la|le|el|al|bin)\s)*[^\W\d_a-z][\w.'’-]+)"
    r", ([^\W\d_a-z][\w.'’-]*(?:\s[\w.'’-]+){0,2})$"
)
_FOR = re.compile(r"\s+(?:of|for|del|de la|della|von der|pour)$")  # Ann Lee of The Associated Press
_SURE_PLACES = frozenset(["in", "at", "from", "near", "aboard"])  # words before a place that part no names
_LIMIT = 200  # characters of a byline


@cache
def _lead() -> re.Pattern[str]:
    words = sorted(phrases("bylines", "leads"), key=len, reverse=True)
    return re.compile(rf"[\s^]*({'|'.join(map(re.escape, words))})(?:\s*[:：]\s*|\s+)(?=\S)", re.I)


@cache
def _separator() -> re.Pattern[str]:
    """Commas, and words such as `and`, where a capital follows. `Ortiz y Vega` and `von und zu Lund` are one name."""
    joints = phrases("bylines", "joints")
    words = "|".join(sorted((*map(str.upper, joints), *joints), key=len, reverse=True))
    return re.compile(
        rf"\s*[,;、·]\s*(?:{words})\s+(?=[^\W\d_a-z])|\s*[,;、]\s*|\s+(?:and|AND|&|\+)\s+(?=[^\W\d_a-z])"
        rf"|\s+(?:{words})\s+(?=[^\W\d_a-z]\S*\s+(?!(?:{words}|&|\+)\s)\S)"
    )


@cache
def _place() -> re.Pattern[str]:
    words = "|".join(map(re.escape, phrases("bylines", "places")))
    return re.compile(rf"\s+(?:{words})\s+[^\W\d_a-z][\w.' -]{{1,40}}$")


def _is_title(text: str) -> bool:
    """Whether a text has the word of a job in it: `auto correspondent`, `Associated Press Writer`."""
    words = text.casefold().split()
    return not phrases("bylines", "titles").isdisjoint(word.strip(".,") for word in words)


def _is_person(text: str) -> bool:
    """Whether a part of a byline reads as a name: capitals but for particles, no digit, no job title."""
    words = text.split()
    if not 0 < len(words) <= 7 or _is_title(text) or any(mark.isdigit() or mark in '"!?:' for mark in text):
        return False
    return any(_is_capital(word) for word in words) and all(
        _is_capital(word) or word.casefold() in _PARTICLES or word[:2] in ("d'", "d’", "al", "el") for word in words
    )


def _is_capital(word: str) -> bool:
    return word[:1].isalpha() and not word[0].islower()


def _without_lead(text: str) -> tuple[str, bool]:
    """(a byline without `By`, whether it had one of the sure leads); the first line of a text only."""
    match = _lead().match(text)
    if not match:
        return text.strip(), False
    return text[match.end() :].strip(), match[1].casefold() in phrases("bylines", "sure")


def credit_behind(text: str) -> str:
    """What a byline says of others behind its names: `Edited by Bo Dahl` of `By Ann Lee; Edited by Bo Dahl`."""
    found = _ROLE_BEHIND.search(text) if _lead().match(text) else None
    return found["credit"] if found and found.start() > 6 else ""


def turned_round(text: str) -> str:
    """The byline of a data base with each name as people say it: `Lee, Ann; Dahl, Bo` is `Ann Lee; Bo Dahl`."""
    names = [_TURNED.match(part.strip()) for part in text.split(";")]
    return "; ".join(f"{name[2]} {name[1]}" for name in names if name) if all(names) else text


@cache_short_text
def parse(text: str) -> tuple[str, ...]:
    """The persons of a byline, as written, each once; a group or an agency only where it stands first."""
    line = " ".join(text[:1000].split())
    if chinese := _CHINESE_REPORTER.match(line):
        return tuple(name for name in re.split(r"[、·\s]+", chinese[1]) if name)
    if _HANGUL_REPORTER.match(line):
        return tuple(re.findall(r"[가-힣]{2,4}(?=[·,\s])", line))
    line = _bare(_without_lead(line)[0])
    if not line or line.casefold().strip(" .") in phrases("bylines", "nobody"):
        return ()
    persons: list[str] = []
    for index, part in enumerate(_separator().split(line)):
        name = _name_in(part.strip(" ,;="))
        if name and (_is_person(name) or (index == 0 and (is_agency(name) or (is_name(name) and is_group(name))))):
            is_place = bool(persons) and " " not in name and " " in persons[0]  # By Ann Lee, Lund
            if index and (is_agency(name) or is_place):
                continue
            if name not in persons:
                persons.append(name)
    return tuple(persons)


def written_names(text: str) -> tuple[str, ...]:
    """The persons of a byline that somebody wrote down as such: none of their words is lost.

    Where a part of it would be left out, and is no agency, job or `in London`, all of it is one name.
    """
    names = parse(text)
    line = _bare(_without_lead(" ".join(text[:1000].split()))[0])
    for part in map(str.strip, _separator().split(line)):
        tail = _place().search(part)
        is_cut = tail is not None and tail.group().split()[0] not in _SURE_PLACES and _is_person(part)
        is_known = any(name in part for name in names) or is_agency(part) or _is_title(part) or " " not in part
        if is_cut or not (is_known or _IN_PLACE.match(part)):
            return (line,)
    return names or (text,)


def _bare(line: str) -> str:
    """A byline without its lead, less addresses, other roles, what a bar parts off, an agency in brackets, a label."""
    line = re.sub(r"[\s;,]*$", "", _ROLE_BEHIND.sub("", _REPORTS.sub("", _WITH_OTHERS.sub("", line))))
    line = _HANDLE.sub("", line).rstrip(" =,;|/")
    line = re.split(r"\s*[|•·]\s*|\s/\s", line)[0]
    if (bracket := _BRACKET.search(line)) and (is_agency(bracket[1]) or _is_title(bracket[1])):
        line = line[: bracket.start()]
    return _LABEL.sub("", line)


def _name_in(part: str) -> str:
    """A name without a place, an agency or a title around it: `Xinhua writers Ann Lee` is Ann Lee."""
    name = _place().sub("", part)
    words = name.split()
    last_title = max((at for at, word in enumerate(words) if _is_title(word)), default=-1)
    if 0 <= last_title < len(words) - 1 and len(words) - last_title > 2:
        name = " ".join(words[last_title + 1 :])
    elif last_title > 0 and (shorter := _before_title(words[: last_title + 1])):
        name = shorter
    if name.count("/") == 1 and is_agency(name.partition("/")[2]):
        name = name.partition("/")[0]
    bare = without_agency(name)
    if bare != name:
        bare = _FOR.sub("", bare)
    return bare if len(bare.split()) >= 2 else name


def _before_title(words: list[str]) -> str:
    """The name before a title that begins with an agency, or has another case: `ANN LEE Harwick Writer`; or ""."""
    in_capitals = next((at for at, word in enumerate(words) if not word.isupper()), len(words))
    if 2 <= in_capitals < len(words) and len(words[0]) > 2:
        return " ".join(words[:in_capitals])
    for start in range(2, min(5, len(words))):
        is_name_before = not any(map(is_agency, words[:start])) and not is_group(words[-1])
        if is_name_before and all(map(_is_title, words[start:])):
            return " ".join(words[:start])
        if any(is_agency(" ".join(words[start:stop])) for stop in range(start + 1, len(words))):
            return " ".join(words[:start])
    return ""


@cache_short_text
def is_byline(line: str) -> bool:
    """Whether a line is nothing but a byline: short, `By`, then names, titles and agencies."""
    text = " ".join(line.split())
    if not 4 < len(text) <= _LIMIT:
        return False
    if _HANGUL_REPORTER.match(text) or _CHINESE_REPORTER.match(text):
        return True
    rest, is_sure = _without_lead(text)
    is_sentence = rest.endswith((".", "?", "!", ":", '"')) and not rest.endswith(("Jr.", "Sr."))
    if rest == text.strip() or not rest or is_sentence:
        return False
    if rest.casefold().strip(" .") in phrases("bylines", "nobody"):
        return is_sure
    parts = [part.strip(" =") for part in _separator().split(_bare(rest))]
    names = [_name_in(part) for part in parts]
    has_person = any(
        _is_person(name) and _is_capital(name.removeprefix("the ")) and (is_sure or len(name.split()) >= 2)
        for name in names
    )
    if not (has_person and len(text.split()) <= 12) and not (is_sure and names[0][:1].isupper()):
        return False
    return bool(parse(text)) and all(
        not part
        or _is_person(name)
        or is_agency(part)
        or (index > 0 and _IN_PLACE.match(part) is not None)
        or (index == 0 and is_group(part) and is_name(part))
        or (len(part.split()) <= 5 and _is_title(part))
        for index, (part, name) in enumerate(zip(parts, names, strict=True))
    )


def is_title_line(text: str) -> bool:
    """Whether a line has nothing but a title, as it stands below a byline: `Associated Press Writer`."""
    return _TITLE_LINE.match(text) is not None


def without_agency(text: str) -> str:
    """A line without an agency's name behind another name: `Ann Lee Reuters`, `Ann Lee | Associated Press`."""
    words = re.split(r"\s*\|\s*|\s+", text.strip())
    for count in (3, 2, 1):
        if len(words) - count >= 2 and is_agency(" ".join(words[-count:])):
            return " ".join(words[:-count])
    return text


def is_bare_byline(text: str) -> bool:
    """Whether a line is nothing but persons' names, with a place or an agency behind them: a byline without `By`."""
    if is_agency(text):
        return False
    parts = _separator().split(_bare(text))
    last = parts[-1].strip()
    if len(parts) > 1 and (
        is_agency(last) or _is_title(last) or (last[:1].isupper() and last.isalpha())
    ):  # Ann Lee, Lund
        parts = parts[:-1]
    return 0 < len(parts) <= 5 and all(is_bare_name(without_agency(_place().sub("", part.strip()))) for part in parts)


def is_bare_name(text: str) -> bool:
    """Whether a line is nothing but a person's name, or a desk's: two to four words, none of them ordinary."""
    words = text.split()
    if not 2 <= len(words) <= 4 or any(not mark.isalpha() and mark not in "-'’. " for mark in text):
        return False
    return (is_name(text) and _is_person(text) and all(len(word) < 14 for word in words)) or (
        is_name(text) and is_group(text)
    )
