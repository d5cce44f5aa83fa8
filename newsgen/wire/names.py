"""Closed lists that the wire grammar shares: months, agencies, regions, groups; and what reads as a name."""

from __future__ import annotations

import re

from newsgen.wire.tables import phrases, table

__all__ = ["MONTH", "MONTHS", "REGIONS", "is_agency", "is_group", "is_name", "may_be_agency", "month_number"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)

_GROUP_WORDS = frozenset(
    """newsroom newsrooms bureau bureaus bureaux team teams unit units desk desks staff service services writers
    reporters correspondents correspondent offices office newswire newswires editors agency agencies reuters afp ifr dpa
    ansa xinhua kyodo interfax press""".split()
)
REGIONS = frozenset(
    name.strip().lower()
    for name in """Alabama,
    Ala., Alaska, Arizona, Ariz., Arkansas, Ark., California, Calif., Colorado, Colo., Connecticut, Conn.,
    Delaware, Del., Florida, Fla., Georgia, Ga., Hawaii, Idaho, Illinois, Ill., Indiana, Ind., Iowa, Kansas,
    Kan., Kentucky, Ky., Louisiana, La., Maine, Maryland, Md., Massachusetts, Mass., Michigan, Mich., Minnesota,
    Minn., Mississippi, Miss., Missouri, Mo., Montana, Mont., Nebraska, Neb., Nevada, Nev., New Hampshire, N.H.,
    New Jersey, N.J., New Mexico, N.M., New York, N.Y., North Carolina, N.C., North Dakota, N.D., Ohio,
    Oklahoma, Okla., Oregon, Ore., Pennsylvania, Pa., Rhode Island, R.I., South Carolina, S.C., South Dakota,
    S.D., Tennessee, Tenn., Texas, Utah, Vermont, Vt., Virginia, Va., Washington, Wash., West Virginia, W.Va.,
    W. Va., Wisconsin, Wis., Wyoming, Wyo., D.C., DC, Puerto Rico, P.R., Ontario, Ont., Quebec, Que., Alberta,
    Alta., Manitoba, Saskatchewan, Nova Scotia, British Columbia, B.C., New Brunswick, Newfoundland, Tex.,
    Afghanistan, Albania, Algeria, Angola, Argentina, Armenia, Australia, Austria, Azerbaijan, Bahrain,
    Bangladesh, Belarus, Belgium, Bolivia, Bosnia, Brazil, Bulgaria, Cambodia, Cameroon, Canada, Chad, Chile,
    China, Colombia, Congo, Costa Rica, Croatia, Cuba, Cyprus, Czech Republic, Denmark, Ecuador, Egypt, El
    Salvador, England, Estonia, Ethiopia, Finland, France, Gabon, Germany, Ghana, Greece, Guatemala, Haiti,
    Honduras, Hungary, Iceland, India, Indonesia, Iran, Iraq, Ireland, Israel, Italy, Ivory Coast, Jamaica,
    Japan, Jordan, Kazakhstan, Kenya, Kosovo, Kuwait, Laos, Latvia, Lebanon, Liberia, Libya, Lithuania,
    Luxembourg, Malaysia, Mali, Malta, Mauritania, Mexico, Moldova, Monaco, Mongolia, Morocco, Mozambique,
    Myanmar, Namibia, Nepal, Netherlands, New Zealand, Nicaragua, Niger, Nigeria, North Korea, Northern Ireland,
    Norway, Oman, Pakistan, Panama, Paraguay, Peru, Philippines, Poland, Portugal, Qatar, Romania, Russia,
    Rwanda, Saudi Arabia, Scotland, Senegal, Serbia, Singapore, Slovakia, Slovenia, Somalia, South Africa, South
    Korea, Spain, Sri Lanka, Sudan, Sweden, Switzerland, Syria, Taiwan, Tajikistan, Tanzania, Thailand, Tunisia,
    Turkey, Uganda, Ukraine, United Arab Emirates, United States, Uruguay, Uzbekistan, Venezuela, Vietnam,
    Wales, West Germany, East Germany, Yemen, Yugoslavia, Zambia, Zimbabwe, Britain, U.K., UK, U.S., USA""".split(",")
)
_PARTICLES = frozenset(
    "de da di del della der den van von la le du dos das do al el bin ibn ten ter y e of the and".split()
)
_WORD = re.compile(r"[^\W\d_]")


def month_number(word: str) -> int:
    """1 to 12 for a month's name or abbreviation, 0 for any other word."""
    start = word[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def is_agency(text: str) -> bool:
    """Whether words in brackets after a place are an agency: by the tables, or by a word such as Wire or News."""
    low = text.casefold()
    known = phrases("agencies", "names")
    words = low.split()
    if not words or len(words) > 5:
        return False
    return (
        low in known
        or (len(low) > 6 and text[:1].isupper() and " " not in low and low.endswith(("news", "wire")))
        or (len(words) == 1 and low.endswith((".com", ".co", ".net", ".org", ".ru", ".id", ".in")))
        or ("/" in low and " / " not in low and any(part in known for part in low.split("/")))
        or (
            1 < len(words) < 4
            and words[0] in known
            and (text.split()[0].isupper() or words[0] in ("reuters", "xinhua", "dpa"))
            and all(word[:1].isupper() and not word.isupper() for word in text.split()[1:])
            and not words[-1].startswith(("photo", "picture", "video", "writer", "reporter"))
        )  # Reuters Health, AP Business
        or (len(words) == 1 and "-" in low and any(len(part) > 2 and part in known for part in low.split("-")))
        or all(word.rstrip("!") in known for word in words)
        or (
            text[:1].isupper()
            and not {",", "|"} & set(text)
            and any(word in phrases("agencies", "words") for word in words[1:])
        )
    )


def may_be_agency(text: str) -> bool:
    """Whether words in brackets after a place may be an agency: up to four that read as a name, with no figure."""
    name = text.partition(" - ")[0]
    words = name.split()
    if not 0 < len(words) <= 5 or not 1 < len(name) <= 40 or name in table("agencies")["never"]:
        return False
    if is_agency(name) or (name[:1].isupper() and words[0].casefold() in phrases("agencies", "words")):
        return True
    return not any(mark.isdigit() for mark in name) and (
        all(not word[:1].islower() and word[:1].isalpha() for word in words) or (len(words) == 1 and name.isalpha())
    )


def is_group(name: str) -> bool:
    """Whether a credited name is a desk, a bureau or a team rather than a person."""
    return any(word.strip(".,").lower() in _GROUP_WORDS for word in name.split()) or (name.isupper() and len(name) < 4)


def is_name(text: str) -> bool:
    """Whether `text` can name a person or a group: up to six words that begin with capitals, but for particles."""
    words = text.split()
    if not 0 < len(words) <= 6:
        return False
    for word in words:
        first = next((mark for mark in word if _WORD.match(mark)), "")
        if not first or (any(mark.isdigit() for mark in word) and not is_group(text)):
            return False
        if (
            first.islower()
            and word.lower() not in _PARTICLES
            and not (word[:2].lower() in ("d'", "d’", "al", "el") or words[-1].lower().strip(".,") in _GROUP_WORDS)
        ):
            return False
    return True
