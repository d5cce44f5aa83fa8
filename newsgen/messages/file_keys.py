"""What the keys of story files, and of the files beside them, mean: in one line each, for editors and the reference."""

from __future__ import annotations

import json
from collections.abc import Mapping

from newsgen.storyfile import json_schema

__all__ = ["KEYS", "TITLES", "editor_files", "schema_text"]

TITLES: Mapping[str, str] = {
    "story": "Front matter of a story of newsgen",
    "page": "Front matter of a page in content/_pages/ of newsgen",
    "section": "_section.yaml of newsgen",
    "people": "content/_people.yaml of newsgen",
    "places": "content/_places.yaml of newsgen",
    "topics": "content/_topics.yaml of newsgen",
    "storylines": "content/_storylines.yaml of newsgen",
}
_RIGHTS = {
    "rights": "Who holds the copy, and what may be done with it",
    "rights.holder": "Who holds the copy",
    "rights.notice": "The notice shown under the story",
    "rights.usage": "What may be done with it",
    "rights.restrictions": "What may not",
}
_YAML_FILES = {
    "section": "content/**/_section.yaml",
    "people": "content/_people.yaml",
    "places": "content/_places.yaml",
    "topics": "content/_topics.yaml",
    "storylines": "content/_storylines.yaml",
}
# Kind of file -> key -> what it means. A key within another is behind a dot.
KEYS: Mapping[str, Mapping[str, str]] = {
    "story": {
        "id": "What identifies the story for ever: never change it, never use it again. By default its path",
        "headline": "The headline, with wire tags as sent: UPDATE 2-Grain talks resume",
        "date": "The day, or the time: 1987-02-26T15:01, in the site's time zone if it states none. Holds nothing back",
        "updated": "When the text was changed last",
        "section": "The section, as its name is shown: World",
        "slug": "The last part of the address. By default from the headline",
        "slugline": "The agency's working title: GRAIN-TALKS/",
        "byline": "Who wrote it, without By: one name or several",
        "dateline": "Where and when it was filed: HARBOUR TOWN, Feb 26 (Northern Wire)",
        "dateline.places": "The places, each with its region",
        "dateline.date": "The day, as written",
        "dateline.agency": "The agency, as written",
        "credit": "The credit line: (Reporting by Mila Hart; Editing by Tom Oakes)",
        "editors": "Who edited it. By default those of the credit line",
        "contributors": "Persons in roles that a credit line does not name",
        "contributors.role": "The role: translation",
        "contributors.name": "The name",
        "contributors.place": "Where the person worked",
        "agency": "The agency, or several. By default that of the dateline",
        "tags": "Topics",
        "people": "Persons whom it is about",
        "places": "Places that it is about",
        "organisations": "Organisations that it is about",
        "photos": "Pictures, with what is said of them",
        "photos.file": "The file: in the story's folder, or in content/ where it begins with /",
        "photos.caption": "The caption; it may end with the credit as agencies write it",
        "photos.alt": "What is to be seen, for those who cannot see it",
        "photos.credit": "Who took it, where the caption does not say",
        "photos.expires": "From when on it may not be shown; with a time zone",
        "type": "What kind of copy it is",
        "language": "Its language (BCP 47), where that is not the site's",
        "direction": "Which way it runs, where its language does not say",
        "urgency": "From 1, a flash, to 9",
        "status": "draft, withheld and killed hold it back",
        "embargo": "Until when it is held back, with a time zone; or hold",
        "expires": "From when on it is not shown; with a time zone",
        "updates": "The id of the story that this one replaces",
        "aliases": "Addresses that it had on another site, which lead here: /2019/05/fog/, /story.php?id=12",
        "corrections": "What was wrong; shown in a box on the page",
        "corrections.date": "When it was corrected",
        "corrections.kind": "What kind of correction it is",
        "corrections.text": "What was wrong, and what is right",
        "kill": "When and why it was withdrawn; newsgen kill writes it",
        "kill.date": "When it was withdrawn",
        "kill.reason": "Why; the tombstone shows it",
        "kill.notice": "The agency's notice, as sent",
        "related": "Ids of stories to list beside it, first of all; -id keeps one out",
        "noindex": "Keeps it out of search engines, feeds and sitemaps",
        **_RIGHTS,
        "note": "Notes that the page shows",
        "source": "Where imported copy came from; newsgen import writes it",
        "source.format": "The format of the copy",
        "source.file": "The file of the copy",
        "source.sha256": "The digest of the copy",
        "source.dropped": "Lines that are in no other key, as sent",
        "source.unparsed": "What the import could not read",
        "source.contacts": "Addresses and telephone numbers of those who made the copy; no page shows them",
        "source.doubts": "What the import guessed; delete an entry that you have looked at",
        "source.doubts.field": "The key that holds the guess",
        "source.doubts.reason": "The rule of newsgen check that asks about it",
        "source.doubts.copy": "What was read so, as sent",
        "source.doubts.value": "What the import wrote",
        "extra": "Anything of your own; newsgen leaves it alone",
    },
    "page": {
        "title": "The heading of the page",
        "description": "What the page is about, for search engines",
        "template": "Another template of the site's than page.html.j2",
        "menu": "How the menu calls it. Without it, the page is not in the menu",
        "menu.title": "How the menu calls it",
        "menu.order": "Where it stands among the pages of the menu: small numbers first",
        "language": "Its language (BCP 47), where that is not the site's",
    },
    "section": {
        "title": "How the section is called",
        "description": "What is in it",
        "order": "Where it stands among the sections: small numbers first",
        "lead": "The id of the story that leads its page. Without it, the newest does",
        "embargo": "Until when its stories are held back, with a time zone; or hold",
        **_RIGHTS,
    },
    "people": {
        "name": "The name that is shown",
        "aliases": "All other spellings in copy",
        "bio": "Who it is",
        "url": "A page about the person elsewhere",
        "photo": "A picture file in content/",
    },
    "places": {
        "name": "The name that is shown",
        "aliases": "All other spellings in copy",
        "region": "The region",
        "country": "The country",
        "latitude": "Degrees north of the equator",
        "longitude": "Degrees east of Greenwich",
        "description": "What is to be known of it",
    },
    "topics": {
        "name": "The name that is shown, and of which its address is made",
        "aliases": "Other names of the topic: stories that have one of them are on its page",
        "text": "What the topic is, in a sentence or some: above the stories of its page",
        "parent": "The larger topic that it is part of, whose page leads to it",
    },
    "storylines": {
        "name": "The name that is shown, and of which its address is made",
        "text": "What the matter is, in a sentence or some",
        "stories": "The ids of stories that are part of it",
        "tags": "Topics: each story with one of them is part of it",
        "slugline": "The beginning of a slugline: each story whose slugline begins so is part of it",
    },
}


def schema_text(kind: str) -> str:
    """The JSON Schema of a kind of file."""
    return json.dumps(json_schema(kind, TITLES[kind], KEYS[kind]), ensure_ascii=False, indent=2)


def editor_files() -> tuple[tuple[str, str], ...]:
    """What Visual Studio Code, with Red Hat's extension for YAML, needs to check the YAML files of a site: path, text.

    Not the stories: that extension reads no front matter of Markdown files (its issue 207, open since 2019).
    """
    schemas = {f".vscode/{kind}.schema.json": f"{schema_text(kind)}\n" for kind in _YAML_FILES}
    settings = {"yaml.schemas": {f"./.vscode/{kind}.schema.json": path for kind, path in _YAML_FILES.items()}}
    extensions = {"recommendations": ["redhat.vscode-yaml"]}
    return (
        *schemas.items(),
        (".vscode/extensions.json", f"{json.dumps(extensions, indent=2)}\n"),
        (".vscode/settings.json", f"{json.dumps(settings, indent=2)}\n"),
    )
