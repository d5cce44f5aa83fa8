"""Story files, section files and name files into values: untrusted text becomes ours here and nowhere else.

The only owner of PyYAML (`events.py`). Values in, values out: bytes and settings in; a value and Problems out. Never
reads the disk, the clock or the environment.

    header   bytes -> front matter and body      tree    YAML -> places and texts
    nodes    what a tree is made of              lines   the same of plain YAML, without a parser
    events   the same of any YAML, by PyYAML
    fields   one node -> one value               moments dates          notes   problems and their places
    story    the schema of a story               names   _section.yaml, _people.yaml, _places.yaml
"""

from newsgen.storyfile.dates import moment_at
from newsgen.storyfile.schema import body, default_id, story
from newsgen.storyfile.site_notes import names, section

__all__ = ["body", "default_id", "moment_at", "names", "section", "story"]
