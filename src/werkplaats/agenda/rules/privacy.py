"""Finding what points to a person in a question: numbers, addresses, likely names of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from stdnum.nl import bsn

_DATA = Path(__file__).parents[1] / "data"

_at = r"(?:\s?@\s?|\s?[\[(]at[\])]\s?)"
_mail = re.compile(rf"(?<![\w.+-])[\w.+-]+{_at}[\w-]+(?:\.[\w-]+)+")
_handle = re.compile(r"(?<![\w@.+-])@[^\W\d][\w.]{1,29}\w")
_phone = re.compile(r"(?<![\d.])(?:\+31|0031|\(?0)[\s().-]*\d(?:[\s().-]*\d){7,8}(?!\d)")

_iban = re.compile(
    r"\b(?:(?i:nl)[\s.-]?\d\d[\s.-]?[A-Za-z]{4}(?:[\s.-]?\d){10}|[A-Z]{2}\d\d(?:\s?[A-Z]{4})?(?:\s?\d){10,26})(?!\w)"
)
_nine = re.compile(r"(?<![\d.,+€-])(?<!€ )\d{3}[ .-]?\d{3}[ .-]?\d{3}(?![\d]|[.,]\d|\s*(?:euro|inwoners|mensen)\b)")
_told_bsn = re.compile(
    r"(?i:\b(?:bsn|burgerservicenummer|sofi-?nummer)\W{0,3}(?:is\s|nr\.?\s|nummer\s)?\W?)(\d(?:[ .-]?\d){7,8})\b"
)
_months = (
    r"jan(?:uari)?|febr?(?:uari)?|maart|mrt|apr(?:il)?|mei|juni?|juli?|aug(?:ustus)?|sept?(?:ember)?|okt(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?"
)
_born = re.compile(
    r"(?i:\b(?:geboren|geb\.?|geboortedatum|geboortedag)(?:\s+(?:is|op|d\.?d\.?|in\s+\w+\s+op))?[\s:,]+)"
    rf"(\d{{1,2}}(?:\s?[-/. ]\s?\d{{1,2}}\s?[-/. ]\s?|\.?\s+(?i:{_months})\.?\s+)(?:\d{{4}}|\d\d)(?!\d))"
)

_ways = "straat|weg|laan|plein|dijk|kade|gracht|hof|singel|steeg|park|pad|plantsoen"
_no_streets = (
    r"onderweg|uitweg|omweg|snelweg|autoweg|luchtweg|fietspad|voetpad|wandelpad|levenspad|zorgpad|leerpad|groeipad"
    r"|vakantiepark|bungalowpark|pretpark|wagenpark|machinepark|schoolplein|gerechtshof"
)
_house = (
    r",?\s+(?:nr\.?\s*|nummer\s+)?[1-9]\d{0,4}(?!\d)(?:[-/ ]?(?![xX])[a-zA-Z](?!\w))?"
    r"(?:\s?[-/]\s?\w{1,4}(?!\w))?(?!\w|[.,:]\d)"
    r"(?!\s*(?:%|(?i:km|kilometer|meter|uur|minuten|dag|dagen|weken|maanden|jaar|keer|euro|procent|mensen|bewoners"
    r"|huizen|woningen|gezinnen|kinderen|winkels|bomen|auto[’']?s)\b))"
)
_street = re.compile(
    rf"(?:(?<![\w'’-])(?:[A-ZÀ-ÖØ-Þ](?:[\w'’-]*|\w{{0,3}}\.)\s+(?:(?:de|den|der|van|het)\s+){{0,2}}){{1,3}})?"
    rf"(?<![\w'’-])(?!(?i:{_no_streets})\b)[^\W\d_][\w'’-]+(?i:{_ways})(?<!\d){_house}"
    rf"|\b(?:Laan|Weg|Plein|Hof|Kade|Park)\s+(?:van|der|naar)\s+(?:(?:de|den|het)\s+)?[A-ZÀ-ÖØ-Þ][\w'’-]+{_house}"
)
# Words that open a sentence before a street.
_before_street = re.compile(
    r"(?:(?i:op|in|aan|bij|naar|over|uit|achter|voor|langs|rond|tegenover|tussen|ik|wij|onze?|mijn|adres)\s+(?:(?:de|het)\s+)?)+"
)
_postcode = re.compile(r"(?<![\w.,-])(?P<digits>[1-9]\d{3})(?P<space>\s?)(?P<letters>[A-Z]{2}|[a-z]{2})(?!\w)")
# Two letters behind four digits and a space that are a word or a measure.
_no_postcode = frozenset(
    "aan af al as au be bv ca cd cm co da de di dm dr ds du dj eg ei el en er eu ex fm ga gb ge gr ha he hg hm ho hr"
    " id ie ik il in is iv ja je jl jr kg km la le li lo ma mb me mg mi ml mm na ne nl no nu nr of oh om on op os ov"
    " pa pc pk pm pr re sa sd ss st te tl tv ui uk un up us uw va vs wa we wo ws xl ze zo zn".split()
)

_between = r"(?:van|de|der|den|het|ter|ten|te|el|al|ben|von|du|la|'t|Van|De|Der|Den|El|Al|Ben|Ter|Ten)"
_capital = r"[A-ZÀ-ÖØ-Þ][\w'’-]*[a-zà-öø-ÿ][\w'’-]*"
_initials = r"(?:[A-Z]\.\s?){1,4}"
_surname = rf"(?:(?:{_between}\s+){{0,3}}{_capital}(?:-{_capital})?)"
# After these almost any word can be a name; after the others, in lower case, only one we know.
_titles = r"mevrouw|mevr\.?|mw\.?|meneer|mijnheer|de heer|dhr\.?|dokter|dr\.?|familie|fam\.?"
_callings = (
    r"drs\.?|professor|prof\.?|zuster|broeder|juf|juffrouw|meester|pastoor|dominee|ds\.|imam|pater|wethouder"
    r"|burgemeester"
)
_kin = (
    r"buurvrouw|buurman|buurjongen|buurmeisje|buur|zoon|zoontje|dochter|dochtertje|vriend|vriendin|collega|broer|zus"
    r"|zusje|broertje|moeder|vader|man|vrouw|partner|oma|opa|tante|oom|neef|nicht|kleinzoon|kleindochter|schoonmoeder"
    r"|schoonvader|schoonzus|ex|client|cliënt|cliënte|kind|jongen|meisje|mantelzorger"
    r"|\w*verpleegkundige|\w*begeleider|\w*begeleidster|\w*werker|\w*werkster|\w*hulpverlener|\w*consulent\w*"
    r"|\w*ondersteuner|\w*coach|\w*verzorgende|huisarts|therapeut|psycholoog|psychiater|vrijwilliger|vrijwilligster"
)
_titled = re.compile(rf"(?i:\b(?:{_titles}|{_callings}))\s+(?P<name>(?:{_initials})?{_surname}(?:\s+{_surname})?)")
_related = re.compile(rf"(?i:\b(?:{_kin}))\s+(?P<name>(?:{_initials})?{_capital}(?:\s+{_surname})?)")
_initialled = re.compile(rf"(?<![\w.])(?P<name>{_initials}{_surname})")
_word = re.compile(rf"{_capital}")
_after = re.compile(rf"\s+{_surname}")

# The same without capitals.
_low_titled = re.compile(
    rf"\b(?:(?P<title>{_titles})|{_callings})(?:\s+|(?<=\.)\s*)(?P<initials>(?:[a-z]\.\s?){{0,4}})(?=['’]?[^\W\d_])"
)
_low_related = re.compile(
    rf"\b(?:{_kin}|stief\w+|schoonzoon|schoondochter|schoonbroer|kinderen|kleinkind\w*|zonen|zoons|dochters|buren|nichtje"
    r"|neefje|maatje|bewindvoerder|casemanager)(?:\s+(?:heet|genaamd))?,?\s+(?=[^\W\d_])"
)
_low_word = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_low_prefix = re.compile(
    r"(?P<prefix>van\s+(?:den?|der|['’]t)|op\s+(?:den|['’]t)|in\s+['’]t|van|von|den?|der|ter|ten|el|al|du|la|le|ait|['’]t)\s+"
)
_low_second = re.compile(rf"-(?:{_low_prefix.pattern})?{_low_word.pattern}")
_low_and = re.compile(r"(?:,|\s+en|\s*&)\s+(?=[^\W\d_])")
_gap = re.compile(r"\s+")
# Endings of verbs, adverbs and nouns that surnames hardly have; behind van or de a name may end in more ways.
_no_surname = re.compile(
    r"(?:[^s]en|end|ende|ers|jes|je|ing|tie|sie|heid|teit|age|isch|ische|lijk|lijke|ig|ige|eel|ële|loos|baar|zaam"
    r"|schap|team|arts|huis|zorg|hulp|[^s]heid)$"
)
_no_bare_surname = re.compile(r"(?:t|de|te|ens|ks|wijs|jaar)$")

# Capitalised words that follow a kin word or a role without being a person.
_NO_NAMES = frozenset(
    "wmo ggz wlz ggd uwv svb bsn pgb mbo hbo movisie nederland nederlandse wijk buurt gemeente veilig sociaal sociale"
    " thuis ik hij zij wij jij u we het de een in op of en maar wat hoe wie waar waarom wanneer kan kunnen mag moet"
    " mijn onze turkse marokkaanse syrische poolse surinaamse oekraïense islamitische christelijke".split()
)
# First names that are words too, and so not in the list: only behind mijn zoon, onze begeleider and the like.
_KIN_NAMES = frozenset("mark bas els max roos merel floor lot guus jet fay bo".split())


@dataclass(frozen=True)
class Finding:
    """A piece of the text: ``kind`` is naam, telefoon, mail, adres or nummer; [start, end) in characters."""

    kind: str
    start: int
    end: int
    words: str


@cache
def _listed(name: str) -> frozenset[str]:
    lines = (_DATA / name).read_text().splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _first_names() -> frozenset[str]:
    return _listed("first_names.txt")


def find(text: str) -> list[Finding]:
    """What is likely to point to a person, in order, without overlap.

    A guess that asks the writer to look again; it proves nothing and misses things.
    """
    found = [Finding("mail", *match.span(), match.group()) for match in _mail.finditer(text)]
    found += [Finding("mail", *match.span(), match.group()) for match in _handle.finditer(text)]
    found += [Finding("nummer", start, end, text[start:end]) for start, end in _numbers(text)]
    found += [_whole_number(match) for match in _phone.finditer(text)]
    found += [Finding("adres", start, end, text[start:end]) for start, end in _addresses(text)]
    found += _names(text)
    kept: list[Finding] = []
    for finding in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
        elif finding.end > kept[-1].end:
            # Two that overlap hide together all that either would.
            first = kept.pop()
            kept.append(Finding(first.kind, first.start, finding.end, text[first.start : finding.end]))
    return kept


def _whole_number(match: re.Match[str]) -> Finding:
    """A phone number without the bracket before it, when that one is closed only after it: (06-...)."""
    words, start = match.group(), match.start()
    if words.startswith("(") and ")" not in words:
        words, start = words[1:], start + 1
    return Finding("telefoon", start, match.end(), words)


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Bank accounts, citizen service numbers, and dates of birth that are said to be one."""
    for match in _iban.finditer(text):
        yield match.span()
    for match in _nine.finditer(text):
        if bsn.is_valid(match.group()):
            yield match.span()
    for pattern in (_told_bsn, _born):
        for match in pattern.finditer(text):
            yield match.span(1)


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """A street with a house number, and a postcode."""
    for match in _street.finditer(text):
        opening = _before_street.match(text, match.start(), match.end())
        start = opening.end() if opening else match.start()
        yield start, match.end()
    for match in _postcode.finditer(text):
        if not match["space"] or match["letters"].lower() not in _no_postcode:
            yield match.span()


def _names(text: str) -> list[Finding]:
    low = _lowered(text)
    shown = low if _in_capitals(text) else text
    spans = [*_capital_names(shown), *_low_names(low, shown)]
    return [Finding("naam", start, end, text[start:end]) for start, end in spans]


def _lowered(text: str) -> str:
    """In lower case, every letter still in its place."""
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _in_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isupper() for letter in letters) > 0.6 * len(letters)


def _capital_names(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_titled, _related, _initialled):
        for match in pattern.finditer(text):
            name = match.group("name").rstrip(".,;:!?'’-")
            if name.split()[0].lower() not in _NO_NAMES:
                yield match.start("name"), match.start("name") + len(name)
    for match in _word.finditer(text):
        if match.group().lower() in _first_names():
            # A known first name takes the capitalised words behind it along.
            rest = _after.match(text, match.end())
            yield match.start(), rest.end() if rest else match.end()


def _low_names(low: str, shown: str) -> Iterator[tuple[int, int]]:
    """Names without capitals: only behind a title, and first names behind a kin word or a role."""
    for match in _low_titled.finditer(low):
        if end := _low_title_end(low, shown, match.end(), known_only=match["title"] is None):
            yield match.start("initials"), end
    for match in _low_related.finditer(low):
        start: int | None = match.end()
        while start is not None and (end := _low_first_end(low, shown, start, _KIN_NAMES)):
            yield start, end
            more = _low_and.match(low, end)
            start = more.end() if more else None


def _low_first_end(low: str, shown: str, start: int, also: frozenset[str] = frozenset()) -> int | None:
    """The end of a known first name here, with the surname behind it if that is surely one."""
    first = _low_word.match(low, start)
    if not first or first.group() not in _first_names() | also:
        return None
    if capital := _after.match(shown, first.end()):
        return capital.end()
    if not (gap := _gap.match(low, first.end())):
        return first.end()
    if end := _low_prefixed_end(low, gap.end()):
        return end
    word = _low_word.match(low, gap.end())
    return word.end() if word and word.group() in _listed("surnames.txt") else first.end()


def _low_title_end(low: str, shown: str, start: int, *, known_only: bool) -> int | None:
    """The end of the name behind a title."""
    if end := _low_first_end(low, shown, start) or _low_prefixed_end(low, start):
        return end
    word = _low_word.match(low, start)
    if not word or not _like_surname(word.group(), known_only=known_only, bare=True):
        return None
    return _low_second_end(low, word.end())


def _low_prefixed_end(low: str, start: int) -> int | None:
    """The end of a surname that begins with van, de, el and so on."""
    prefix = _low_prefix.match(low, start)
    word = _low_word.match(low, prefix.end()) if prefix else None
    if not prefix or not word:
        return None
    # "al jaren", "ten slotte", "van hiernaast": only what looks like a surname.
    bare = prefix["prefix"] == "al"
    return _low_second_end(low, word.end()) if _like_surname(word.group(), known_only=False, bare=bare) else None


def _low_second_end(low: str, end: int) -> int:
    """The end of the second half of a double name, "jansen-de vries", if there is one."""
    second = _low_second.match(low, end)
    return second.end() if second else end


def _like_surname(word: str, *, known_only: bool, bare: bool) -> bool:
    if word in _listed("surnames.txt") or word in _first_names():
        return True
    ordinary = word in _NO_NAMES or word in _listed("ordinary_words.txt")
    if word in _listed("word_surnames.txt"):
        return not (bare and ordinary)
    if known_only or ordinary or len(word) < 3:
        return False
    return not _no_surname.search(word) and not (bare and _no_bare_surname.search(word))


def spans_of(text: str, words: str) -> list[tuple[int, int]]:
    """Where exactly these words stand in a text: whole words, whatever their case and the white space between."""
    pieces = words.split()
    if not pieces:
        return []
    before = r"(?<!\w)" if re.match(r"\w", pieces[0]) else ""
    behind = r"(?!\w)" if re.search(r"\w\Z", pieces[-1]) else ""
    pattern = before + r"\s+".join(re.escape(piece) for piece in pieces) + behind
    return [match.span() for match in re.finditer(pattern, text, re.IGNORECASE)]
