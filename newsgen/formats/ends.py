"""Notes, contacts, holds and credit lines at both ends of copy: taken off its blocks, and sorted by what they are."""

from __future__ import annotations

from newsgen.formats import embargo
from newsgen.formats.blocks import Block
from newsgen.wire import credits as credit_lines
from newsgen.wire import notes
from newsgen.wire.contacts import is_contact_line

__all__ = ["EndMatter", "take_ends_off"]


class EndMatter:
    """The notes and credits at both ends of some copy, collected as they are taken off. Mutable; one for each item."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self.corrections: list[tuple[str, str]] = []  # (kind, text)
        self.credit: list[str] = []
        self.contacts: list[str] = []
        self.keywords: list[str] = []
        self.unparsed: list[str] = []
        self.holds: list[str] = []  # lines that hold the copy back

    def hold(self) -> tuple[str, bool]:
        """(the instant until which the copy is held, or "hold"; whether that is a guess); ("", False) if it is free."""
        read = [hold for line in self.holds if (hold := embargo.read(line))]
        if not read:
            return "", False
        latest = next((hold for hold in read if hold.until == "hold"), None) or max(read)
        return latest.until, latest.is_guess

    def add_note(self, note: notes.Note) -> None:
        """A note to the list that it belongs to."""
        text = note.text.strip()
        if note.is_public:
            self.corrections.append((note.kind, text))
        elif note.kind == "contacts":
            self.contacts.append(text)
        elif note.kind == "keywords":
            self.keywords.append(text)
        elif note.kind == "code":
            self.unparsed.append(text)
        else:
            self.notes.append(text)

    def add_credit(self, text: str) -> None:
        """A credit line, and whatever follows its bracket."""
        line = credit_lines.parse(text)
        if line.contacts:
            self.contacts.append(text.strip())
            printable = credit_lines.printable(text)
            if printable:
                self.credit.append(printable)
            return
        head, closed, rest = text.partition(")")
        rest = rest.strip()
        if text.lstrip().startswith("(") and closed and rest.strip(" ).;,"):
            self.credit.append(f"{head})".strip())
            after = notes.after(rest)
            if after:
                self.add_note(after)
            elif credit_lines.is_credit(rest):
                self.add_credit(rest)
            else:
                self.unparsed.append(rest)
        else:
            self.credit.append(text.strip())


def take_ends_off(blocks: tuple[Block, ...], ends: EndMatter) -> list[Block]:
    """The blocks without the notes at the start, and without credit and notes at the end, which `ends` gets."""
    start, stop = 0, len(blocks)
    while start < stop - 1 and not blocks[start].is_agate:
        text = blocks[start].text
        first = notes.Note(text, "contacts") if is_contact_line(text) else notes.note(text)
        if embargo.read(text):
            ends.holds.append(text)
        elif first:
            ends.add_note(first)
        else:
            break
        start += 1
    tail: list[tuple[bool, str]] = []  # (whether it is a note, text), the last first
    head = ""  # of the last paragraph, where the credit begins inside it
    while start < stop and not head and not blocks[stop - 1].is_agate:
        text = blocks[stop - 1].text
        if embargo.read(text):
            ends.holds.append(text)
            stop -= 1
            continue
        behind = notes.after(text)
        is_note = behind is not None and not (behind.kind == "contacts" and credit_lines.parse(text).credits)
        at = 0 if is_note or credit_lines.is_credit(text) else credit_lines.start_of_credit(text)
        if not is_note and (at >= len(text) or not credit_lines.is_credit(text[at:])):
            break
        tail.append((is_note, text[at:]))
        head = text[:at].strip()
        stop -= 1
    for is_note, text in reversed(tail):
        after = notes.after(text) if is_note else None
        if after:
            ends.add_note(after)
        else:
            ends.add_credit(text)
    return [*blocks[start:stop], *([Block((head,))] if head else [])]
