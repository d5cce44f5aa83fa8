"""Every sentence that a person reads about something wrong. Nothing else in newsgen words a problem.

A sentence says what is wrong and what to do. To add a rule, add one line to `RULES`, in alphabetical order; `{0}`, `{1}`
and so on are the problem's values. Text from a file is shown with its control characters and terminal escapes written
out, so that no file can act on a terminal.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from newsgen.model.errors import Problem

__all__ = ["INTERRUPTED", "RULES", "in_order", "printable", "sentence", "show"]

RULES: dict[str, str] = {
    "address-gone": "No story has this address any more, so links to it break. Put the story's file back; to withdraw the story, put it back and kill it with newsgen kill.",
    "address-held": "The story published at {0} is now held back ({1}), so links to that address break. Release the story, kill it with newsgen kill, or give the address up with newsgen urls --remove.",
    "address-lost": "The story {1} was published at {0}, but no readable file has its id. Repair its file or put it back; if the story is gone for good, give the address up with newsgen urls --remove.",
    "address-reused": "The address {0} belonged to the story {1} (see content/_urls.tsv), and old links to it now lead to this story. Give this story another slug.",
    "address-taken": "The address {0} belongs to {1}. Give this story another slug.",
    "address-unknown": "The ledger has no address {0}. Give an address as it is written there, such as /world/2026/11/25/bridge.html.",
    "address-unusable": "newsgen cannot listen at this address: {0}. Choose another with --host or --port.",
    "agency-twice": "{0}: the agency {1} is listed twice. Keep one of the tables.",
    "alt-missing": "The photo {0} has no alt text. Say under alt: what it shows, for readers who cannot see it.",
    "bad-epoch": "SOURCE_DATE_EPOCH must be a whole number of seconds since 1970. Correct it, or unset it.",
    "bad-id": "{0} must be 1 to 200 characters on one line, without spaces at either end.",
    "bad-language": "{0} is not a language: {1}. Write a BCP 47 tag such as en, pt-BR or zh-Hant.",
    "bad-now": "This is not a time. Write it as --now 2026-01-31T06:00+00:00.",
    "bad-slug": '{0} cannot be part of an address. Write it in lower-case letters, digits and single hyphens: "{1}".',
    "bad-slug-empty": "{0} has no letter or digit. Delete the key: the address is then made from the headline.",
    "bad-timezone": "{0} is not a time zone: {1}. Write a name from the tz database, such as Europe/London or UTC.",
    "base-url-query": "{0} must not contain ? or #. Write the address of the site's home page.",
    "base-url-scheme": '{0} is not a web address: {1}. Write it with its scheme: "https://example.org".',
    "broken-fragment": "A link leads to {0}, but nothing on that page has the id {1}. Correct the link, or the template that makes it.",
    "broken-link": "A link leads to {0}, but there is nothing at that address. Correct the link.",
    "changed-meanwhile": "The file changed while it was being read. Build again.",
    "choice": "{0} cannot be {1}. It is one of: {2}.",
    "choice-near": "{0} cannot be {1}. Did you mean {2}? It is one of: {3}.",
    "control-character": "The front matter contains the control character {0}. Delete it.",
    "correction-missing": "The headline is tagged {0}, but the story lists no corrections. Add an entry under corrections: with a date, and a text that says what was wrong.",
    "dask-address": "This is not the address of a Dask scheduler. Write it as tcp://host:8786.",
    "dask-blind": "This worker cannot see {0}. Every worker must see the site's folder and the output at the same paths.",
    "dask-empty": "This Dask cluster has no workers. Start one with dask worker and this address.",
    "dask-fault": "The Dask cluster cannot be reached, or the connection was lost: {0}. Files written so far are complete: build again.",
    "dask-missing": "Building on a cluster needs Dask. Install it with pip install 'newsgen[dask]'.",
    "dask-other": "This worker has no newsgen, or another version of it or of its libraries, so its pages would differ. Install the same versions on all workers.",
    "date-ahead": "The story is dated {0}, which is in the future, but is already shown: a date holds nothing back. Correct the date, or hold the story back with an embargo.",
    "date-impossible": "{0}: there is no such day or time: {1}. Correct it.",
    "date-needs-zone": '{0} must say its time zone, so that it is the same instant on every machine. Write "{1}".',
    "date-offset": "{0}: no place is {1} from UTC. Offsets go from -14:00 to +14:00.",
    "date-year": "{0} is in the year {1}. Years go from 1600 to 2999.",
    "dateline-missing": "The story has no dateline. Begin its text with one (OSLO, May 5 -), or add dateline: to its front matter.",
    "dateline-stale": "The dateline {0} does not fit the story's date, {1}. Correct the one that is wrong.",
    "datelines-missing": "{0} stories, this one among them, have no dateline. Begin their texts with one (OSLO, May 5 -), or leave this rule out with --off dateline-missing.",
    "disk-fault": "{0}. Put that right and try again; files written so far are complete.",
    "duplicate-key": "The key {0} appears twice. Keep one of them.",
    "duplicate-story": "{0} has the same text, or the same headline, section and day. Delete one of the two, or add updates: to the newer one if it is a new version.",
    "edit-by-hand": "newsgen cannot change {0} here without risk to the rest of the file, so the file is as it was. Make this change by hand.",
    "edited-page-removed": "This page was edited by hand after newsgen wrote it, and the site has no page at this address any more, so it was removed. Make such changes in content/ or templates/ instead.",
    "editors-disagree": "editors says {0}, but the credit line says {1}. Correct the one that is wrong.",
    "empty-argument": "This may not be empty. Write something.",
    "empty-file": "The file is empty. Write front matter between two lines of ---, then the story, or delete the file.",
    "empty-text": "{0} is empty and counts as absent. Give it a value or delete it.",
    "file-too-large": "The file has {0} bytes; the limit for a text file is {1}. Split it, or remove what is not text.",
    "folder-not-empty": "The folder is not empty. Name a new one.",
    "foreign-file": "newsgen did not write this file, and a page belongs in its place. Move the file elsewhere.",
    "header-too-large": "The front matter has {0} characters; the limit is {1}. Check where its closing --- is.",
    "held-in-file": "This file, which newsgen did not write, contains words or a picture of the held story {0}. Delete it before you publish this folder.",
    "held-shown": "This page would give away the held story {0}, so it was not written. Remove that story's words from the template, or from whatever else the page is made of.",
    "id-killed": "The id {0} belonged to a story that was killed (see content/_urls.tsv). An id is never used again: give this story its own.",
    "id-taken": "The id {0} belongs to {1}. An id is never used twice: give this story its own.",
    "killed-already": "The story {0} has already been killed. If you have not built and published since, do it now.",
    "ledger-conflict": "A Git merge was left unfinished here. Keep the lines of both sides, and delete this one.",
    "ledger-line": "This is not a line of the ledger, so it is left out. A line has an id, the address of a story (/world/2026/11/25/bridge.html: no empty part, no . or .., no ? or #, and none that newsgen needs itself), and a day (2026-11-25), separated by tabs. Correct it, or delete it.",
    "ledger-state": "The fourth column of a line of the ledger must be killed or removed, or be left out. Correct it.",
    "ledger-time": "The fifth column of a line of the ledger must be a day or a time with its zone, such as 2026-11-25T12:00:00Z, or be left out. Correct it.",
    "ledger-twice": "The address {0} is listed for {1} and for {2}. Keep the line of the story that had it first.",
    "left-over": "newsgen has no record of earlier builds, and {0} files here belong to no page: {1}. Delete those that you did not put there yourself.",
    "link-arguments": "Give two stories, the newer one first, and no option; or no story, to look at all of them.",
    "link-itself": "A story cannot replace itself. Name the newer story, then the older one.",
    "locked": "Another newsgen (process {0}) is working on this site. Wait for it to finish, or stop it.",
    "lone-cr": "The file has a carriage return without a line feed. Save it with Unix or Windows line endings.",
    "missing-date": 'date is missing. Add "date: 1987-02-26T15:01".',
    "missing-headline": 'headline is missing. Add "headline: What happened, where".',
    "missing-inside": "{0} is missing. Add it, or delete the entry.",
    "missing-section": 'section is missing. Add "section: World".',
    "missing-setting": "{0} is missing from [tool.newsgen]. Add it.",
    "name-alone": "The surname {0} also stands alone here, and was left because it may be somebody else's. If it is not, remove it by hand.",
    "name-by-hand": "This file has the name, and newsgen cannot change it without risk to the rest of the file. Remove the name by hand.",
    "name-claimed": "The name {0} is in two entries, {1} and {2}. Keep it in one of them.",
    "name-in-file": "This file, which newsgen did not write, has a name that was made anonymous (see content/_requests.tsv). Delete the file before you publish this folder.",
    "name-instead": "{0} cannot take the place of a name. Write plain words, such as: a Lindmouth man.",
    "name-near": '{0} is nearly {1} (stories: {2}). If they are one person, write aliases: ["{0}"] under - name: {1} in content/_people.yaml; if two, give each an entry there.',
    "name-not-utf-8": "The file's name is not UTF-8. Rename it.",
    "name-nowhere": "No story has the name {0}, so nothing was changed; the request is noted, and no page will show the name. If you misspelt it, delete its line in content/_requests.tsv, and give the name as it appears in copy.",
    "name-short": "{0} is a single word, which appears in too many texts. Give the name as it appears in copy: first name and surname.",
    "name-shown": "This page would show a name that was made anonymous (see content/_requests.tsv), so it was not written. Run newsgen unpublish anonymise again, or remove the name by hand.",
    "no-archives": "The caption of a photo says NO ARCHIVES. Ask the agency, or remove the photo.",
    "no-body": "The story has no text. Write it, or set type: to brief or photo.",
    "no-closing-fence": "The front matter is not closed. Add a line with --- after its last key.",
    "no-content": "The site has no folder content/. Create it, or restore it.",
    "no-front-matter": "The file does not begin with front matter. Its first line must be ---.",
    "no-id": 'The story has no id, so its path serves as one, and the file cannot be moved. Add "id: {0}".',
    "no-id-possible": "The file's path cannot serve as an id. Add id: with a short text that will never change.",
    "no-memory": "There is not enough memory. Files written so far are complete: build again with --jobs 1, or with more memory.",
    "no-settings": "There is no [tool.newsgen] table. Add one with title and base_url.",
    "no-site": "Neither this folder nor one above it has a pyproject.toml with [tool.newsgen]. Make a site: newsgen init DIR.",
    "not-a-folder": "This is not a folder. Name one.",
    "not-a-list": "The file must be a list of entries, each beginning with - name: and a name.",
    "not-a-map": 'This must be keys with values, such as "title: World", one per line.',
    "not-a-story": "This is not a story (.md), a picture or another file that newsgen reads. Move it out of content/, or rename it.",
    "not-incremental": "An incremental build would not give the same page as a clean build. Build with --clean, and report this as a bug.",
    "not-utf-8": "The text is not UTF-8: byte number {1} of the file is {0}. Save the file as UTF-8.",
    "nothing-to-explain": "No page, story id or story file has this name. Give an address such as /world/, an id or a path.",
    "nothing-to-import": "There is nothing at this path. Name a file or a folder with copy in it.",
    "nul": "Byte number {0} of the file is NUL, which text must not contain. Delete it.",
    "odd-file": "This is a {0}, which newsgen does not follow. Put the file itself in its place.",
    "output-not-ours": "The folder is not empty, and newsgen did not make it. Choose another with --output, or empty it.",
    "output-of-another": "This folder holds the output of another site, {0}. Choose another with --output, or empty it.",
    "output-unsafe": "The output cannot be the site's own folder, its content or templates, a folder above it, or your home folder. Choose another with --output.",
    "path-exists": "This file should be renamed to {0}, which already exists. Rename one of them.",
    "permalink-end": "{0} must end in .html or /; this is {1}.",
    "permalink-field": "{0} has a field {{{1}}} that newsgen does not know. The fields are: {2}.",
    "permalink-last": "{0}: put {{slug}} or {{id}} into the last part of {1}, so that no two stories share an address.",
    "permalink-marks": "{0}: apart from its fields, {1} may have only lower-case letters, digits, dots and hyphens.",
    "permalink-start": '{0} must begin with "/{{section}}/"; this is {1}.',
    "person-unknown": "{0} is not in content/_people.yaml (stories: {1}). Add an entry, or add the name to the aliases of one.",
    "persons-unknown": "{0} people whom stories are about are not in this file. Those in most stories are {1}. Add entries for them, or leave this rule out with --off person-unknown.",
    "picture-kind": "{0} is not a picture that newsgen can show. Name a .jpg, .png, .webp, .gif or .avif file.",
    "picture-missing": "There is no picture {1} for photos.file {0}, or it cannot be read. Put it there, or delete file: and keep the caption.",
    "picture-place": "{0} must be a file beside the story, or under content/ if it begins with /. It cannot be a web address or contain .. or \\.",
    "place-near": '{0} is nearly {1} (stories: {2}). If they are one place, write aliases: ["{0}"] under - name: {1} in content/_places.yaml; if two, give each an entry there.',
    "place-unknown": "{0} is not in content/_places.yaml (stories: {1}). Add an entry, or add the name to the aliases of one.",
    "port-taken": "The port is in use: {0}. Choose another with --port, or leave --port out to take the next free one.",
    "preview-runs": "Another preview of this site is running, so this one reads every story again and saves nothing for its next start. Stop the other one if you do not need both.",
    "record-damaged": "The record of earlier builds cannot be read. Everything is built again.",
    "record-fault": "The record of the build cannot be written: {0}. The pages are in place; the next build compares them all.",
    "record-of-another": "The last build was made by another version of newsgen or of its libraries, so everything was read and compared again.",
    "record-unreadable": "The record of earlier builds is damaged. Run newsgen build --clean, which makes a new one; if that fails too, delete the record.",
    "redirects-over": "{0} addresses have moved, but {1} takes only {2} redirect rules. For the rest, newsgen writes pages that redirect.",
    "related-unknown": "No live story has the id {0}, so it is left out of the related stories. Correct the id, or delete it.",
    "report-unwritable": "The report cannot be written: {0}. Name another file with --report.",
    "request-line": "This is not a line of the log of requests. A line has a date, kind, subject, value and reason, separated by tabs. Correct it, or delete it.",
    "required-empty": "{0} is empty. Write something, in quotes if need be.",
    "rights-missing": "Nothing states the rights in copy from {0} (stories: {1}). State them for the agency in [[tool.newsgen.agencies]], for the section, or in the story.",
    "section-reserved": "The section {0} would be at /{1}/, which newsgen needs for itself. Give the section another name.",
    "served-to-all": "Everybody who can reach this computer can read the site there, drafts too. Leave --host out to keep it to yourself.",
    "setting-choice": "{0} cannot be {1}. It is one of: {2}.",
    "setting-control": "{0} contains a line break or a control character. Write it on one line.",
    "setting-empty": "{0} is empty. Give it a value.",
    "setting-range": "{0} must be a whole number from {1} to {2}.",
    "setting-type": "{0} must be {1}; this is {2}.",
    "story-unknown": "No story has this id or file. Give an id, or the path of a story file.",
    "template-dynamic": "include, extends and import must name their file in quotes, so that newsgen knows what a page is made of.",
    "template-failed": "{0}. This happened while rendering the page of {1}. Correct the template.",
    "template-missing": "newsgen needs this template, and it is missing. Put it back.",
    "template-not-found": "There is no template {0}. Correct the name.",
    "template-syntax": "{0} Correct the template.",
    "templates-unusable": "This is a {0}, not a folder, so the default theme is used. Put a folder in its place.",
    "toml-syntax": "The settings cannot be read: {0}. Correct the line.",
    "too-deep": "Lists and maps are nested more than {0} levels deep. Check the brackets.",
    "too-many-values": "The front matter has more than {0} values. Keep what describes the story, and move the rest elsewhere.",
    "unknown-format": "There is no such format. It is one of: {0}, {1}. Leave --format out to have it recognised from the copy.",
    "unknown-key": "newsgen does not know the key {0}. Put it under extra: or delete it.",
    "unknown-key-inside": "newsgen does not know the key {0}. It may be one of: {1}.",
    "unknown-key-near": "newsgen does not know the key {0}. Did you mean {1}?",
    "unknown-note": "newsgen reads only _section.yaml in a section's folder, and _people.yaml and _places.yaml in content/. Rename this file, or move it out of content/.",
    "unknown-setting": "newsgen does not know the setting {0}. It may be one of: {1}.",
    "unknown-setting-near": "newsgen does not know the setting {0}. Did you mean {1}?",
    "unprintable": "{0} contains characters that no page may show ({1}); they are left out. Delete them.",
    "unreadable": "The file cannot be read: {0}. Put that right, or move the file away.",
    "updates-ring": "This story says that it replaces {0}, and following updates from there leads back to it. Correct updates.",
    "urls-arguments": "Give either --record or --remove URL.",
    "utf-16": "The file is in UTF-16 or UTF-32. Save it as UTF-8.",
    "version-likely": "This may be the next version of {0}: compare the two. If it is, add updates: with that story's id, or run newsgen link --likely.",
    "version-missing": "To judge by their numbers, versions of this story are missing: {0}. Import them if you have them.",
    "version-unlinked": "This looks like the next version of {0}. Run newsgen link to join the two, so that lists show only the newest.",
    "wants-boolean": "{0} must be true or false.",
    "wants-date": "{0} must be a date: 2025-06-03, 2025-06-03T15:01 or 2025-06-03T15:01+01:00; this is {1}.",
    "wants-integer": "{0} must be a whole number from {1} to {2}.",
    "wants-list": "{0} must be a list, each entry on a line that begins with -; this is {1}.",
    "wants-map": "{0} must be keys with values; this is {1}. Its keys: {2}.",
    "wants-number": "{0} must be a number from {1} to {2}.",
    "wants-sha256": "{0} must be 64 hexadecimal digits.",
    "wants-text": "{0} must be text; this is {1}. Put it in quotes if it is meant as text.",
    "wants-texts": "{0} must be a list of texts; this is {1}. Write [one, two].",
    "watch-polls": "The system does not report changes to files: {0}. newsgen looks at all files every second instead. On Linux, raise fs.inotify.max_user_watches.",
    "web-address": '{0} must be a web address without spaces: "https://example.org/page".',
    "worker-died": "A worker process was killed from outside newsgen, perhaps for lack of memory. Build again, with --jobs 1 if need be.",
    "yaml-alias": "The alias {0} is not allowed. Write the value out; put text that begins with * in quotes.",
    "yaml-anchor": "The anchor {0} is not allowed. Put text that begins with & in quotes.",
    "yaml-directive": "A line that begins with % is not allowed in front matter. Delete it.",
    "yaml-documents": "There is more than one YAML document. Keep one.",
    "yaml-key": "A key must be text; this is {0}. Put it in quotes if it is meant as text.",
    "yaml-merge": "Merge keys (<<) are not allowed. Write the keys out.",
    "yaml-quote": "The quotation mark that opens here is never closed. Close it.",
    "yaml-syntax": "This is not YAML: {0}. Put text that contains : # [ ] or quotes in quotes.",
    "yaml-tab": "A tab cannot indent a line. Use spaces.",
    "yaml-tag": "The tag {0} is not allowed: values are text. Put text that begins with ! in quotes.",
}
INTERRUPTED = "Stopped. Files written so far are complete: run it again."
_LINE_SHOWN = 100  # characters of a source line
_VALUE_SHOWN = 300  # characters of a value


def printable(text: str) -> str:
    """`text` with every character that is invisible, or could act on a terminal, written as an escape."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _escape(character) for character in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def sentence(problem: Problem) -> str:
    """What is wrong and what to do. KeyError for a rule that has no sentence."""
    values = (text if len(text) <= _VALUE_SHOWN else f"{text[:_VALUE_SHOWN]}…" for text in problem.values)
    return RULES[problem.rule].format(*map(printable, values))


def show(problem: Problem) -> str:
    """`path:line:column: sentence`; then the source line with a caret under the column, where they are known."""
    place = printable(problem.path)
    if problem.line:
        place += f":{problem.line}"
        place += f":{problem.column}" if problem.column else ""
    severity = "" if problem.severity == "error" else f"{problem.severity}: "
    first = f"{place}: {severity}{sentence(problem)}"
    if not problem.excerpt or not problem.column:
        return first
    return f"{first}\n{_with_caret(problem.excerpt, problem.column)}"


def _with_caret(line: str, column: int) -> str:
    """A source line, cut to what lies around a column, and a caret under that column."""
    at = min(column - 1, len(line))
    start = max(0, at - _LINE_SHOWN // 2) if len(line) > _LINE_SHOWN else 0
    end = start + _LINE_SHOWN
    before = ("…" if start else "") + _in_one_line(line[start:at])
    after = _in_one_line(line[at:end]) + ("…" if end < len(line) else "")
    return f"    {before}{after}\n    {' ' * _terminal_columns(before)}^"


def _in_one_line(text: str) -> str:
    return printable(text.replace("\t", " "))


def _terminal_columns(text: str) -> int:
    """How many columns of a terminal a text takes: wide East Asian characters take two, combining ones none."""
    if text.isascii():
        return len(text)
    wide = unicodedata.east_asian_width
    return sum(2 if wide(character) in "WF" else not unicodedata.combining(character) for character in text)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems as they are reported: by file, line and column, each once."""
    by_place = sorted(
        problems, key=lambda problem: (problem.path, problem.line, problem.column, problem.rule, problem.values)
    )
    return tuple(dict.fromkeys(by_place))
