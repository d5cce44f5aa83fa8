"""Bytes in the encodings of the world: read exactly, or in doubt; never wrongly in silence."""

from __future__ import annotations

import codecs

import pytest

from newsgen.formats.encoding import Text, is_text, read_text
from newsgen.formats.item import Item
from newsgen.formats.registry import read_items
from newsgen.model.story import Doubt
from tests.support.languages import STORIES

LATIN = "cp1252 iso8859_1 iso8859_15 cp850 cp437 mac_roman"
WINDOWS = ("cp1252", "iso8859_1", "iso8859_15")
CENTRAL = "cp1250 iso8859_2 cp852"
ENCODINGS = {
    "ja": "cp932 euc_jp", "zh": "gb18030", "zh-Hant": "big5", "ko": "euc_kr", "ru": "koi8_r cp1251 cp866 iso8859_5",
    "uk": "cp1251 iso8859_5 koi8_u", "bg": "cp1251 iso8859_5 cp866 mac_cyrillic", "pl": CENTRAL, "cs": CENTRAL,
    "hu": CENTRAL, "hr": CENTRAL, "ro": CENTRAL, "tr": "cp1254 iso8859_9 cp857", "el": "cp1253 iso8859_7 cp737",
    "he": "cp1255 iso8859_8 cp862", "ar": "cp1256 iso8859_6", "fr": LATIN, "de": LATIN, "es": LATIN, "pt": LATIN,
    "it": LATIN, "sv": LATIN, "da": LATIN, "fi": LATIN, "is": LATIN, "en": LATIN,
}  # fmt: skip
WORLD = sorted({name for names in ENCODINGS.values() for name in names.split()} | {"iso2022_jp", "utf_16_le", "utf_8"})
PLAIN_SIGNS = str.maketrans("–’“”«»", '-\'""""')
COPY = "Harwick fair opens\n\nHARWICK, June 4 (Northern Wire) - The fair of Harwick opened on Tuesday. {}\n"


def encoded(text: str, encoding: str) -> tuple[str, bytes] | None:
    """A text, if need be without the signs that the encoding lacks, and its bytes; None where it has no letters."""
    for one in (text, text.translate(PLAIN_SIGNS)):
        try:
            return one, one.encode(encoding)
        except UnicodeEncodeError:
            continue
    return None


def read(data: bytes) -> Text:
    found = read_text(data)
    assert found
    return found


@pytest.mark.parametrize(
    ("language", "encoding"), [(language, one) for language, names in ENCODINGS.items() for one in names.split()]
)
def test_a_story_in_an_encoding_of_its_language_is_exact(language: str, encoding: str) -> None:
    made = encoded(STORIES[language], encoding)
    if made is None:  # has no letters for it
        assert (language, encoding) in {("pt", "cp437"), ("da", "cp437"), ("is", "cp437"), ("is", "mac_roman")}
        return
    found = read(made[1])
    assert found.text == made[0]
    assert bool(found.guess) == (language not in ("de", "fi") or encoding not in WINDOWS)  # of those nothing is odd


@pytest.mark.parametrize("encoding", WORLD)
def test_nothing_is_wrong_in_silence(encoding: str) -> None:
    pieces = [piece for story in STORIES.values() for piece in (story, *story.split("\n\n"))]
    made = [pair for piece in pieces if (pair := encoded(piece, encoding))]
    assert made
    found = [(text, read_text(data)) for text, data in made]
    assert [text for text, one in found if one and one.text != text and not one.guess] == []
    assert encoding == "utf_16_le" or all(one for _text, one in found)  # that may be binary where it has no blank


@pytest.mark.parametrize(
    ("word", "encoding", "guess"),
    [
        ("The mill’s keeper couldn’t come: “It’s late,” he said.", "cp1252", ""),
        ("Zoë Müller and Jérôme Schäfer, Köln", "cp1252", "Windows-1252"),  # as Czech too
        ("Jürgen Müller, Jörg Schröder", "cp1252", ""),
        ("The café is closed.", "iso8859_1", "Windows-1252"),  # one word is no proof
        ("Ein Café und das Theâtre", "cp1252", "Windows-1252"),
        ("The café is closed.", "cp850", "DOS code page 850"),
        ("The café is closed.", "mac_roman", "Mac Roman"),
        ("• Rain\n• Wind", "cp1252", "Windows-1252"),
        ("“It is late,” he said — and left.", "mac_roman", "Mac Roman"),
        ("“It is late,” he said — and left.", "gb18030", "GB18030"),
        ("rain — and wind", "big5", "Big5"),
        ("Lech Wałęsa’s tram", "cp1250", "Windows-1250"),
        ("a – b", "utf_16_le", ""),
    ],
)
def test_a_few_letters_in_english(word: str, encoding: str, guess: str) -> None:
    found = read(COPY.format(word).encode(encoding))
    assert found.text == COPY.format(word)
    assert found.guess.startswith(guess)
    assert bool(found.guess) == bool(guess)


@pytest.mark.parametrize("encoding", ["utf_8_sig", "utf_16", "utf_32", "iso2022_jp", "iso2022_kr", "utf_8"])
def test_bytes_that_say_their_encoding_are_no_guess(encoding: str) -> None:
    text = STORIES["ko" if encoding == "iso2022_kr" else "ja"].replace("【", "(").replace("】", ")")
    assert read(text.encode(encoding)) == Text(text)


@pytest.mark.parametrize("encoding", ["utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be"])
@pytest.mark.parametrize("language", ["en", "ja", "ru", "ar"])
def test_wide_characters_without_a_mark(encoding: str, language: str) -> None:
    found = read(STORIES[language].encode(encoding))
    is_clear = language == "en" or encoding.startswith("utf_32")
    assert found == Text(STORIES[language], "" if is_clear else encoding.upper().replace("_", "-"))


@pytest.mark.parametrize(
    ("data", "text", "guess"),
    [
        ("Käthe, café – é".encode() + b" caf\xe9", "Käthe, café – é café", "UTF-8, but for 1 byte"),
        ("“Ja” ".encode() + b"\x93Ja\x94", "“Ja” “Ja”", "UTF-8, but for 2 bytes"),
        ("Ein Café ist “zu”".encode()[:-1], "Ein Café ist “zu\ufffd", "UTF-8, but for 2 bytes; 1 character lost"),
        ("„Käthe“ ".encode() + b"\x84Caf\xe9\x93 ja", "„Käthe“ „Café“ ja", "UTF-8, but for 3 bytes"),
        (
            "燈塔修繕完工".encode()[:-2] + "燈塔".encode(),
            "燈塔修繕完\ufffd燈塔",
            "UTF-8, but for 1 byte; 1 character lost",
        ),
        ("燈塔修繕完工".encode() + b"\x81", "燈塔修繕完工\ufffd", "UTF-8, but for 1 byte; 1 character lost"),
        ("a \ufffd b \ufffd".encode(), "a \ufffd b \ufffd", "2 characters lost"),
        (codecs.BOM_UTF16_LE + "a b".encode("utf_16_le") + b"\0", "a b\ufffd", "1 character lost"),
    ],
)
def test_a_bad_byte_does_not_spoil_a_file(data: bytes, text: str, guess: str) -> None:
    assert read(data) == Text(text, guess)


@pytest.mark.parametrize(
    ("data", "text", "guess"),
    [
        (b"It=E2=80=99s a long =\r\nline=20\r\nx =3D y", "It’s a long line \nx = y", "quoted-printable"),
        (b"caf=E9 ferm=E9 =\n le march=E9", "café fermé  le marché", "quoted-printable"),
        (b"Fair opens =\nHARWICK", "Fair opens =\nHARWICK", ""),  # an old wire message
        (b"www.wire.example/?id=C3&at=2", "www.wire.example/?id=C3&at=2", ""),
        (b"x =2 or =E2=80=99", "x =2 or =E2=80=99", ""),
    ],
)
def test_quoted_printable(data: bytes, text: str, guess: str) -> None:
    found = read(data)
    assert found.text == text
    assert found.guess.startswith(guess)
    assert bool(found.guess) == bool(guess)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 text", b"\x89PNG\r\n", b"PK\x03\x04abc", bytes(range(32)) * 20,
        b"\xff\xfe" + bytes(range(1, 32)) * 9,
        b"a\0\0\0b" * 50, bytes(n * 7 % 256 for n in range(2000)), b"\1\0\2\0\3\0\4\0\n\0" * 40,
    ],
)  # fmt: skip
def test_binary_files_are_refused(data: bytes) -> None:
    assert not is_text(data)
    assert read_text(data) is None


@pytest.mark.parametrize("data", ["5 юни.".encode("cp866"), "A на B".encode("cp855"), "Xiǎo".encode()])
def test_what_may_be_valid_utf_8_by_chance_is_a_guess(data: bytes) -> None:
    assert read(data) == Text(data.decode(), "UTF-8")


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("灯塔 is open".encode("hz"), Text("灯塔 is open", "HZ")),
        (b"~{ and ~} in copy ~ {}", Text("~{ and ~} in copy ~ {}")),
        (
            "灯台の".encode("iso2022_jp") + b"\x1b$B\x7f\x7f\x1b(B",
            Text("灯台の\ufffd", "ISO-2022-JP; 1 character lost"),
        ),
    ],
)
def test_alphabets_by_escapes(data: bytes, found: Text) -> None:
    assert read(data) == found


def test_a_record_that_is_filled_up_is_text() -> None:
    assert read(b"Fair opens\n" + bytes(90)).text.rstrip() == "Fair opens"


def test_letters_far_down_in_a_file_count() -> None:
    text = "The fair opened.\n" * 5000 + "Ларри Браун\nХарвик\nгород у моря, маяк и порт открыты для посетителей"
    assert read(text.encode("koi8_r")) == Text(text, "KOI8-R")


def test_a_long_line_without_blanks_takes_no_longer_for_its_length() -> None:
    text = "a" * 500_000 + "\xe9" + "b" * 500_000
    assert read(text.encode("cp1252")).text == text


def test_the_guess_and_the_words_as_sent_are_in_the_story_file() -> None:
    copy = COPY.format("The AT&amp;T cafÃ© is open.").encode()
    (item,) = read_items("a.txt", copy, "", "2020-01-01")
    assert isinstance(item, Item)
    assert "The AT&T café is open." in item.body
    assert Doubt("body", "encoding-guessed", "cafÃ© read as café") in item.doubts
    assert "('AT&amp;T', 'cafÃ©')" in str(item.front["source"])
