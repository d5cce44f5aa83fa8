"""The alphabets of scripts and languages: which letters, in which order. Data for collation.py.

An alphabet is a text of letters between blanks, in order. Letters joined by `/` are one to a reader who looks for a
name; the first of them is the heading. The orders are those of CLDR: the root order (UAX 10), and what a language
changes in it.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LANGUAGES", "NAMED", "ROOT", "SAME"]

# By script (ISO 15924), where the order is not that of the code points. Letters with marks that are not here are their
# letter without the marks.
ROOT: Mapping[str, str] = {
    "Latn": "a b c d e ə f g ɣ h i j k ĸ l m n ŋ o ɔ p q r s t u v w x y z ʒ þ ƿ",
    "Grek": "α β γ δ ε ϝ ζ η θ ι κ λ μ ν ξ ο π ϟ ρ σ τ υ φ χ ψ ω",
    "Cyrl": "а ә б в г ґ ғ ҕ д ђ е є ж з ѕ и і й ј к қ л љ м н ң њ о ө п р с т ћ у ү ұ ф х һ ц ч џ ш щ ъ ы ь ѣ э ю я",
    "Arab": "ء ا/ٱ/ٲ/ٳ ب ٻ پ ة ت ث ٹ ٺ ټ ٽ ٿ ج ڃ ڄ چ ڇ ح خ ځ څ د ذ ڈ ډ ڊ ڌ ڍ ڎ ر ز ڑ ړ ڕ ږ ژ ڙ س ش ښ ص ض ط ظ ع غ ڠ "
    "ف ڤ ڦ ق ك/ک ڪ ګ ڬ ڭ گ ڱ ڳ ل ڵ ڷ م ن ں ڼ ڽ ه ھ ہ ە و ۆ ۇ ۈ ۋ ۉ ى ي/ی ې ێ ۍ ے",
}

# By language: what is other than in the root order, each time after a letter: `s š` puts š after s. With `=` the whole
# alphabet.
LANGUAGES: Mapping[str, str] = {
    "az": "= a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v w y z",
    "be": "у ў",
    "bs": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "ckb": "= ئ ا ب پ ت ج چ ح خ د ر ڕ ز ژ س ش ع غ ف ڤ ق ک/ك گ ل ڵ م ن و ۆ ه/ھ ە ی/ي ێ",
    "cs": "c č, h ch, r ř, s š, z ž",
    "cy": "c ch, d dd, f ff, g ng, l ll, p ph, r rh, t th",
    "da": "z æ/ä ø/ö å/aa",
    "eo": "c ĉ, g ĝ, h ĥ, j ĵ, s ŝ, u ŭ",
    "es": "n ñ",
    "et": "= a b c d e f g h i j k l m n o p q r s š z ž t u v/w õ ä ö ü x y",
    "fa": "= آ ا/ٱ ء ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک/ك گ ل م ن و ه/ة ی/ي/ى",
    "fi": "z å ä/æ ö/ø",
    "fo": "d ð, z æ/ä ø/ö å",
    "gl": "n ñ",
    "hr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "hu": "c cs, d dz dzs, g gy, l ly, n ny, o ö/ő, s sz, t ty, u ü/ű, z zs",
    "is": "= a á b c d ð e é f g h i í j k l m n o ó p q r s t u ú v w x y ý z þ æ/ä ö/ø å",
    "lt": "c č, s š, z ž",
    "lv": "c č, g ģ, k ķ, l ļ, n ņ, r ŗ, s š, z ž",
    "mk": "д ѓ, т ќ",
    "nb": "z æ/ä ø/ö å/aa",
    "nn": "z æ/ä ø/ö å/aa",
    "no": "z æ/ä ø/ö å/aa",
    "pl": "a ą, c ć, e ę, l ł, n ń, o ó, s ś, z ź ż",
    "ps": "= آ ا/ٱ ب پ ت ټ ث ج ځ چ څ ح خ د ډ ذ ر ړ ز ژ ږ س ش ښ ص ض ط ظ ع غ ف ق ک/ك ګ/گ ل م ن ڼ و ه ۀ ء ی ې ۍ ئ/ي",
    "ro": "a ă â, i î, s ș/ş, t ț/ţ",
    "sk": "a ä, c č, h ch, o ô, s š, z ž",
    "sl": "c č ć, d đ, s š, z ž",
    "sq": "c ç, d dh, e ë, g gj, l ll, n nj, r rr, s sh, t th, x xh, z zh",
    "sr": "c č ć, d dž đ, l lj, n nj, s š, z ž",
    "sv": "z å ä/æ ö/ø",
    "tr": "c ç, g ğ, h ı, o ö, s ş, u ü",
    "uk": "і ї",
    "ur": "= آ ا/ٱ ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک/ك گ ل م ن ں و ہ/ه ھ ء ی/ي/ى ے",
    "vi": "a ă â, d đ, e ê, o ô ơ, u ư",
}

# Letters that Unicode does not take apart, by what they are sorted as where an alphabet does not have them.
SAME: Mapping[str, str] = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "ך": "כ", "ם": "מ",
    "ן": "נ", "ף": "פ", "ץ": "צ", "ـ": "",
}  # fmt: skip

# How the names of a script's letters begin in Unicode, by script: those of a language come first on its sites.
NAMED: Mapping[str, tuple[str, ...]] = {
    "Arab": ("ARABIC",), "Armn": ("ARMENIAN",), "Beng": ("BENGALI",), "Cyrl": ("CYRILLIC",), "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",), "Geor": ("GEORGIAN",), "Grek": ("GREEK",), "Gujr": ("GUJARATI",), "Guru": ("GURMUKHI",),
    "Hans": ("CJK", "BOPOMOFO"), "Hant": ("CJK", "BOPOMOFO"), "Hebr": ("HEBREW",), "Jpan": ("HIRAGANA", "CJK"),
    "Khmr": ("KHMER",), "Knda": ("KANNADA",), "Kore": ("HANGUL", "CJK"), "Laoo": ("LAO",), "Latn": ("LATIN",),
    "Mlym": ("MALAYALAM",), "Mymr": ("MYANMAR",), "Orya": ("ORIYA",), "Sinh": ("SINHALA",), "Syrc": ("SYRIAC",),
    "Taml": ("TAMIL",), "Telu": ("TELUGU",), "Thaa": ("THAANA",), "Thai": ("THAI",), "Tibt": ("TIBETAN",),
}  # fmt: skip
