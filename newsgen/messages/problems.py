"""Every sentence that a person reads about something wrong. Nothing else in newsgen words a problem.

A sentence says what is wrong and what to do. A rule is added with one line in `RULES`, in alphabetical order; `{0}` and
on are the problem's values. Whatever a file held is shown with its control characters and terminal escapes written
out, so that no file can write to a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from newsgen.model.errors import Problem

__all__ = ["RULES", "in_order", "printable", "sentence", "show"]

RULES: dict[str, str] = {
    "address-gone": "No story has this address any more, and links to it break. Bring the story back, or withdraw it with a kill.",
    "address-held": "A story was published at {0} and is held back now ({1}), so that address breaks. Let it live again, withdraw it with newsgen kill, or give the address up with newsgen urls --remove.",
    "address-lost": "The story {1} was published at {0}, and no file that can be read has its id. Mend its file or bring it back; if it is gone for good, give the address up with newsgen urls --remove.",
    "address-reused": "The address {0} was that of the story {1} (content/_urls.tsv), and links to it now lead here. Give this story another slug.",
    "address-taken": "The address {0} belongs to {1}. Give this story another slug.",
    "address-unknown": "The ledger has no address {0}. Give one as it stands there: /world/2026/11/25/bridge.html.",
    "address-unusable": "Nothing can listen at this address: {0}. Name another with --host or --port.",
    "agency-twice": "{0}: the agency {1} is there twice. Keep one of the tables.",
    "alt-missing": "The photo {0} has no alt. Say under alt what it shows, for those who cannot see it.",
    "bad-epoch": "SOURCE_DATE_EPOCH must be a whole number of seconds since 1970. Correct it, or unset it.",
    "bad-id": "{0} holds no id. Write 1 to 200 characters in one line, with no blanks at its ends.",
    "bad-language": "{0} is not a language: {1}. Write a BCP 47 tag such as en, pt-BR or zh-Hant.",
    "bad-now": "This is not a time. Write it as --now 2026-01-31T06:00+00:00.",
    "bad-slug": '{0} cannot stand in an address. Write it in lower-case letters, digits and single hyphens: "{1}".',
    "bad-slug-empty": "{0} is empty or has no letter or digit. Leave the key out: the headline then gives the address.",
    "bad-timezone": "{0} is not a time zone: {1}. Write a name of the tz database such as Europe/London or UTC.",
    "base-url-query": "{0} may not hold a ? or a #. Write the address of the site's first page.",
    "base-url-scheme": '{0} is not a web address: {1}. Write it with its scheme: "https://example.org".',
    "broken-fragment": "A link leads to {0}, which has no place called {1}. Correct the template.",
    "broken-link": "A link leads to {0}, and there is nothing. Correct it.",
    "changed-meanwhile": "The file changed while it was read. Build again.",
    "choice": "{0} cannot be {1}. It is one of: {2}.",
    "choice-near": "{0} cannot be {1}. Did you mean {2}? It is one of: {3}.",
    "control-character": "There is the control character {0} in the front matter. Delete it.",
    "correction-missing": "The headline is tagged {0}, and corrections is missing. Say under corrections what was wrong: date, text.",
    "dask-address": "This is not the address of a Dask scheduler. One is tcp://host:8786.",
    "dask-blind": "This worker does not see {0}. Every worker must see the site's folder and the output at the same path.",
    "dask-empty": "There is no worker on this Dask cluster. Start one with dask worker and this address.",
    "dask-fault": "The Dask cluster cannot be reached, or was lost: {0}. What was written is whole: build again.",
    "dask-missing": "Building on a cluster needs Dask. Install it with pip install 'newsgen[dask]'.",
    "dask-other": "This worker has no newsgen, or another one or other libraries: its pages would differ. Install the same on all.",
    "date-ahead": "The story is dated {0}, which is yet to come, and is shown already: a date holds nothing back. Correct it, or hold the story back with an embargo.",
    "date-impossible": "{0}: there is no such day or time: {1}. Correct it.",
    "date-needs-zone": '{0} must say its time zone, so that it is the same instant on every machine. Write "{1}".',
    "date-offset": "{0}: no place is {1} from UTC. Offsets go from -14:00 to +14:00.",
    "date-year": "{0} is in the year {1}. Years go from 1600 to 2999.",
    "dateline-missing": "The story has no dateline. Begin its text with one (OSLO, May 5 -), or add dateline: to its header.",
    "dateline-stale": "The dateline {0} does not fit the story's date, {1}. Correct the one that is wrong.",
    "disk-fault": "{0}. Mend that and try again; what was written is whole.",
    "duplicate-key": "The key {0} is there twice. Keep one of them.",
    "duplicate-story": "{0} has the same text, or the same headline, section and day. Delete one of them, or write updates: in the newer if it is a new version.",
    "edit-by-hand": "{0} cannot be changed here without a risk to the rest of the file, which is left as it was. Write it by hand.",
    "edited-page-removed": "This page was changed by hand since newsgen wrote it, and nothing is planned at its address: it was removed.",
    "editors-disagree": "editors says {0}, but the credit line says {1}. Correct the one that is wrong.",
    "empty-argument": "This may not be empty. Write something.",
    "empty-file": "The file is empty. Write front matter between two lines of ---, then the story, or delete the file.",
    "empty-text": "{0} is empty and counts as absent. Give it a value or delete it.",
    "file-too-large": "The file has {0} bytes; a text file may have {1}. Split it, or take out what is no text.",
    "folder-not-empty": "The folder holds something. Name a new one.",
    "foreign-file": "newsgen did not write this file, and a page belongs in its place. Move it away.",
    "header-too-large": "The front matter has {0} characters; it may have {1}. Check where its closing --- is.",
    "held-in-file": "This file, which newsgen did not write, has words or a picture of the held story {0}. Delete it, and do not publish this folder before.",
    "held-shown": "This page would give away the held story {0}, so it was not written. Take that story's words out of the template, or out of what else the page is made of.",
    "id-killed": "The id {0} is that of a story that was killed (content/_urls.tsv). An id is never used again: give this story its own.",
    "id-taken": "The id {0} belongs to {1}. An id is never used twice: give this story its own.",
    "killed-already": "The story {0} was killed before.",
    "ledger-conflict": "A merge was left half done here. Keep the lines of both sides, and delete this one.",
    "ledger-line": "This is no line of the ledger. A line holds an id, an address that begins with /, and a day, parted by tabs.",
    "ledger-state": "The fourth column of a line of the ledger is killed, removed or not there. Correct it.",
    "ledger-twice": "The address {0} belongs to {1} and to {2}. Keep the line of the story that had it first.",
    "left-over": "There was no record of earlier builds, and {0} files here belong to no page: {1}. Delete what is not yours.",
    "link-itself": "A story cannot replace itself. Name the newer story, then the older one.",
    "locked": "Another newsgen (process {0}) is at work on this site. Wait for it, or end it.",
    "lone-cr": "There is a carriage return without a line feed. Save the file with line ends of Unix or Windows.",
    "missing-date": 'date is missing. Add "date: 1987-02-26T15:01".',
    "missing-headline": 'headline is missing. Add "headline: What happened, where".',
    "missing-inside": "{0} is missing. Add it, or delete the entry.",
    "missing-section": 'section is missing. Add "section: World".',
    "missing-setting": "{0} is missing from [tool.newsgen]. Add it.",
    "name-alone": "The surname {0} stands here by itself too, and was left: it may be another's. Take it out by hand if it is not.",
    "name-by-hand": "This file has the name, and cannot be changed here without a risk to the rest of it. Take the name out by hand.",
    "name-claimed": "The name {0} belongs to two entries, {1} and {2}. Leave it in one of them.",
    "name-in-file": "This file, which newsgen did not write, has a name that is to be anonymous (content/_requests.tsv). Delete it, and do not publish this folder before.",
    "name-instead": "{0} cannot stand in a name's place. Write words, without marks: a Lindmouth man.",
    "name-near": '{0} is nearly {1} (stories: {2}). If they are one person, write aliases: ["{0}"] under - name: {1} in content/_people.yaml; if two, give each an entry there.',
    "name-not-utf-8": "The file's name is not UTF-8. Rename it.",
    "name-nowhere": "No story has the name {0}, so nothing was changed; it is noted, and no page will show it. If it is misspelt, delete its line in content/_requests.tsv, and give it as copy writes it.",
    "name-short": "{0} is one word, which stands in too many texts. Give the name as copy writes it: first name and surname.",
    "name-shown": "This page would show a name that is to be anonymous (content/_requests.tsv), so it was not written. Run newsgen unpublish anonymise again, or take the name out by hand.",
    "no-archives": "The caption of a photo says NO ARCHIVES. Ask the agency, or take the photo out.",
    "no-body": "The story has no text. Write it, or give it the type brief or photo.",
    "no-closing-fence": "The front matter is not closed. Add a line of --- after its last key.",
    "no-content": "The site has no folder content/. Make it, or restore it.",
    "no-front-matter": "The file does not begin with front matter. Its first line must be ---.",
    "no-id": 'There is no id, so the file\'s path serves as one, and the file cannot move. Add "id: {0}".',
    "no-id-possible": 'The file\'s path cannot serve as an id. Add "id: " with a short text that stays for good.',
    "no-memory": "There is not enough memory. What was written is whole: build again with --jobs 1, or with more memory.",
    "no-settings": "There is no [tool.newsgen] table. Add one with title and base_url.",
    "no-site": "Neither this folder nor one above it holds a pyproject.toml with [tool.newsgen]. Make a site: newsgen init DIR.",
    "not-a-folder": "This is not a folder. Name one.",
    "not-a-list": "The file must be a list of entries, each beginning with - name: and a name.",
    "not-a-map": 'This must be keys with values, such as "title: World", one a line.',
    "not-a-story": "This is neither a story (.md), a picture nor a note that newsgen reads. Move it out of content/, or rename it.",
    "not-incremental": "An incremental build would not give the page that a clean build gives. Build with --clean, and report this.",
    "not-utf-8": "The text is not UTF-8: byte {0}, the file's byte number {1}. Save the file as UTF-8.",
    "nothing-to-explain": "No page, story id or story file has this name. Give an address such as /world/, an id or a path.",
    "nothing-to-import": "There is nothing at this path. Name a file or a folder with copy in it.",
    "nul": "The file's byte number {0} is NUL, which no text may hold. Delete it.",
    "odd-file": "This is a {0}, and is not followed. Put the file itself in its place.",
    "output-not-ours": "The folder holds files, and newsgen did not make it. Name another with --output, or empty it.",
    "output-of-another": "Another site, {0}, was built into this folder. Name another with --output, or empty it.",
    "output-unsafe": "The output may not be the site itself, its content, a folder above it, or home. Name another with --output.",
    "path-exists": "This file should become {0}, which is there already. Rename one of them.",
    "permalink-end": "{0} must end in .html or /, not as in {1}.",
    "permalink-field": "{0} has a field {{{1}}} that newsgen does not know. Fields are: {2}.",
    "permalink-last": "{0}: put {{slug}} or {{id}} into the last part of {1}, so that no two stories share an address.",
    "permalink-marks": "{0}: beside its fields, {1} may hold lower-case letters, digits, dots and hyphens only.",
    "permalink-start": '{0} must begin with "/{{section}}/", not as in {1}.',
    "person-unknown": "content/_people.yaml does not have {0}. Give the name an entry, or add it to the aliases of one.",
    "picture-kind": "{0} is no picture that newsgen knows. Name a .jpg, .png, .webp, .gif or .avif file.",
    "picture-missing": "There is no picture {1} for photos.file {0}, or it cannot be read. Put it there, or leave the file out: the caption stays.",
    "picture-place": "{0} must be a file beside the story, or under content/ if it begins with /: no address, no .., no \\.",
    "place-near": '{0} is nearly {1} (stories: {2}). If they are one place, write aliases: ["{0}"] under - name: {1} in content/_places.yaml; if two, give each an entry there.',
    "place-unknown": "content/_places.yaml does not have {0} (stories: {1}). Give it an entry, or add it to the aliases of one.",
    "port-taken": "The port is in use: {0}. Name another with --port, or leave it out: the next free one is taken.",
    "preview-runs": "Another preview of this site is running. This one reads everything anew, and keeps nothing for the next.",
    "record-damaged": "The record of earlier builds cannot be read. Everything is built again.",
    "record-fault": "The record cannot be written: {0}. The pages are in place; the next build compares them all.",
    "record-of-another": "The last build was by another newsgen, or with other libraries: everything was read and compared again.",
    "record-unreadable": "The record of earlier builds is damaged. Run newsgen build --clean, which makes it anew; if that fails too, delete it.",
    "redirects-over": "{0} addresses have moved, and {1} takes {2} rules. Pages lead on from the others.",
    "related-unknown": "No live story has the id {0}. It is left out of the related stories.",
    "report-unwritable": "The report cannot be written: {0}.",
    "request-line": "This is no line of the log. A line is date, kind, subject, value and reason, parted by tabs. Correct it, or delete it.",
    "required-empty": "{0} is empty. Write something, in quotes if need be.",
    "rights-missing": "Nothing says the rights of {0} (stories: {1}). Give them to the agency in [[tool.newsgen.agencies]], to the section, or to the story.",
    "section-reserved": "The section {0} would be at /{1}/, which newsgen needs itself. Name it otherwise.",
    "served-to-all": "Everybody who can reach this machine can read the site there, drafts too. Leave --host out to keep it to yourself.",
    "setting-choice": "{0} cannot be {1}. It is one of: {2}.",
    "setting-control": "{0} holds a line break or a control character. Write it in one line.",
    "setting-empty": "{0} is empty. Give it a value.",
    "setting-range": "{0} must be a whole number from {1} to {2}.",
    "setting-type": "{0} must be {1}; this is {2}.",
    "story-unknown": "No story has this id or file. Give an id, or the path of a story file.",
    "template-dynamic": "include, extends and import must name their file as a text between quotes, so that it is known what a page is made of.",
    "template-failed": "{0}. Met while making the page of {1}.",
    "template-missing": "This template is needed, and there is none. Put it back.",
    "template-not-found": "There is no template {0}. Correct the name.",
    "template-syntax": "{0} Correct the template.",
    "templates-unusable": "This is a {0}, not a folder, and is not used: the default theme is. Put a folder in its place.",
    "toml-syntax": "The settings cannot be read: {0}. Correct the line.",
    "too-deep": "Lists and maps are nested more than {0} deep. Check the brackets.",
    "too-many-values": "The front matter has more than {0} values. Move what is no card of the story elsewhere.",
    "unknown-format": "There is no such format. It is one of: {0}, {1}. Leave --format out, and it is told from the copy.",
    "unknown-key": "newsgen does not know the key {0}. Put it under extra: or delete it.",
    "unknown-key-inside": "newsgen does not know the key {0}. It may be one of: {1}.",
    "unknown-key-near": "newsgen does not know the key {0}. Did you mean {1}?",
    "unknown-note": "newsgen reads _section.yaml in a section's folder, _people.yaml and _places.yaml in content/. Rename this file, or move it out.",
    "unknown-setting": "newsgen does not know the setting {0}. It may be one of: {1}.",
    "unknown-setting-near": "newsgen does not know the setting {0}. Did you mean {1}?",
    "unprintable": "{0} holds characters that no page may hold ({1}); they are left out. Delete them.",
    "unreadable": "The file cannot be read: {0}.",
    "updates-ring": "This story says that it replaces {0}, and so around in a circle. Correct updates.",
    "utf-16": "The file is in UTF-16 or UTF-32. Save it as UTF-8.",
    "version-likely": "This may be the next version of {0}: look at both. If it is, write updates: with that story's id, or newsgen link --likely.",
    "version-missing": "Of the versions of this story these are missing, by their numbers: {0}. Import them, if you have them.",
    "version-unlinked": "This looks like the next version of {0}. newsgen link writes that down; then the newest alone is in lists.",
    "wants-boolean": "{0} must be true or false.",
    "wants-date": "{0} must be a date: 2025-06-03, 2025-06-03T15:01 or 2025-06-03T15:01+01:00; this is {1}.",
    "wants-integer": "{0} must be a whole number from {1} to {2}.",
    "wants-list": "{0} must be a list, each entry on a line that begins with -; this is {1}.",
    "wants-map": "{0} must be keys with values; this is {1}. Its keys: {2}.",
    "wants-number": "{0} must be a number from {1} to {2}.",
    "wants-sha256": "{0} must be 64 hexadecimal digits.",
    "wants-text": "{0} must be a text; this is {1}. Put it in quotes if it is one.",
    "wants-texts": "{0} must be a list of texts; this is {1}. Write [one, two].",
    "watch-polls": "The system tells of no changes: {0}. The files are looked at every second instead. On Linux, raise fs.inotify.max_user_watches.",
    "web-address": '{0} must be a web address without blanks: "https://example.org/page".',
    "worker-died": "A worker was ended from outside, perhaps for want of memory. Build again, with --jobs 1 if need be.",
    "yaml-alias": "The alias {0} is not allowed. Write the value out. A text that begins with * goes in quotes.",
    "yaml-anchor": "The anchor {0} is not allowed. A text that begins with & goes in quotes.",
    "yaml-directive": "A line that begins with % is not allowed in front matter. Delete it.",
    "yaml-documents": "There is more than one YAML document. Keep one.",
    "yaml-key": "A key must be a text; this is {0}. Put it in quotes if it is one.",
    "yaml-merge": "Merge keys (<<) are not allowed. Write the keys out.",
    "yaml-quote": "The quotation mark that opens here is never closed. Close it.",
    "yaml-syntax": "This is not YAML: {0}. Put a text that holds : # [ ] or quotes into quotes.",
    "yaml-tab": "A tab cannot indent a line. Use blanks.",
    "yaml-tag": "The tag {0} is not allowed: values are texts. A text that begins with ! goes in quotes.",
}
_WIDTH = 100  # characters of a source line that are shown
_VALUE = 300  # characters of a value that are shown


def printable(text: str) -> str:
    """`text` with everything that could act on a terminal, or hide, written as an escape."""
    if text.isprintable():
        return text
    return "".join(mark if mark.isprintable() else _written_out(mark) for mark in text)


def _written_out(mark: str) -> str:
    code = ord(mark)
    if code < 0x100:
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(mark, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def sentence(problem: Problem) -> str:
    """What is wrong and what to do; a rule that has no sentence is a KeyError."""
    values = (value if len(value) <= _VALUE else f"{value[:_VALUE]}…" for value in problem.values)
    return RULES[problem.rule].format(*map(printable, values))


def show(problem: Problem) -> str:
    """The sentence after its place, then the source line with a caret, where they are known."""
    place = printable(problem.path)
    if problem.line:
        place += f":{problem.line}"
        place += f":{problem.column}" if problem.column else ""
    kind = "" if problem.severity == "error" else f"{problem.severity}: "
    first = f"{place}: {kind}{sentence(problem)}"
    if not problem.excerpt or not problem.column:
        return first
    return f"{first}\n{_pointed(problem.excerpt, problem.column)}"


def _pointed(excerpt: str, column: int) -> str:
    """A source line, cut around its column, and a caret under it."""
    at = min(column - 1, len(excerpt))
    start = max(0, at - _WIDTH // 2) if len(excerpt) > _WIDTH else 0
    end = start + _WIDTH
    before = ("…" if start else "") + _in_line(excerpt[start:at])
    after = _in_line(excerpt[at:end]) + ("…" if end < len(excerpt) else "")
    return f"    {before}{after}\n    {' ' * _columns(before)}^"


def _in_line(text: str) -> str:
    return printable(text.replace("\t", " "))


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(mark) in "WF" else not unicodedata.combining(mark) for mark in text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as they are reported: by file, line and column; each once."""
    return tuple(
        dict.fromkeys(sorted(problems, key=lambda one: (one.path, one.line, one.column, one.rule, one.values)))
    )
