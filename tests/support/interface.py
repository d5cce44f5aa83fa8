"""An archive in Russian with every kind of page, whose interface has no word that the catalogue does not give.

Each text of the catalogue stands in for itself, with its letters replaced by a Cyrillic one: what is left of English on
a page is a word that never went through the catalogue. It begins with a mark of its own: what is on no page is known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from lxml import html as lxml_html  # type: ignore[import-untyped]

from newsgen.language.catalogue import ENGLISH, catalogue, placeholders
from newsgen.language.locale_data import plural_categories
from newsgen.model.settings import Words
from tests.support.published import kill, record
from tests.support.sites import NOW, PNG, Desk, story

__all__ = ["archive", "empty", "marks", "readable"]

LANGUAGE = "ru"
_FIRST_MARK = 0xE000  # of the private use area of Unicode
_SHOWN_ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "aria-description")
_TEXT_PROPERTIES = ("description", "og:title", "og:description", "og:site_name", "og:image:alt", "article:section")
_JSON_TEXTS = ("name", "headline", "description", "text", "caption")
# Addresses, newsgen's name, a zone, styles and formats of citations; and wire tags and a caption, which are the story's
# own words.
_NOT_WORDS = re.compile(
    r"\bHandout Photo\b|\bREUTERS\b|\bUPDATE 2-|\bUpdate 2\b|https?://\S+|(?<![\w<])/[\w./#-]+|\bnewsgen \S+|\bUTC\b"
    r"|\bAPA\b|\bMLA\b|\bChicago\b|\bBibTeX\b|\bRIS\b|\bCSL-JSON\b|\bAtom\b|\bJSON Feed\b"
)
_PAGES = ("dates", "tags", "people", "places", "corrections", "withdrawn", "ids")
_LONG = "Слово и ещё одно. " * 30


def marks() -> dict[str, str]:
    """The mark with which the stand-in of each key begins."""
    return {key: chr(_FIRST_MARK + number) for number, key in enumerate(catalogue(ENGLISH)) if key != "forms"}


def _stand_ins() -> Words:
    """Every text of the catalogue with its mark, and its letters replaced; the values stay."""

    def masked(text: str, mark: str) -> str:
        pieces = ((re.sub(r"[A-Za-z]", "ж", literal), name) for literal, name in placeholders(text))
        return mark + "".join(literal + (f"{{{name}}}" if name else "") for literal, name in pieces)

    words = []
    for key, mark in marks().items():
        texts = catalogue(ENGLISH)[key]
        by_category = {"": texts[""]} if "" in texts else dict.fromkeys(plural_categories(LANGUAGE), texts["other"])
        words.append((key, tuple((category, masked(text, mark)) for category, text in by_category.items())))
    return tuple(words)


def _report(number: int, date: str, **more: str) -> bytes:
    front = {"id": f"{number:04}", "tags": "[зерно, порт]", "byline": "[Инна Варга, Том Аркин, Рут]"} | more
    headline, section = front.pop("headline", f"Заголовок {number}"), front.pop("section", "Мир")
    return story(headline, date, section, f"{_LONG}{number}.", **front)


def _stories() -> Iterator[tuple[str, bytes]]:
    """So many that lists split by year, month, day, hour and, where none is known, by identifier."""
    for number in range(120):
        yield f"{number}", _report(number, f"2019-05-01T{number % 24:02}:{number % 60:02}")
    for number in range(120, 240):
        tags = ", ".join(f"тема {number}{letter}" for letter in ("", "а", "б", "в"))
        yield f"{number}", _report(number, "2019-05-02", tags=f"[{tags}]", people=f"[Лицо {number}]")
    for number in range(240, 260):
        yield f"{number}", _report(number, f"2018-{1 + number % 12:02}-03T10:00", places="[Гавань]")


def _special() -> Iterator[tuple[str, bytes]]:
    """The stories that have what few have."""
    photos = (
        '[{file: лодка.png, caption: "Лодка. ПОВТОР/Анна Карп/Pool via АГЕНТСТВО/Handout/File Photo", alt: Лодка},'
        '{file: нет.png, caption: "Маяк. АГЕНТСТВО/Анна Карп"}, {caption: "Мост"},'
        '{file: старая.png, caption: "Пирс. АГЕНТСТВО/Анна Карп", credit: Анна Карп, expires: 2019-06-01T00:00Z},'
        '{file: нет.png, caption: "Handout Photo Баржа. REUTERS/Анна Карп"}]'
    )
    rights = '{holder: Агентство, notice: "© Агентство", usage: Свободно, restrictions: Нет}'
    corrections = (
        "["
        + ", ".join(
            f"{{date: 2019-05-0{day}T10:00, kind: {kind}, text: Было не так.}}"
            for day, kind in ((4, "correction"), (5, "clarification"), (6, "refile"))
        )
        + "]"
    )
    credit = (
        '"(Reporting by Инна Варга in Гавань; additional reporting by Том Аркин; writing by Рут; editing by Олег; '
        "research by Ян; translation by Ева; graphics by Лев; polling by Ада; compiled by Кир; produced by Юна; "
        'photographs by Ия; additional writing by Эла; additional editing by Яна; additional research by Ода)"'
    )
    yield "полная", _report(
        300, "2019-05-03T10:00", updated="2019-05-03T12:00", dateline='"ГАВАНЬ, 3 мая (Агентство)"', photos=photos,
        rights=rights, corrections=corrections, credit=credit, agency="[Агентство, Другое]", people="[Глава]",
        contributors="[{role: Голос, name: Уна}]", organisations="[Порт, Рынок]", places="[Гавань, Остров]",
        slugline="ЗЕРНО", urgency="3", note="[Заметка.]", related="['0001', '0002']",
    )  # fmt: skip
    kinds = ("factbox", "timeline", "brief", "analysis", "advisory", "obituary", "photo")
    for number, kind in enumerate(kinds, 310):
        yield kind, _report(number, "2019-05-03T11:00", type=kind)
    yield "старая", _report(320, "2019-05-04T10:00")
    yield "новая", _report(321, "2019-05-04T11:00", headline="UPDATE 2-Заголовок", updates="'0320'")
    yield "та-же", _report(322, "2019-05-04T12:00", updates="'0321'").replace(b"322.\n", b"321.\n")
    yield (
        "без-байлайна",
        _report(323, "2019-05-04T13:00", byline="[]", agency="[Агентство]", credit="(Con información de Зоя Лин)"),
    )
    yield "голая", _report(324, "2019-05-04T14:00", byline="[]")
    yield "иероглифы", story("灯塔", "2019-05-04T16:00", "Мир", "灯塔修缮完工。" * 9, id="0326", language="zh")
    yield "пусто", story("Пусто", "2019-05-04T15:00", "Мир", "", id="0325")
    yield "убита", _report(330, "2019-05-05T10:00", slug="убита-1".replace("убита", "gone"))
    yield "истекла", _report(331, "2019-05-05T11:00", slug="expired", expires="2020-01-02T00:00Z")
    yield "ушла", _report(332, "2019-05-05T12:00", slug="left")
    names = "[Инна Варга, Том Аркин, Рут Оль, Ян Бек, Ева Лин]"
    yield "многие", _report(450, "2019-05-04T17:00", byline=names)
    before = "Плотники ждали осины и смолы. Мастер купил пилу, долото, рубанок и верёвку. "
    after = "Парусину сошьёт Агния. Команду набирает боцман: коки, юнги, матросы. "
    for number, date, text in ((460, "2018-01-05", before), (461, "2018-11-05", after)):  # alike, but months apart
        body = f"{text}Бимсы шхуны Заря чинят на верфи Кильватер."
        yield f"верфь {number}", story(f"Шхуна {number}", date, "Мир", body * 2, id=f"0{number}")
    yield "пропала", _report(333, "2019-05-05T13:00", slug="lost")
    for number in range(334, 340):
        yield f"{number}", _report(number, "2019-05-05T14:00", section=f"Раздел {number}")
        yield f"{number}-2", _report(number + 100, "2019-05-05T14:00", section=f"Раздел {number + 100}")
    for number, kind in enumerate(("correction", "clarification", "refile"), 500):  # the newest of their sections
        note = f"[{{date: 2019-05-06T10:00, kind: {kind}, text: Было не так.}}]"
        yield kind, _report(number, "2019-05-05T15:00", section=f"Раздел {number - 166}", corrections=note)
    for number in range(340, 390):
        yield (
            f"{number}",
            _brief(number, f"2019-05-06T{number % 24:02}:10", agency="[Агентство]", updated="2019-05-06T23:30"),
        )
    for number in range(390, 394):
        expires = "2020-01-02T00:00Z" if number % 2 else "2030-01-01T00:00Z"
        yield f"{number}", _brief(number, "2019-05-07", expires=expires)


def _brief(number: int, date: str, **more: str) -> bytes:
    front = {"id": f"0{number}", "slug": f"b{number}", "tags": "[зерно]", "byline": "[Инна Варга]"} | more
    return story(f"Кратко {number}", date, "Мир", "Кратко.", **front)


def empty() -> Desk:
    """A site without stories, in the language of the stand-ins."""
    desk = Desk()
    desk.set(title="Архив", language=LANGUAGE, words=_stand_ins())
    desk.build()
    return desk


def archive() -> Desk:
    """The archive, a day after something was killed, moved and expired, in the language of the stand-ins."""
    files = {f"content/мир/{name}.md": data for name, data in (*_stories(), *_special())}
    files |= {
        "content/мир/лодка.png": PNG,
        "content/мир/старая.png": PNG + b"2",
        "content/мир/_section.yaml": "title: Мир\ndescription: Отовсюду.\n".encode(),
        "content/_people.yaml": (
            "- name: Инна Варга\n  aliases: [И. Варга]\n  bio: Пишет о портах.\n  url: https://пример.рф/инна\n"
            "  photo: мир/лодка.png\n- name: Том Аркин\n"
        ).encode(),
        "content/_places.yaml": (
            "- name: Гавань\n  region: Север\n  country: Корвана\n  latitude: -10.5\n  longitude: 20.25\n"
            "- name: Остров\n  latitude: 10.5\n  longitude: -20.25\n"
        ).encode(),
        "content/_storylines.yaml": "- name: Спор о зерне\n  text: О порте.\n  stories: ['0300', '0320']\n".encode(),
        "content/_pages/about.md": "---\ntitle: О нас\nmenu: О нас\n---\n\nМы.\n".encode(),
    }
    desk = Desk(files)
    desk.set(title="Архив", language=LANGUAGE, words=_stand_ins(), group_briefs=3, pages=_PAGES)
    desk.build()
    record(desk)
    kill(desk, "0330", reason="Источник ошибся.")
    kill(desk, "0390", reason="Тоже.")
    desk.site.remove("content/мир/ушла.md")
    desk.site.write("content/мир/пришла.md", _report(332, "2019-05-05T12:00", slug="arrived"))
    desk.site.write("content/мир/392.md", _brief(392, "2019-05-08"))
    lost = desk.site.read("content/мир/пропала.md")
    desk.site.write("content/мир/пропала.md", lost.replace(b"headline:", b"status: killed\nheadline:"))
    desk.clock = NOW + 86_400
    desk.build()
    return desk


def readable(path: str, data: bytes) -> Iterator[str]:
    """What a person, or a program on a person's behalf, reads of a file of the output; addresses and names aside."""
    for text in _texts(path, data.decode("utf-8", "replace")):
        if text and (shown := _NOT_WORDS.sub(" ", text)).strip():
            yield shown


def _texts(path: str, text: str) -> Iterator[str]:
    if path.endswith(".xml"):
        for element in ElementTree.fromstring(text.encode()).iter():
            if element.tag.rpartition("}")[2] in ("title", "summary", "name", "comment"):
                yield element.text or ""
    elif path.endswith(".txt") and "\nAPA: " in text:  # a story's: its citations are in English everywhere
        for told in text.split("-" * 72):
            yield re.sub(r"(?m)^\(.*\)$", "", told.partition("\nAPA: ")[0])  # nor the credit as sent
    elif path.endswith(".webmanifest"):
        yield from map(str, json.loads(text).get("name", "").split())
    elif path.endswith(".html"):
        tree = lxml_html.document_fromstring(text)
        for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
            yield from _of_json(json.loads(script))
        for element in tree.xpath("//script | //style | //code | //*[@data-field='credit'] | //*[@lang='en']"):
            element.drop_tree()
        for element in tree.iter():
            yield from (element.get(name, "") for name in _SHOWN_ATTRIBUTES)
            if element.get("name") in _TEXT_PROPERTIES or element.get("property") in _TEXT_PROPERTIES:
                yield element.get("content", "")
            yield element.text or ""
            yield element.tail or ""


def _of_json(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in _JSON_TEXTS:
                yield value
            else:
                yield from _of_json(value)
    elif isinstance(node, list):
        for each in node:
            yield from _of_json(each)
