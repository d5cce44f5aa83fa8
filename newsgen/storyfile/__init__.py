"""Story files and the YAML files next to them: read, edited, written. Untrusted text is checked here, nowhere else.

Bytes and settings come in; a value and every Problem of the file go out. Never touches the disk, the clock or the
environment. The only owner of PyYAML.

Bytes to front matter and body:

    front_matter  bytes -> header and body: encoding, fences, limits
    parts         the same for callers who need no story: a header, a body, the text of any file

Header to a tree of places and texts:

    nodes         what a tree is made of: texts, lists, maps
    yaml_fast     plain headers, line by line, without a YAML parser
    yaml_faults   where a parser gave up -> what a person made wrong there
    yaml_full     any YAML, from the events of PyYAML
    tree          the fast way if it can, else the full one

Tree to values:

    body_advice   what a body has that is not shown as it is written: comments, HTML, marks of Windows-1252
    other_generators  what other generators call our keys and values, for a guess at what is meant
    body_pictures the pictures of a body, as photos of the story
    complaints    collects the problems of one file, each with its place
    dates         dates and times of front matter -> Moments and instants
    readers       one node -> one value of a kind: a line, a list of texts, a number
    maps          readers of maps and lists, made of these
    comma_lists   one text that lists several topics, persons, places or organisations
    schema        every key of a story file, and which reader reads it
    head          what a story is called, without the rest of its file
    own_page      the keys of a page in content/_pages/
    site_notes    the keys of _section.yaml, _people.yaml, _places.yaml, _storylines.yaml; `source.site_notes` reads all

What may be written, for editors:

    json_schema   the readers of all keys -> JSON Schema

Values to YAML:

    yaml_write    a value -> YAML that any reader reads back as that value
    doubts        which guesses of an importer still stand; what it wrote, as a doubt keeps it; a file without some
    edit          keys of a story file set and deleted, all other bytes left alone

To add a key: its reader in `schema` and its field in `model/story.py`. What a page is to show of it also goes through
`model/card.py`, `index/cards.py`, `render/story_text.py` and a template.

Decisions:

- **Every value is a text until its key says what it is**: `NO`, `0123` and `12:30:45` stay what somebody wrote.
- **A file is read to its end, and everything that is wrong with it is reported**, not just the first mistake.
- **Aliases, anchors, tags, merge keys and several documents are refused**: no story needs them, and a small file
  could become a huge value.
- **Words after ` #` are a comment, as in all YAML, and a warning names them**: reading them would make our files
  another language than editors and other programs take them for.
- **A key that may hold a story back is never empty**: it is an error, since nobody knows what it was to say.
- **Unknown keys are errors**, so that a misspelled `embargo` never publishes a story. newsgen leaves `extra` alone.
- **A story with a wire tag has the tag in its address** (`update-1-x`), so that versions of one day do not collide.
"""

from newsgen.storyfile.dates import moment_at
from newsgen.storyfile.doubts import source_without_doubts
from newsgen.storyfile.edit import edit_keys
from newsgen.storyfile.front_matter import FILE_LIMIT
from newsgen.storyfile.head import Head, read_head
from newsgen.storyfile.json_schema import SCHEMAS, Shape, json_schema
from newsgen.storyfile.own_page import read_own_page
from newsgen.storyfile.parts import read_body, read_parts, read_text
from newsgen.storyfile.schema import read_story
from newsgen.storyfile.site_notes import read_register, read_section, read_storylines
from newsgen.storyfile.yaml_write import YamlValue, map_lines

__all__ = [
    "FILE_LIMIT",
    "SCHEMAS",
    "Head",
    "Shape",
    "YamlValue",
    "edit_keys",
    "json_schema",
    "map_lines",
    "moment_at",
    "read_body",
    "read_head",
    "read_own_page",
    "read_parts",
    "read_register",
    "read_section",
    "read_story",
    "read_storylines",
    "read_text",
    "source_without_doubts",
]
