"""Names to addresses, and addresses to files: the one place where a name becomes part of a path.

Addresses are lower-case ASCII, never longer than a file name may be, and never a name that a system reserves (such as
`con` on Windows). Names that differ in more than accents, case and punctuation never share one: where ASCII loses part
of a name, a digest of the name is added.
"""

from __future__ import annotations

import re
import unicodedata

from newsgen.model.files import digest, short_digest
from newsgen.text.memo import cache_short_text
from newsgen.text.periods import UNTIMED
from newsgen.text.romanise import WAYS, romanised
from newsgen.text.scripts import UNSPACED

__all__ = [
    "RESERVED_ROOTS",
    "asset_url",
    "beside",
    "brief_anchor",
    "briefs_url",
    "collision_key",
    "is_beside",
    "is_language",
    "is_safe_slug",
    "is_story_address",
    "is_web_address",
    "letters_path",
    "name_key",
    "output_path",
    "page_url",
    "period_path",
    "picture_path",
    "slug_of_headline",
    "slug_of_id",
    "slug_of_name",
    "slugs_with_name",
    "without_index",
]

RESERVED_ROOTS = frozenset(
    "404 assets corrections dates feed headers id index media on-this-day people places places-map redirects robots "
    "search sitemap sitemaps storylines tags withdrawn".split()
)
_RESERVED_NAMES = frozenset(
    ["con", "prn", "aux", "nul", "index", "feed", "a-z"]
    + [f"{kind}{digit}" for kind in ("com", "lpt") for digit in range(1, 10)]
)
_RESERVED_SLUGS = _RESERVED_NAMES | {"briefs"}  # of stories, and not of lists: see `briefs_url`
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")
_NEGLIGIBLE = re.compile(
    r"[\s\-_.,/&()'\u2018\u2019\u02bc\u2010-\u2015:;!\"\u201c\u201d]+"
)  # a name without them is the same name
_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}
)
# Letters of the Latin alphabet that NFKD does not make of ASCII ones, such as ə; and those above a line, as in Hawaiʻi.
_LATIN = re.compile("[\u0080-\u036f\u1d00-\u1dbf\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]")
_LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-([a-z0-9]{5,8}|\d[a-z0-9]{3}))*"
    r"(-[0-9a-wy-z](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?",
    re.I | re.A,
)
_WEB = re.compile(r"https?://[^\s/?#@\\<>\"'`{}|^]+(?:[/?#][^\s\\<>\"`{}|^]*)?", re.I)
_PATH = re.compile(
    rf"/(?!_|(?:{'|'.join(sorted(RESERVED_ROOTS))})(?:[./]|\Z))[^\s/\\?#\x00-\x1f\x7f-\x9f][^\s\\?#\x00-\x1f\x7f-\x9f]*"
)
# Of a period of a section or of all stories; of a section, as a file; of its feed.
_LIST = re.compile(
    r"/(?:[^/]+/)?\d{4}/(?:\d\d/){0,3}(?:no-time/(?:[^/]+/)?)?(?:index\.html)?|/[^/]+/(?:feed\.xml|index\.html)", re.A
)
_BRIEF = re.compile(r"/[a-z0-9-]+/\d{4}/\d\d/\d\d/briefs\.html#[a-z0-9][a-z0-9.-]{0,199}", re.A)
SLUG_LIMIT = 80  # characters: a file name may have 255 bytes, but nobody reads so long an address


def name_key(name: str) -> str:
    """The same for two spellings of one name: Unicode NFC (UAX 15), case folded, each run of blanks one space."""
    if name.isascii():
        return " ".join(name.lower().split())
    return " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())


def collision_key(url: str) -> str:
    """The same for two addresses that some file system or host would take for one."""
    if url.isascii():
        return without_index(url.lower())
    return without_index(unicodedata.normalize("NFC", unicodedata.normalize("NFC", url).casefold()))


def _ascii(text: str) -> str:
    """`text` in lower case without accents (NFKD, UAX 15); letters of other scripts stay."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(mark for mark in folded if not unicodedata.combining(mark)).casefold()


def _hyphenated(text: str) -> str:
    """The ASCII words of a text in lower case, joined by hyphens."""
    return _NOT_ALPHANUMERIC.sub("-", _APOSTROPHES.sub("", _ascii(text))).strip("-")


def _shorten(slug: str, limit: int) -> str:
    """A slug of at most `limit` characters, cut at a hyphen unless that leaves less than half of it."""
    if len(slug) <= limit:
        return slug
    words, hyphen, _rest = slug[: limit + 1].rpartition("-")
    return words if hyphen and len(words) > limit // 2 else slug[:limit].strip("-")


def _loses_a_word(spelt: str, slug: str) -> bool:
    """Whether ASCII loses more of a text without accents than an odd letter, such as the β of a virus variant."""
    lost = [mark for mark in spelt if mark.isalnum() and not mark.isascii()]
    if len(lost) > len(slug) or UNSPACED.search("".join(lost)):
        return True
    return sum(not _LATIN.match(mark) for mark in lost) > 1


def slug_of_headline(headline: str, language: str = "") -> str:
    """The slug of a headline, for a story file that is written now: in the way of a language (BCP 47); never empty.

    Without a language it is the slug of a story whose front matter names none, for whose address no setting may matter.

    A headline of which ASCII loses a word, or more letters than it keeps, gets a digest.
    """
    headline = romanised(headline, language) if language else headline
    slug = _shorten(_hyphenated(headline), SLUG_LIMIT)
    if not slug or (not headline.isascii() and _loses_a_word(_ascii(headline), slug)):
        digits = short_digest(name_key(headline))
        return f"{slug}-{digits}" if slug else f"story-{digits}"
    return f"story-{slug}" if slug.isdigit() or slug in _RESERVED_SLUGS else slug


@cache_short_text
def slug_of_name(name: str) -> str:
    """The address of a section, tag, person or place: one for each name, whatever its case or spacing.

    `St. Louis` and `St Louis` are one name; `C`, `C++` and `C#` are three.
    """
    key = name_key(name)
    slug = _hyphenated(key)
    letters = _NEGLIGIBLE.sub("", key)
    is_whole = slug.replace("-", "") == unicodedata.normalize("NFC", letters).translate(_LETTERS)
    if not is_whole:
        is_whole = slug.replace("-", "") == _ascii(letters) and all(mark.isalnum() for mark in letters)
    short = _shorten(slug, SLUG_LIMIT)
    if is_whole and short == slug and slug and slug not in _RESERVED_NAMES and not slug.isdigit():
        return slug
    return f"{short}-{short_digest(key)}" if short else f"x-{short_digest(key)}"


@cache_short_text
def slugs_with_name(name: str) -> tuple[str, ...]:
    """Every form in which the address of a story may have a name, whatever the language of its headline."""
    plain = slug_of_name(name)
    if name.isascii():
        return (plain,)
    spelt = (romanised(name, language) for language in WAYS)
    whole = (_hyphenated(each) for each in spelt if _ascii(each).isascii())
    return tuple(dict.fromkeys((plain, *filter(None, whole))))


def slug_of_id(story_id: str) -> str:
    """The last part of a story's permanent address: the id, where it is lower-case words and digits with hyphens.

    Of any other id the ASCII words, and a digest behind two hyphens, which no other id can have: no two ids share an
    address, not even on a host for which `Grain` and `grain` are one.
    """
    if _SLUG.fullmatch(story_id) and len(story_id) <= SLUG_LIMIT and story_id not in _RESERVED_SLUGS:
        return story_id
    return f"{_shorten(_hyphenated(story_id), SLUG_LIMIT) or 'x'}--{digest(story_id.encode())[:12]}"


def is_safe_slug(slug: str) -> bool:
    """Whether a slug from front matter can stand in an address as it is."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= 200 and slug not in _RESERVED_SLUGS and not slug.isdigit()


def briefs_url(section: str, period: str) -> str:
    """The page of the briefs of a section's day (`/world/1987/02/26/briefs.html`), or of a part of the day.

    No story can have either address: `briefs` is no slug.
    """
    day = period_path(period[:10])
    part = period_path(period).removeprefix(day)
    return f"/{section}/{day}briefs/{part}" if part else f"/{section}/{day}briefs.html"


def page_url(url: str) -> str:
    """The page at a story's address: the address, without the place on the page where a brief stands."""
    return url.partition("#")[0]


def brief_anchor(url: str) -> str:
    """The place of a brief on its page; "" for the address of a story that has a page of its own."""
    return url.partition("#")[2]


def is_story_address(url: str) -> bool:
    """Whether a story can ever have stood at an address: a page can be written there, and newsgen does not need it."""
    if "#" in url:
        return bool(_BRIEF.fullmatch(url)) and is_story_address(page_url(url))
    if not _PATH.fullmatch(url) or "//" in url or len(url) > 1000:
        return False
    is_usual = "/." not in url and len(url) < (256 if url.isascii() else 64)  # so each part has less than 256 bytes
    if is_usual and not url.endswith(("/", "index.html", "feed.xml")):  # nearly all
        return True
    return not _LIST.fullmatch(url) and all(
        part not in (".", "..") and len(part.encode()) < 256 for part in url.split("/")
    )


def period_path(period: str) -> str:
    """`1987-02-26` as `1987/02/26/`; all time, which is "", as ""."""
    day, _, hour = period.partition("T")
    path = f"{day.replace('-', '/')}/" if day else ""
    if not hour.startswith(UNTIMED):
        return f"{path}{hour}/" if hour else path
    part = hour[2:]
    if part and not (_SLUG.fullmatch(part) and len(part) <= SLUG_LIMIT and part not in _RESERVED_NAMES):
        part = f"x-{short_digest(part)}"
    return f"{path}no-time/{part}/" if part else f"{path}no-time/"


def letters_path(letters: tuple[str, ...]) -> str:
    """What the address of a list of names has of the letters with which they begin; "" for none.

    `("G", "R")` is `gr`; letters that are not ASCII, or are two, are their code points: `("Ø", "S")` is `u00d8-s`.
    """
    parts = [each.lower() if len(each) == 1 and each.isascii() and each.isalnum() else _code_points(each)
             for each in letters]  # fmt: skip
    plain = "".join(parts)
    is_plain = all(len(part) == 1 for part in parts) and plain not in _RESERVED_NAMES
    return plain if is_plain else "-".join(parts)


def _code_points(letter: str) -> str:
    return "-".join(f"u{ord(mark):04x}" for mark in letter)


def asset_url(name: str, data: bytes) -> str:
    """The address of a file of the theme. It holds a digest of the bytes, so that browsers may cache it for ever."""
    stem, dot, suffix = name.rpartition(".")
    return f"/assets/{stem}.{digest(data)[:10]}{dot}{suffix}" if dot else f"/assets/{name}.{digest(data)[:10]}"


def beside(url: str, form: str) -> str:
    """The address of a story's file of a form (txt, json): beside its page, `/world/fog.txt` or `/world/fog/index.txt`.

    Briefs share one, as they share a page.
    """
    page = page_url(url)
    return f"{page}index.{form}" if page.endswith("/") else f"{page.removesuffix('.html')}.{form}"


def is_beside(url: str) -> bool:
    """Whether an address of a story's is that of a file beside its page."""
    return not url.endswith((".html", "/"))


def output_path(url: str) -> str:
    """The file that an address is written to, relative to the output folder."""
    path = url.removeprefix("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def without_index(url: str) -> str:
    """The address of a folder for that of its index.html; any other, such as `/world/stock-index.html`, as it is."""
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def picture_path(story_path: str, file: str) -> str:
    """The path of a photo's file in the site: relative to the story, or to content/ where it begins with /.

    In NFC, as all paths of files are.
    """
    file = file if file.isascii() else unicodedata.normalize("NFC", file)
    if file.startswith("/"):
        return f"content{file}"
    return f"{story_path.rpartition('/')[0]}/{file}"


def is_language(text: str) -> bool:
    """Whether a text has the form of a BCP 47 language tag (RFC 5646)."""
    return len(text) <= 60 and bool(_LANGUAGE.fullmatch(text))


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https URL (RFC 3986) without user and password."""
    return len(text) <= 2000 and bool(_WEB.fullmatch(text))
