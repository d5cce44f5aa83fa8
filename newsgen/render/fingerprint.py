"""What a page is rendered from, as four short digests: its template with all that it includes, the site, its data, and
the files it needs. Where they are the recorded ones, the page is the recorded one.
"""

from __future__ import annotations

from newsgen.model import codec
from newsgen.model.briefs import Briefs
from newsgen.model.card import Item
from newsgen.model.files import digest
from newsgen.model.pages import Article, Asset, JsonFeed, Page, StoryFile
from newsgen.model.settings import RegisterEntry, Settings, Site
from newsgen.render.templates.theme import Theme

__all__ = ["Fingerprints", "changed_parts", "site_digest"]

_PARTS = ("template", "site", "lists", "story")  # of a fingerprint, in order
_ITEM_LIMIT = 200_000  # items whose digests are remembered: 30 MB


def site_digest(site: Site, stamp: str) -> str:
    """What every page depends on: the site, and the versions of newsgen and its libraries (`stamp`)."""
    return digest(f"{stamp}\0{codec.to_json(site)}".encode())


class Fingerprints:
    """Takes the fingerprints of pages that one theme renders for one site, whose `site_digest` is given.

    A story's page also depends on what `story_text` asks beside its data: the rights of agencies, and who is who.

    An item appears on some 25 pages. Its digest is taken once for as long as it is the same object: taken each time, a
    first build of 6,000 stories takes 7 % longer.
    """

    def __init__(self, theme: Theme, site_digest: str, settings: Settings, people: tuple[RegisterEntry, ...]) -> None:
        for_articles = f"{codec.to_json(settings.agencies)}\0{codec.to_json(people)}"
        self._theme = theme
        self._site_part = _short(site_digest.encode())
        self._article_site_part = _short(f"{site_digest}\0{for_articles}".encode())
        self._starts: dict[str, str] = {}  # first two parts, by template; where there is none, by kind of data
        self._item_digests: dict[int, tuple[Item, str]] = {}  # by id()
        self._item_bytes = codec.CanonicalBytes()
        self._page_bytes = codec.CanonicalBytes(self._item_digest)
        self._last_file: tuple[tuple[Article, ...], bytes] = ((), b"")  # of story files: stories and their bytes

    def _item_digest(self, item: Item) -> str:
        known = self._item_digests.get(id(item))
        if known is not None:
            return known[1]
        if len(self._item_digests) >= _ITEM_LIMIT:
            self._item_digests.clear()
        item_digest = digest(self._item_bytes(item))
        self._item_digests[id(item)] = (item, item_digest)  # holds the item, so that no other object can get its id
        return item_digest

    def of(self, page: Page) -> str:
        """A page's fingerprint: four parts of 12 hexadecimal digits, joined by dots.

        ContentError where its template cannot be read.
        """
        name = page.template or type(page.data).__name__
        start = self._starts.get(name)
        if start is None:
            start = self._starts[name] = f"{self._template_part(page)}.{self._site_part_of(page)}"
        data = self._bytes_of(page)
        needs = page.needs
        if len(needs) == 1:  # an article
            return f"{start}.{_short(data)}.{needs[0].digest[:12]}"
        return f"{start}.{_short(data)}.{_short('.'.join([need.digest for need in needs]).encode())}"

    def _bytes_of(self, page: Page) -> bytes:
        """What the third part is the digest of."""
        data = page.data
        if isinstance(data, Asset):
            return page.url.encode()
        if not isinstance(data, StoryFile):
            return self._page_bytes(data)
        if self._last_file[0] is not data.stories:  # the forms of a file have the same stories, one after another
            self._last_file = data.stories, b"".join(map(self._page_bytes, data.stories))
        return f"{data.form}\0{data.url}\0{data.title}\0".encode("utf-8", "surrogatepass") + self._last_file[1]

    def _template_part(self, page: Page) -> str:
        return _short(self._theme.digest(page.template).encode() if page.template else b"")

    def _site_part_of(self, page: Page) -> str:
        """That of what is copied is empty."""
        if isinstance(page.data, Article | Briefs | StoryFile):
            return self._article_site_part
        return self._site_part if page.template or isinstance(page.data, JsonFeed) else _short(b"")


def _short(data: bytes) -> str:
    return digest(data)[:12]


def changed_parts(before: str, now: str) -> str:
    """Which parts differ between two fingerprints, with blanks between: template, site, lists, story; "" for none."""
    pairs = zip(_PARTS, before.split("."), now.split("."), strict=False)
    return " ".join(name for name, old, new in pairs if old != new)
