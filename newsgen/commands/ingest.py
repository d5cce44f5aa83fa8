"""Imports: wire copy in, story files written, and a report that has every item exactly once.

Nothing that exists is overwritten. A story is known by its `id:`. Where its source has not changed, the story is left
as it is, with all hand edits; where it has changed, that is a conflict for a person to settle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from newsgen.commands.beside import Beside, BesidePicture
from newsgen.commands.filing import Filer
from newsgen.commands.import_report import Entry, IngestReport, Notice
from newsgen.commands.incoming import SourceFile
from newsgen.disk import Disk
from newsgen.formats import registry
from newsgen.formats.batch import Batch, Survey
from newsgen.formats.foreign import is_left_behind
from newsgen.formats.item import Failure, Item, Result, Skipped
from newsgen.model.errors import Problem, UsageError
from newsgen.model.files import digest
from newsgen.model.settings import Settings
from newsgen.model.story import Doubt
from newsgen.text.address import slug_of_headline
from newsgen.text.languages import detect
from newsgen.text.scripts import direction
from newsgen.wire import headline as headlines
from newsgen.wire import kill_notice

__all__ = ["ImportOptions", "ingest"]

_NO_SETTINGS = Settings("", "")
_MAY_BE_NOTICE = Doubt("status", "may-be-notice")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How an import is made."""

    format: str = ""  # one of `registry.FORMATS`; "" to recognise it
    section: str = ""  # of all items; "" for each item's own, or News
    settings: Settings = _NO_SETTINGS  # of the site: they decide addresses, and which languages stories name
    is_dry: bool = False  # write nothing, and give the same report


def ingest(
    site: Disk,
    sources: Iterable[SourceFile],
    options: ImportOptions = ImportOptions(),
    on_item: Callable[[int, Item | None], None] | None = None,
) -> IngestReport:
    """Write the items of sources into a site as story files below content/, and say what became of each item.

    The sources are gone through twice: before the first is read, all are looked into for what they have in common. A
    third time for the pictures that lie beside copy, which are put beside the stories made of it.
    `on_item` receives how many items there were so far, and the one that was just made a story: None where it was not.
    UsageError for an unknown format.
    """
    if options.format and options.format not in registry.FORMATS:
        raise UsageError(Problem("unknown-format", options.format, values=tuple(registry.FORMATS)))
    filer = Filer(site, options.settings, options.is_dry)
    survey, beside = Survey(), Beside()
    for label, data, _day in sources:
        if isinstance(data, bytes) and not is_left_behind(label):
            survey.add(label, data)
            beside.add(label, data, digest(data))
    left_out, pictures = survey.end(), beside.by_copy()
    waiting = {picture.label for each in pictures.values() for picture in each}
    lists: dict[str, list[Entry]] = {}
    notices: list[Notice] = []
    doubtful: list[Notice] = []
    count = 0
    for label, data, day in sources:
        if label in waiting:
            continue
        if isinstance(data, bytes) and not is_left_behind(label) and (known := filer.unchanged(label, data)):
            filer.know_pictures(known, Beside.of(pictures, label))
            lists.setdefault("unchanged", []).append(known)
            count += 1
            if on_item:
                on_item(count, None)
            continue
        for result in _results(label, data, options.format, day, survey.batch_of(label)):
            name = ""
            notice = _notice(result)
            of_site = options.settings.language
            copy = _with_address(_with_language(_withheld(result) if notice else result, of_site), of_site)
            if notice and not notice.parsed.is_doubtful:
                notices.append(notice)
            else:
                is_alone = result.label == label  # else the file has many items
                name, entry = _add(filer, copy, options, Beside.of(pictures, label) if is_alone else ())
                lists.setdefault(name, []).append(entry)
                if notice and name == "imported":
                    doubtful.append(replace(notice, path=entry.path))
            count += 1
            if on_item:
                on_item(count, copy if name == "imported" and isinstance(copy, Item) else None)
    for label, data, _day in sources if waiting else ():
        if label in waiting and isinstance(data, bytes):
            name, entry = filer.put_picture(label, data)
            lists.setdefault(name, []).append(entry)
            count += 1
            if on_item:
                on_item(count, None)
    of_stories = {name: tuple(entries) for name, entries in lists.items()}
    return IngestReport(**of_stories, notices=tuple(notices), doubtful=tuple(doubtful), left_out=left_out)


def _results(label: str, data: bytes | Failure, form: str, day: str, batch: Batch) -> Iterable[Result]:
    return (data,) if isinstance(data, Failure) else registry.read_items(label, data, form, day, batch)


def _notice(result: Result) -> Notice | None:
    """The notice that an item is or may be; None for a story."""
    if not isinstance(result, Item):
        return None
    dateline = result.front.get("dateline", "")
    body = f"{dateline} - {result.body}" if dateline else result.body
    parsed = kill_notice.parse(result.headline, body)
    text = " ".join(f"{result.headline}. {body}".split()) if parsed else ""
    return Notice(result.label, text, result.day, parsed) if parsed else None


def _withheld(result: Result) -> Result:
    """An item that may be a notice, as a story that nobody sees before a person has decided."""
    if not isinstance(result, Item):
        return result
    return replace(result, front={**result.front, "status": "withheld"}, doubts=(*result.doubts, _MAY_BE_NOTICE))


def _with_language(result: Result, of_site: str) -> Result:
    """An item that says its language, where that is surely not the site's."""
    if not isinstance(result, Item) or "language" in result.front:
        return result
    language = detect(result.body)
    if not language or language == of_site.partition("-")[0].lower():
        return result
    right_to_left = {"direction": "rtl"} if direction(language) == "rtl" else {}
    return replace(result, front={**result.front, "language": language, **right_to_left})


def _with_address(result: Result, of_site: str) -> Result:
    """An item whose slug is that of its headline has it in the way of its language: `Köln` is `koeln` in German."""
    if not isinstance(result, Item) or result.headline.isascii():
        return result
    bare = headlines.parse(result.headline)[1]
    if result.slug != slug_of_headline(bare):
        return result
    return replace(result, slug=slug_of_headline(bare, str(result.front.get("language") or of_site)))


def _add(filer: Filer, result: Result, options: ImportOptions, pictures: Sequence[BesidePicture]) -> tuple[str, Entry]:
    """(the list of the report that an item belongs to, its entry); where it can be imported, it is."""
    if isinstance(result, Failure):
        return "failed", Entry(result.label, reason=result.rule, values=result.values)
    if isinstance(result, Skipped):
        return "skipped", Entry(result.label, reason=result.rule)
    return filer.add(replace(result, section=options.section) if options.section else result, pictures)
