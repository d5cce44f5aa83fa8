"""How notices that withdraw a story are worded in other languages than English: a table with a row for each.

English has a grammar of its own (`notice_form`), because most notices are in it, and most news about withdrawals too.
Here little is asked: a heading (`ANNULATION`) whose text says it of a story, or an order to subscribers about a story.
A heading alone may be news: a concert is cancelled too.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from newsgen.model.value import value
from newsgen.wire.names import is_agency

__all__ = ["Certainty", "foreign_notice", "without_foreign_heading"]

Certainty = Literal["certain", "doubtful", "none"]

_LIMIT = 600  # characters of a text that are read
_SHORT = 160  # characters of a text that can only be about the heading above it


@value
class _Tongue:
    """The words of a language in lower case and without accents, as parts of regular expressions."""

    stems: tuple[str, ...]  # one is in every notice: looked for first, because nearly no copy has one
    heading: str
    story: str  # what agencies call one
    gone: str  # what is said of a story
    takes: str  # what the agency does with it
    please: str  # how an order begins
    drop: str  # what subscribers are to do


_FRENCH = _Tongue(
    ("annul", "depeche"), "annulation|annulee?s?|annule|a annuler",
    "depeches?|papiers?|articles?|breves?|reportages?|urgents?|flash|factuels?|encadres?|informations?",
    "annulee?s?|retiree?s?|supprimee?s?", "annule|annulons|retire|retirons",
    "veuillez|priere|merci|vous (?:prie|demande|remercie)(?:ons)?",
    "annuler|ignorer|supprimer|ne (?:pas|plus|pas plus) (?:utiliser|diffuser|publier|reprendre|tenir compte)",
)  # fmt: skip
_GERMAN = _Tongue(
    ("storn", "zuruckgezogen", "meldung"), "stornierung|storno|storniert|zuruckgezogen|ruckzug|meldung zuruckgezogen",
    "meldung(?:en)?|bericht(?:e|s)?|beitrag(?:s|es)?|texte?s?|eilmeldung|zusammenfassung",
    "storniert|zuruckgezogen|annulliert", "storniert|stornieren|zieht|ziehen", "bitte",
    "nicht (?:mehr )?(?:zu )?(?:verwenden|veroffentlichen|senden)|loschen|stornieren"
    r"|(?:verwenden|veroffentlichen|senden) sie\b[^.!?]{0,120}?\bnicht",
)  # fmt: skip
_SPANISH = _Tongue(
    ("anul", "rogamos", "se ruega"), "anulacion|anulad[oa]s?|anula|anular|anulese",
    "noticias?|informacion(?:es)?|despachos?|cronicas?|notas?|texto", "anulad[oa]s?|retirad[oa]s?",
    "anula|anulamos|retira|retiramos", "rogamos|se ruega|por favor|sirvanse|pedimos",
    "anular|anulen|ignorar|ignoren|no (?:utilizar|utilicen|usar|usen|publicar|publiquen|difundir|difundan)",
)  # fmt: skip
_PORTUGUESE = _Tongue(
    ("anul",), "anulacao|anulad[oa]s?|anula|anular", "noticias?|despachos?|pecas?|textos?|informacao",
    "anulad[oa]s?|retirad[oa]s?", "anula|retira", "pedimos|por favor|solicita-se|agradecemos|pede-se",
    "anular|anulem|ignorar|ignorem|nao (?:utilizar|utilizem|usar|usem|publicar|publiquem)",
)  # fmt: skip
_ITALIAN = _Tongue(
    ("annull", "si prega"), "annullamento|annullare|annullat[oa]|annulla",
    "notizi[ae]|dispacci?o?|pezz[oi]|lanci?o?|servizio", "annullat[oaie]|ritirat[oaie]", "annulla|ritira",
    "prega|preghiamo|pregasi",
    "annullare|ignorare|non (?:utilizzare|usare|pubblicare|tenere conto)|considerare (?:nulla|annullata)",
)  # fmt: skip
_DUTCH = _Tongue(
    ("ingetrokken", "intrekking", "te gebruiken"), "intrekking|ingetrokken|annulering",
    "bericht(?:en)?|artikel(?:en)?|verhaal", "ingetrokken|geannuleerd", "trekt|annuleert", "gelieve|verzoeken?",
    "niet (?:meer )?te gebruiken|te verwijderen",
)  # fmt: skip
_SCANDINAVIAN = _Tongue(
    ("makuler",), "makuler(?:as|ing|es|t|at)", "artikeln?|texten?|telegrammet?|meldingen|saken|nyheten",
    "makuler(?:as|ad|at|ats|es|t)", "makulerar|makulerer", "vanligen|vennligst|var vanlig", "makulera|makuler",
)  # fmt: skip
_RUSSIAN = _Tongue(
    ("аннулир",), "аннулировано|аннулируется|аннулирование", "сообщени[ея]|новост[ьи]|материала?|заметк[аиу]",
    "аннулирован[оаы]?|аннулируется", "аннулирует", "просьба|просим", "аннулировать|не использовать",
)  # fmt: skip

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_ALERT = r"(?:(?:attention|achtung|atencion|atencao|ojo|attenzione|avviso|urgente?|eilt|внимание)\W{1,3}){0,2}"


@value
class _Forms:
    """The patterns of a language, for folded text."""

    stems: tuple[str, ...]
    heading: re.Pattern[str]
    order: re.Pattern[str]
    order_of_story: re.Pattern[str]
    says_gone: re.Pattern[str]
    takes: re.Pattern[str]


def _forms(words: _Tongue) -> _Forms:
    story, between = rf"\b(?:{words.story})\b", r"[^.!?\n]{0,120}?"
    please, drop = rf"\b(?:{words.please})\b", rf"\b(?:{words.drop})\b"
    return _Forms(
        words.stems,
        re.compile(rf"{_ALERT}(?:{words.heading})(?=\s?(?:[^\w\s]|$)|\s(?:\S{{1,8}}\s){{0,2}}{story})"),
        re.compile(rf"{please}{between}{drop}"),
        re.compile(rf".{{0,40}}?{please}{between}(?:{drop}{between}{story}|{story}{between}{drop})"),
        re.compile(
            rf"{story}[^.!?\n]{{0,250}}?\b(?:{words.gone})\b"
            rf"|\b(?:{words.heading}|{words.gone}|{words.takes})\s(?:[^\s,]{{1,30}}\s){{0,3}}{story}"
        ),
        re.compile(
            rf"(?:l'|l’|(?:la|die|der|o|a)\s)?(?P<who>[\w-]{{2,20}})\s(?:{words.takes})\s(?:\S{{1,30}}\s){{0,3}}{story}"
        ),
    )


_TONGUES = tuple(
    map(_forms, (_FRENCH, _GERMAN, _SPANISH, _PORTUGUESE, _ITALIAN, _DUTCH, _SCANDINAVIAN, _RUSSIAN))
)  # fmt: skip
_ALL_STEMS = tuple(dict.fromkeys(stem for forms in _TONGUES for stem in forms.stems))


def _folded(text: str) -> str:
    """A text in lower case, without accents and without points inside numbers (10.12), which end no sentence."""
    return _without_accents(_POINT.sub(":", text.lower()))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return _NOT_ASCII.sub(
        lambda mark: "" if unicodedata.combining(mark[0]) else mark[0], unicodedata.normalize("NFKD", text)
    )


def foreign_notice(title: str, text: str) -> Certainty:
    """Whether copy in another language than English is a notice. `text` is how its text begins."""
    found: Certainty = "none"
    both = " ".join(_without_accents(f"{title[:300]}\n{text[:_LIMIT]}".lower()).split())
    if not any(stem in both for stem in _ALL_STEMS):  # nearly all copy: in a third of the time
        return found
    head, start = _folded(title[:300]), " ".join(_folded(text[:_LIMIT]).split())
    for forms in _TONGUES:
        if any(stem in head or stem in start for stem in forms.stems):
            if _is_notice(forms, head, start):
                return "certain"
            heading = forms.heading.match(head)
            if heading and title[: heading.end()].isupper() and not title.isupper() and len(start) <= _SHORT:
                found = "doubtful"
    return found


def _is_notice(forms: _Forms, head: str, start: str) -> bool:
    if forms.order_of_story.match(start):
        return True
    taken = forms.takes.match(head) or forms.takes.match(start)
    if taken and is_agency(taken["who"]):
        return True
    has_heading = bool(forms.heading.match(head) or forms.heading.match(start))
    return has_heading and bool(forms.order.search(start) or forms.says_gone.search(f"{head}. {start}"))


def without_foreign_heading(title: str) -> str:
    """What a headline says after the heading of a notice in another language: `ANNULATION - …`; "" without one."""
    head = _folded(title[:300])
    ends = [heading.end() for forms in _TONGUES if (heading := forms.heading.match(head))]
    return title[max(ends) :].strip(' :-–—/.,!«»"“”') if ends and len(head) == len(title[:300]) else ""
