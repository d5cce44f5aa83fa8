"""The editor's safety net: what nobody sees in one story, and an archive shows. `newsgen check` calls it.

Each rule has a name in `EDITOR_RULES` and can be switched off. None says error: a desk may know better. Pure: values
in, problems out. Bodies are not kept; of each story stay its path, some digests and a sketch of 128 bytes.
"""

from __future__ import annotations

from newsgen.editor.desk import EDITOR_RULES, Look, proofread
from newsgen.editor.duplicates import Sketch, sketch
from newsgen.editor.versions import proposals, unlinked

__all__ = ["EDITOR_RULES", "Look", "Sketch", "proofread", "proposals", "sketch", "unlinked"]
