"""Small archives in German, Arabic and Japanese as newspapers there write, with every kind of page. All is invented."""

from __future__ import annotations

from dataclasses import dataclass

from newsgen.model.settings import FeedSettings, Settings
from tests.support.odd_site import picture
from tests.support.published import kill, record
from tests.support.sites import NOW, Desk, story

__all__ = ["LOCAL", "Local", "local_site"]


@dataclass(frozen=True)
class Local:
    """What an archive in one language is made of."""

    title: str
    agency: str
    sections: tuple[str, str, str]
    tags: tuple[str, str, str, str]
    people: tuple[str, str, str, str, str]  # two that write, one photographer, two in the news
    places: tuple[str, str]
    country: str
    region: str
    dateline: str
    headlines: tuple[str, str, str, str, str, str]
    paragraphs: tuple[str, str, str]
    caption: str
    note: str  # of a correction
    reason: str  # of a kill
    biography: str
    storyline: tuple[str, str]  # its name and text
    about: tuple[str, str]  # the title and text of a page


LOCAL = {
    "de": Local(
        "Nordarchiv", "Nordischer Pressedienst", ("Vermischtes", "Wirtschaft", "Kultur"),
        ("Schifffahrt", "Getreide", "Öffentlicher Nahverkehr", "Ämter"),
        ("Käthe Groß", "Jörn Öhlmann", "Ute Überbach", "Änne Ahrens", "Wolf-Dieter Freiherr von Hohenlind"),
        ("Harwick", "Überlingsund"), "Nordland", "Küstenkreis", "HARWICK, 5. Juni (Nordischer Pressedienst)",
        (
            "Leuchtturm von Harwick öffnet nach zwei Jahren wieder für Besucher",
            "Stadtrat stimmt für neue Straßenbahnhaltestelle am Fischmarkt",
            "Getreidehändler rechnen mit der besten Ernte seit 40 Jahren",
            "Museum zeigt Schiffsmodelle aus drei Jahrhunderten",
            "Fähre nach Überlingsund fährt im Winter seltener",
            "Schülerinnen bauen eine Wetterstation auf dem Rathausdach",
        ),
        (
            "Die Reparatur im Hafen ist abgeschlossen. Von nächster Woche an dürfen Besucher wieder hinauf, "
            "teilte die Stadt am Mittwoch mit.",
            "Die Arbeiten hätten zwei Jahre gedauert und weniger gekostet als befürchtet, sagte Bürgermeisterin "
            "Änne Ahrens. „Wir freuen uns auf viele Gäste“, fügte sie hinzu.",
            "Für Schüler ist der Eintritt frei, für Erwachsene beträgt er fünf Kronen. Geöffnet ist täglich "
            "außer montags von zehn bis 17 Uhr.",
        ),
        "Der Hafen von Harwick am Morgen.", "Der Eintritt kostet fünf Kronen, nicht 15.",
        "Die Quelle hat sich geirrt.", "Schreibt über Häfen und Märkte.",
        ("Der Umbau des Hafens", "Zwei Jahre lang wurde am Hafen von Harwick gebaut."),
        ("Über dieses Archiv", "Hier stehen die Meldungen des Nordischen Pressedienstes."),
    ),
    "ar": Local(
        "أرشيف الشمال", "وكالة الشمال", ("منوعات", "اقتصاد", "ثقافة"), ("الملاحة", "الحبوب", "النقل العام", "البلديات"),
        ("ليلى حداد", "سامي النجار", "نور الخطيب", "هدى العطار", "عبد الرحمن بن يوسف المراكبي"),
        ("هارويك", "خليج النورس"), "أرض الشمال", "الساحل", "هارويك 5 يونيو (وكالة الشمال)",
        (
            "منارة هارويك تفتح أبوابها أمام الزوار بعد عامين من الترميم",
            "المجلس البلدي يوافق على محطة ترام جديدة قرب سوق السمك",
            "تجار الحبوب يتوقعون أفضل محصول منذ 40 عاما",
            "متحف يعرض نماذج سفن من ثلاثة قرون",
            "العبّارة إلى خليج النورس تقلل رحلاتها في الشتاء",
            "تلميذات يبنين محطة للأرصاد على سطح البلدية",
        ),
        (
            "أعلنت بلدية هارويك يوم الأربعاء أن أعمال ترميم منارة الميناء انتهت، وأن المنارة ستفتح أبوابها من جديد "
            "أمام الزوار ابتداء من الأسبوع المقبل.",
            "وقالت رئيسة البلدية هدى العطار إن الأعمال استمرت سنتين وكلفت أقل مما كان متوقعا. "
            "وأضافت: «ننتظر زوارا كثيرين».",
            "والدخول مجاني للأطفال، وسعر التذكرة للكبار خمس كرونات. وتفتح المنارة أبوابها كل يوم عدا الاثنين.",
        ),
        "ميناء هارويك في الصباح.", "سعر التذكرة خمس كرونات وليس 15.", "أخطأ المصدر.", "تكتب عن الموانئ والأسواق.",
        ("تجديد الميناء", "استمرت أعمال البناء في ميناء هارويك عامين."),
        ("عن هذا الأرشيف", "هنا أخبار وكالة الشمال."),
    ),
    "ja": Local(
        "北方アーカイブ", "北方通信", ("社会", "経済", "文化"), ("海運", "穀物", "公共交通", "市役所"),
        ("青木はるか", "佐々木誠", "田中みのり", "渡辺和子", "長谷川源一郎"),
        ("ハーウィック", "かもめ湾"), "北国", "沿岸", "【ハーウィック5日北方通信】",
        (
            "灯台の修理終わる ハーウィック、来週から見学再開",
            "魚市場前に路面電車の新駅 市議会が可決",
            "穀物の収穫、40年ぶりの豊作か 業者が見通し",
            "三百年の船の模型を展示 市立博物館",
            "かもめ湾行きの連絡船、冬は減便",
            "市役所の屋上に気象観測所 生徒が手作り",
        ),
        (
            "ハーウィック市は五日、港の灯台の修理が終わり、来週から見学を再開すると発表した。",
            "修理には二年かかったが、費用は見込みを下回った。渡辺和子市長は「多くの人に登ってもらいたい」と話している。",
            "入場料は大人五クローネで、子どもは無料。月曜を除く毎日、午前十時から午後五時まで開く。",
        ),
        "朝のハーウィック港。", "入場料は五クローネで、十五クローネではありませんでした。", "取材先の誤りのため。",
        "港と市場を担当。", ("港の改修", "ハーウィック港の改修は二年に及んだ。"),
        ("このアーカイブについて", "北方通信の記事を収めています。"),
    ),
}  # fmt: skip
_PAGES = ("dates", "tags", "people", "places", "corrections", "withdrawn", "ids")


def _list(*names: str) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"


def _report(its: Local, number: int, date: str, **more: str) -> bytes:
    front = {
        "id": f"{number:04}",
        "slug": f"report-{number}",
        "tags": _list(its.tags[number % 4], its.tags[(number + 1) % 4]),
        "byline": _list(its.people[number % 2]),
        "agency": its.agency,
        "dateline": f'"{its.dateline}"',
        "people": _list(its.people[3 + number % 2]),
        "places": _list(*its.places),
    } | more
    headline = front.pop("headline", its.headlines[(number + number // 12) % 6])
    body = front.pop("body", "\n\n".join(its.paragraphs[number % 3 :] + its.paragraphs[: number % 3]))
    return story(f'"{headline}"', date, its.sections[number % 3], body, **{k: v for k, v in front.items() if v})


def _stories(its: Local) -> dict[str, bytes]:
    photo = f'{{file: /wide.png, caption: "{its.caption} {its.agency}/{its.people[2]}", alt: "{its.caption}"}}'
    tall = f'{{file: /tall.png, caption: "{its.caption}", alt: "{its.caption}"}}'
    lost = f'{{caption: "{its.caption}"}}'
    notes = ", ".join(
        f'{{date: 2019-06-0{day}T10:00, kind: {kind}, text: "{its.note}"}}'
        for day, kind in ((6, "correction"), (7, "clarification"))
    )
    made = {
        f"{n:02}": _report(its, n, f"{2017 + n % 3}-{1 + n % 12:02}-{1 + n % 28:02}T{n % 24:02}:15") for n in range(60)
    }
    made |= {f"day-{n}": _report(its, n, f"2019-06-05T{n % 24:02}:{n % 60:02}") for n in range(60, 110)}
    made["full"] = _report(
        its, 200, "2019-06-05T10:00", updated="2019-06-05T12:00", photos=f"[{photo}, {tall}, {lost}]",
        corrections=f"[{notes}]", rights=f'{{holder: "{its.agency}", notice: "© {its.agency}"}}', urgency="3",
        byline=_list(*its.people[:3]), organisations=_list(its.agency), related=_list("0060", "0061"),
    )  # fmt: skip
    for number, kind in enumerate(("factbox", "timeline", "analysis", "advisory", "obituary", "photo"), 210):
        made[kind] = _report(its, number, "2019-06-04T11:00", type=kind, photos=f"[{photo}]" if number % 2 else "")
    made["old"] = _report(its, 220, "2019-06-03T10:00")
    made["new"] = _report(its, 221, "2019-06-03T12:00", updates="'0220'", headline=its.headlines[4])
    for n in range(230, 240):
        made[f"brief-{n}"] = _report(
            its, n * 3, f"2019-06-02T{n % 24:02}:10", type="brief", id=f"0{n}", body=its.caption
        )
    for n, more in ((250, {}), (251, {"expires": "2020-01-01T18:00Z"})):
        made[f"gone-{n}"] = _report(its, n, "2019-06-01T10:00", **more)
    return made


def local_site(language: str) -> Desk:
    """The archive in one language, built, a day after a story was killed and another's rights ended."""
    its = LOCAL[language]
    files = {f"content/{name}.md": data for name, data in _stories(its).items()}
    people = f"- name: {its.people[0]}\n  bio: {its.biography}\n  photo: /tall.png\n"
    place = f"- name: {its.places[0]}\n  region: {its.region}\n  country: {its.country}\n"
    place += "  latitude: 57.1\n  longitude: -2.1\n"
    other = f"- name: {its.places[1]}\n  latitude: 56.5\n  longitude: 8.2\n"
    storyline = f"- name: {its.storyline[0]}\n  text: {its.storyline[1]}\n  stories: ['0060', '0070', '0200']\n"
    about = f"---\ntitle: {its.about[0]}\nmenu: {its.about[0]}\n---\n\n{its.about[1]}\n"
    files |= {
        "content/wide.png": picture(1600, 900),
        "content/tall.png": picture(600, 900),
        "content/_people.yaml": people.encode(),
        "content/_places.yaml": (place + other).encode(),
        "content/_storylines.yaml": storyline.encode(),
        "content/_pages/about.md": about.encode(),
    }
    settings = Settings(its.title, "https://north.example", language=language, feeds=FeedSettings(entries=5))
    desk = Desk(files, settings)
    desk.set(group_briefs=12, pages=_PAGES)
    desk.build()
    record(desk)
    kill(desk, "0250", reason=its.reason)
    desk.clock = NOW + 86_400
    desk.build()
    return desk
