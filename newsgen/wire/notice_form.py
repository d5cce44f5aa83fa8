"""Whether copy is a notice that withdraws a story, by its form. kill_notice.py reads what such a notice says.

Three things tell a notice: its headline, how its text begins, and a sentence that says of a story, in the agency's own
voice, that it is withdrawn. Two of them make it certain, or one that no report has (`Please be advised that the
story …`). That a story was withdrawn may also be news, and such a report names who did it or who says so.

A headline that says that a story is withdrawn, above a text that neither says nor denies it, is doubtful: of that a
person decides.
"""

from __future__ import annotations

import re

from newsgen.model.value import value
from newsgen.wire import dateline
from newsgen.wire import headline as headlines
from newsgen.wire.names import is_agency
from newsgen.wire.notice_stems import STEMS
from newsgen.wire.notice_words import Certainty, foreign_notice

__all__ = [
    "ADVISED", "GONE_AT_END", "HEADING", "LEAD", "MANDATORY", "NO_REPLACEMENT", "ORDER", "SHOUTED", "STORY",
    "STORY_ON", "SUFFIX", "TAGS", "certainty", "first_paragraph", "has_dateline", "read_title",
    "sentences_of",
]  # fmt: skip

TAGS = frozenset(["Kill", "Withdrawal", "Withdrawn"])
STORY = r"(?:story|stories|item|report|article|brief|factbox|timeline|analysis|dispatch|newsbreak)"
_STRICTLY_STORY = re.compile(r"\b(?:story|stories|factbox|timeline|dispatch|newsbreak)\b", re.I)  # a report may be any
_GONE = r"(?:withdrawn|killed|retracted|cancell?ed)"
_WILL_BE = r"(?:(?:is|are|was|has been|have been)\s)?"

# --- headlines
GONE_AT_END = re.compile(rf"(?:^|\s){STORY}\s{_WILL_BE}{_GONE}[.!]?$", re.I)
STORY_ON = re.compile(
    rf"(?:the |an? |our )?{STORY}\s(?:on|about|of|that|saying|headlined|slugged|titled|regarding|concerning)\s"
    rf"(.{{1,250}}?)\s{_WILL_BE}{_GONE}[.!]?$",
    re.I,
)
SUFFIX = re.compile(r"\s{0,3}(?:/|\s-{1,2}\s?|\()(WITHDRAWN|KILLED|KILL|RETRACTED)\)?$")
SHOUTED = re.compile(r"(?:(?:BULLETIN|MANDATORY|STORY)\s)?KILL(?:[\s,/-]{1,3}KILL){1,3}\b[\s:.,-]*|"
                     r"(?:(?:BULLETIN|MANDATORY|STORY)\s)?KILL\W*$|(?i:mandatory kill)\W*$")  # fmt: skip
# No report has such a heading, in capitals or not.
HEADING = re.compile(
    r"(?:(?:please )?DISREGARD|KILL|WITHDRAWAL|WITHDRAWN|(?i:(?:mandatory|bulletin) kill|kill (?:advisory|notice)"
    r"|(?:story|report) (?:killed|removed|withdrawn|retracted)|withdrawn story|notice of withdrawal"
    r"|withdrawal notice|retraction(?=:))|RETRACTION|RETRACTED)(?:\s?:|\s-{1,2}\s|\s?[–—]|$)\s*"
)

_TO_EDITORS = re.compile(
    r"(?:attention,? (?:all )?(?:editors|subscribers|clients)|attn:? ?(?:editors|subscribers|clients)"
    r"|note to (?:all )?(?:editors|subscribers|clients)|editors|subscribers|clients)\s?[:,–—-]{1,2}\s*(?=\S)",
    re.I,
)

# --- texts
_SHOUTED_LEAD = re.compile(
    r"[(\s]{0,3}(?:(?:BULLETIN|MANDATORY|STORY)\s)?(?:KILL|WITHDRAWAL|RETRACTION)(?:\s?[:.,–—-]|\s*\n)"
)
LEAD = re.compile(  # may be empty, so it matches at the start of any text
    r"[(\s]{0,3}(?:(?:BULLETIN|MANDATORY|KILL|ADVISORY|WITHDRAWAL|RETRACTION)\b\W{1,3}){0,5}"
    r"(?P<to>(?:Eds|Editors|Attention,? editors|Note to editors|Subscribers|Clients)\s?[:,.–—-]{1,2}\s?)?",
    re.I,
)
ADVISED = re.compile(
    r"(?:please (?:be advised|note)(?: that)?[,:]?"
    r"|(?:clients|subscribers|editors|members|users),? (?:are|should be) advised(?: that)?"
    r"|(?:clients|subscribers|editors|members|users),? (?:should|please) note(?: that)?[,:]?)\s",
    re.I,
)
_SLUG = r"(?:(?-i:BC|AM|PM)-|(?-i:[A-Z])[\w]{1,30}-)[\w-]{1,60}"  # BC-Mill-Closes, Mill-Closes
ORDER = re.compile(
    rf"(?:please )?(?:kill|withdraw|disregard)\s(?:all (?:versions|copies) of )?(?:the )?{_SLUG}"
    r"|(?:please )?(?:kill|withdraw|disregard|ignore|delete|remove|do not (?:use|publish|run))\s"
    r"(?:and (?:do not use|kill|remove|disregard) )?(?:all (?:versions|copies) of )?(?:the |our |this |an? )?"
    rf"(?:[\w'’-]{{1,20}} ){{0,3}}?{STORY}\b",
    re.I,
)
_NOT_FOR_USE = (
    r"(?:should|must)\s(?:not\sbe\s(?:used|published|run)|be\s(?:disregarded|killed|withdrawn|deleted|removed))"
)
_STORY_IS_GONE = re.compile(
    rf"\b{STORY}\b[^.!?]{{0,500}}"
    rf"\b(?:(?:is|are|has been|have been|was|were)\s(?:\w+\s){{0,4}}?{_GONE}|{_NOT_FOR_USE})\b",
    re.I,
)
_TAKES_STORY = re.compile(rf"{_STORY_IS_GONE.pattern}|\b(?:withdraws?|retracts?)\s(?:\w+\s){{0,3}}?{STORY}\b", re.I)
_NAMES_A_STORY = re.compile(rf"\b{STORY}\b", re.I)
MANDATORY = re.compile(r"\b(?:kill|withdrawal) is mandatory\b|\bmandatory (?:kill|withdrawal)\b", re.I)
NO_REPLACEMENT = re.compile(
    r"\bno (?:replacement|substitute|corrected)\b[^.!?]{0,60}\b(?:will|is|follow|planned|available)"
    r"|\b(?:will|is) not (?:to )?be replaced\b|\bthere (?:will be|is) no (?:replacement|substitute)\b",
    re.I,
)
_ITEM = re.compile(r"\bitem\b|\b[A-Z]{1,3}\d{3,6}\b")
_QUOTATION = re.compile(r"\"[^\"]{1,300}\"|“[^“”]{1,300}”")
_SAYING = r"(?:said|says|told|announced|wrote|confirmed)"
# Of a sentence whose quotations are taken out: `Our story on the mill, sent at noon, is wrong and has been withdrawn …`
_OF_STORY = re.compile(
    rf"(?:(?P<owner>[\w. -]{{1,40}}?)['’]s?\s)?"
    rf"(?:(?!{_SAYING}\b|that\b|withdr)[\w“”\"'’,.-]{{1,30}}\s){{0,8}}?{STORY}\b"
    rf"(?P<subject>[^.!?]{{0,400}}?)\b(?:(?P<order>{_NOT_FOR_USE})|(?:is|are|has been|have been|was|were)\s"
    rf"(?:\w+\s){{0,3}}?(?P<what>{_GONE}|wrong|incorrect|inaccurate|erroneous|false|untrue|in error))\b"
    r"(?P<rest>.{0,400})",
    re.I,
)
_BY_AGENCY = re.compile(
    r"(?P<who>[\w. -]{1,60}?)\s(?:(?:has|have|is|are)\s)?"
    r"(?:withdrawn|withdrawing|withdraws?|withdrew|retract(?:s|ed|ing)?|killed|kills|killing|deleted|removed)"
    rf"\s(?:(?:an?|its|the|their|his|her|our)\s)?(?:[\w'’-]{{1,30}}\s){{0,4}}?{STORY}\b(?P<rest>.{{0,400}})",
    re.I,
)
_TAKEN = ("withdr", "retract", "kill", "deleted", "removed")  # one is in all that it matches
_TOLD = re.compile(rf",\s[^,.]{{0,60}}\b{_SAYING}\b|\baccording to\b|\s(?:on|last)\s\w+day\b")
_SAYS_GONE = re.compile(rf"\b(?:{_GONE}|{_NOT_FOR_USE})\b", re.I)
_IT_IS_GONE = re.compile(rf"(?:It|They|Both)\s(?:is|are|has been|have been)\s(?:\w+\s){{0,3}}?{_GONE}\b")
_WRONG = re.compile(r"\b(?:wrong|incorrect|inaccurate|erroneous|false|untrue|in error)\b", re.I)
_BY_WHOM = re.compile(r"\s(?:\w+\s){0,2}?by\s(?!mistake\b|error\b|us\b|the agency\b)")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“(])")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Corp|Inc|Co|Ltd|No|Gen|Sen|Rep|Gov|vs))\.$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")


_THIS_STORY = re.compile(r"\W{0,3}This (?:story|dispatch|factbox|timeline)\b")
_SENTENCES = 4  # of a text that are asked what they say of a story
_SHORT = 400  # characters of a text that says little more than that it is withdrawn


@value
class _Opening:
    """How a text begins."""

    text: str  # in one line, without what calls editors to attention; at most 1,500 characters
    body: str  # the same without a dateline
    agency: str  # of the dateline
    has_dateline: bool
    is_to_editors: bool


def certainty(title: str, text: str) -> Certainty:
    """Whether copy is a notice. `title` is its headline in one line, `text` how its text begins."""
    start = f"{title} {text[:1500]}".lower()
    if any(stem in start for stem in STEMS):
        found = _english(title, text)
        if found != "none":
            return found
    return foreign_notice(title, text)


def _english(title: str, text: str) -> Certainty:
    lead = LEAD.match(text)
    rest = text[lead.end() :].lstrip() if lead else text
    first = first_paragraph(rest)
    line, _before, after = dateline.split(first)
    start = " ".join(rest[:1500].split())
    opening = _Opening(
        start,
        after + start[len(first) :] if line else start,
        line.agency if line else "",
        line is not None,
        bool(lead and lead["to"]),
    )
    labels, bare = read_title(title)
    if _is_ordered(title, text, opening) or _is_headed(title, labels, bare, text, opening):
        return "certain"
    return _by_sentences(labels, bare, text, opening)


def read_title(title: str) -> tuple[tuple[str, ...], str]:
    """(wire tags, headline without them) of a notice: words to editors above it are as good as the tag Advisory."""
    labels, bare = headlines.parse(title)
    called = _TO_EDITORS.match(bare)
    return ((*labels, "Advisory"), bare[called.end() :]) if called else (labels, bare)


def has_dateline(text: str) -> bool:
    """Whether a text begins with a dateline."""
    return dateline.split(first_paragraph(text))[0] is not None


def first_paragraph(text: str) -> str:
    """The first paragraph of a text, in one line."""
    return " ".join(_PARAGRAPH.split(text.strip(), 1)[0].split())


def sentences_of(line: str) -> list[str]:
    """The sentences of a paragraph in one line."""
    sentences: list[str] = []
    for piece in _SENTENCE_END.split(line):
        if sentences and _ABBREVIATION.search(sentences[-1][-8:]):
            sentences[-1] += f" {piece}"
        elif piece:
            sentences.append(piece)
    return sentences


def _is_ordered(title: str, text: str, opening: _Opening) -> bool:
    """Whether the text orders subscribers to kill a story, or advises them that it is withdrawn."""
    for start in {opening.text: None, opening.body: None}:
        if ADVISED.match(start) and _NAMES_A_STORY.search(start[:200]) and _STORY_IS_GONE.search(start):
            return True
    if ORDER.match(opening.text) and (
        opening.is_to_editors
        or opening.text[:6].lower() == "please"
        or _ITEM.search(opening.text) is not None
        or MANDATORY.search(text) is not None
    ):
        return True
    if SHOUTED.match(title) or SHOUTED.match(text.lstrip().partition("\n")[0]):
        return True
    if _SHOUTED_LEAD.match(text) and not opening.has_dateline and _NAMES_A_STORY.search(opening.text[:300]):
        return True
    return opening.has_dateline and bool(ORDER.match(opening.body) and MANDATORY.search(text))


def _is_headed(title: str, labels: tuple[str, ...], bare: str, text: str, opening: _Opening) -> bool:
    """Whether the headline is that of a notice, and the text is none of a report."""
    is_headed = bool(HEADING.match(title))
    says_gone = is_headed or _says_gone(bare)
    if says_gone and NO_REPLACEMENT.search(text) and _TAKES_STORY.search(opening.body[:600]):
        return True
    if is_headed:
        return not opening.has_dateline or title.startswith("KILL")
    is_all_capitals = bare.isupper()  # as headlines of 1987: a tag cannot be told from a word there
    is_tagged = any(label in TAGS and label.upper() in title for label in labels)
    if (SUFFIX.search(title) and not title.isupper()) or (is_tagged and not is_all_capitals):
        return not opening.has_dateline or not title.startswith("WITHDRAWAL")
    if not {"Advisory", *TAGS}.isdisjoint(labels):
        return says_gone and not opening.has_dateline
    return says_gone and bool(ADVISED.match(opening.text) and _NAMES_A_STORY.search(opening.text[:200]))


def _says_gone(bare: str) -> bool:
    """Whether a headline without its tags says of a story that it is withdrawn."""
    return bool(GONE_AT_END.search(bare) or STORY_ON.match(bare))


def _by_sentences(labels: tuple[str, ...], bare: str, text: str, opening: _Opening) -> Certainty:
    """What the headline and what the first sentences say of a story, together."""
    taken = _BY_AGENCY.match(bare) if any(stem in bare.lower() for stem in _TAKEN) else None
    says_gone = _says_gone(bare) or bool(taken and _is_own(taken["who"], opening))
    is_tagged = "Withdrawn" in labels and not opening.has_dateline and len(opening.text) <= _SHORT
    if not says_gone and not _NAMES_A_STORY.search(opening.body[:600]):
        return "doubtful" if is_tagged else "none"
    quoted = _QUOTATION.sub("“”", opening.body)
    is_wrong, is_named, is_gone = False, False, None
    for sentence in sentences_of(quoted)[:_SENTENCES]:
        said = "gone" if is_wrong and _IT_IS_GONE.match(sentence) else _said_of_story(sentence, opening)
        if said == "denied":
            return "none"
        is_wrong = is_wrong or said == "wrong" or (said == "gone" and bool(_WRONG.search(sentence)))
        is_named = is_named or (said != "" and "“" in sentence)
        if said == "gone" and is_gone is None:
            is_gone = bool(_STRICTLY_STORY.search(sentence)) or is_wrong
    if is_gone is None:
        if says_gone and is_wrong:
            return "certain"
        return "doubtful" if is_tagged or (says_gone and _STRICTLY_STORY.search(bare)) else "none"
    is_sign = says_gone or opening.is_to_editors or not {"Advisory", *TAGS}.isdisjoint(labels)
    is_sign = is_sign or bool(NO_REPLACEMENT.search(text))
    if (is_wrong and is_named) or (is_sign and (is_gone or is_wrong or is_named)):
        return "certain"
    if not opening.has_dateline and len(opening.text) <= _SHORT and is_gone:
        return "certain" if _THIS_STORY.match(opening.text) else "doubtful"
    return "none"


def _said_of_story(sentence: str, opening: _Opening) -> str:
    """What a sentence says of a story of the agency: "gone", "wrong" or ""; "denied" where others act or speak."""
    taken = _BY_AGENCY.match(sentence)
    if taken:
        if _is_own(taken["who"], opening):
            return "gone"
        return "denied" if opening.has_dateline or _TOLD.search(taken["rest"]) else ""
    told = _OF_STORY.match(sentence)
    if not told:
        return ""
    if told["owner"] and not _is_own(told["owner"], opening):
        return "denied" if opening.has_dateline or _TOLD.search(told["rest"]) else ""
    if _BY_WHOM.match(told["rest"]) or _TOLD.search(told["rest"]):
        return "denied"
    return "gone" if told["order"] or _SAYS_GONE.search(f"{told['what']} {told['rest']}") else "wrong"


def _is_own(who: str, opening: _Opening) -> bool:
    """Whether somebody is the agency whose copy this is: that of the dateline, or without one any on the list."""
    name = who.strip().casefold().removeprefix("the ")
    if name in ("we", "our"):
        return True
    initials = "".join(word[:1] for word in name.replace("-", " ").split())  # The Associated Press: AP
    return opening.agency.casefold() in (name, initials) if opening.agency else is_agency(name)
