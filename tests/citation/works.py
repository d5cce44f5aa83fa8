"""Works to cite, of every kind that the styles tell apart; and what other programs make of their records."""

from __future__ import annotations

from dataclasses import replace

from newsgen.citation.names import organisation, person
from newsgen.citation.work import Work

__all__ = ["WORKS", "a_work"]

_PLAIN = Work(
    id="nw-fog", title="Fog closes the port of Aldmoor", authors=(person("Mila Hart"),), site="The Aldmoor Archive",
    publisher="Northern Wire", day="1987-02-26", url="https://a.example/world/1987/02/26/fog.html", language="en",
)  # fmt: skip


def a_work(**parts: object) -> Work:
    """A work of which some parts are given."""
    return replace(_PLAIN, **parts)  # type: ignore[arg-type]


def _people(*names: str) -> Work:
    return a_work(authors=tuple(map(person, names)))


WORKS = {
    "plain": _PLAIN,
    "nobody": a_work(authors=(), publisher=""),
    "agency": a_work(authors=(organisation("Northern Wire"),), publisher=""),
    "desk": a_work(authors=(organisation("Lindmouth newsroom"), person("Mila Hart"))),
    "two": _people("Mila Hart", "Tom Arkell"),
    "three": _people("Mila Hart", "Tom Arkell", "Ines Varga"),
    "many": _people(*(f"Ann Bell{chr(97 + n)}" for n in range(12))),
    "more than APA names": _people(*(f"Ann Bell{chr(97 + n)}" for n in range(23))),
    "particle": _people("Ursula von der Linde", "José Orrin y Gasko"),
    "suffix": _people("Otto Grun Jr."),
    "corrected": a_work(version="1987-03-01"),
    "corrected on the same day": a_work(version="1987-02-26T18:05"),
    "question": a_work(title="Who closed the port?"),
    "quotes": a_work(title='Port is "closed", says Hart'),
    "quotes at the end": a_work(title="Port is “closed”"),
    "italics and marks": a_work(title="<TOPPS> *rises* & falls {5_%} of $7 #1 ~ ^ \\ up"),
    "one brace": a_work(title="Port } closed \\{"),
    "capitals": a_work(title="PORT CLOSED"),
    "agency with signs": a_work(authors=(organisation("Hart & Sons, {Wire} and Co"),), publisher=""),
    "German": a_work(title="Der Nebel schließt den Hafen", language="de"),
    "Japanese": a_work(title="港が霧で閉鎖", authors=(person("山田 太郎"),), language="ja"),
    "Arabic": a_work(title="الضباب يغلق الميناء", authors=(person("سليم حداد"),), language="ar"),
    "Russian": a_work(title="Туман закрыл порт", authors=(person("Юлия Орлова"),), language="ru"),
}
