"""Which words are found by each other, which are not, and what a compound is made of.

The tables are the work order of ``catalogue/data/families.txt`` and ``parts.txt``: who changes those lists looks here
for what they must do.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

from tests.places.shipped import DATA, MUNICIPALITIES
from werkplaats import catalogue, terms
from werkplaats.catalogue.language import families, parts, plain_words, root, stopwords

LISTS = Path(catalogue.__path__[0], "data")

# Words of one line are found by each other.
MEET = """
schuld schulden
eenzaam eenzame eenzamen eenzaamheid
arm arme armen armoede
mantelzorg mantelzorger mantelzorgers mantelzorgster
kwetsbaar kwetsbare kwetsbaren kwetsbaarheid
weerbaar weerbare weerbaarheid
zelfredzaam zelfredzame zelfredzaamheid
zelfstandig zelfstandige zelfstandigheid
dakloos dakloze daklozen dakloosheid
werkloos werkloze werklozen werkloosheid
verslaafd verslaafden verslaving
gehandicapt gehandicapten handicap
ziek zieke ziekte ziekten
gezond gezonde gezondheid
psychiatrie psychiater psychiatrische
dementie dement dementerenden
oudere ouderen
ouder ouders
jongere jongeren
kind kinderen
gezin gezinnen
buur buren buurvrouw
mens mensen
client clienten
vrijwilliger vrijwilligers vrijwillige vrijwilligerswerk
professional professionals professionele
gemeente gemeenten gemeentelijk gemeentelijke
gebied gebieden
wijk wijken
stad steden stedelijke
regio regionale
lokaal lokale
sociaal sociale
informeel informele
inclusie inclusief inclusieve
preventie preventief preventieve
participatie participeren participeert
samenwerken samenwerking samenwerkt samengewerkt
meedoen meedoet meegedaan
deelnemen deelneemt deelgenomen deelname deelnemers
helpen helpt hielp geholpen
zorgen zorgt zorgde zorg
wonen woont woonde woning
werken werkt gewerkt
leren leert geleerd
betalen betaalt betaald
begeleiden begeleidt begeleiding begeleider
ondersteunen ondersteunt ondersteuning ondersteuner
behandelen behandelt behandeling
verplegen verpleging verpleegkundige verpleegkundigen
hulpverlening hulpverlener hulpverleners
opvoeden opvoedt opgevoed opvoeding opvoeders
signaleren signaleert signalering signalen
mishandelen mishandeld mishandeling
veilig veilige veiligheid
verbinden verbindt verbonden verbinding
ontmoeten ontmoet ontmoeting
beslissen beslist beslissing
onderzoek onderzoeken onderzocht
evaluatie evalueren geevalueerd
meten meet gemeten meting
ontwikkelen ontwikkelt ontwikkeld ontwikkeling
verbeteren verbetert verbeterd verbetering
veranderen verandert verandering
organisatie organisaties organiseren georganiseerd
effectief effectieve effectiviteit
methode methoden methodiek methodisch
opleiding opleidingen opgeleid
competentie competenties competent
reflectie reflecteren reflexiviteit
digitaal digitale digitalisering
probleem problemen problematiek
kans kansen
grens grenzen
adres adressen
idee ideeen
relatie relaties
scheiding scheiden gescheiden
positief positieve
groningen groninger groningse
haag haagse
"""

# The words of a line have nothing to do with each other, though some stemmer thinks so.
APART = """
ouderen ouders
oudere ouder
jongen jong
gemeente mening
gemeente gemeen
gezin zin
gezond zon
gezond zonder
geweld wel
gewoon wonen
gebied bieden
gebouw bouwen
gesprek spreken
geluk lukken
gedrag dragen
gevolg volgen
gelijk lijken
geloof loven
geld geldt
geldig geld
geest essen
gerecht recht
gerechtigheid recht
begeleiding beleid
begeleid beleid
kwaliteit kwaal
bekend beek
overheid over
eenheid een
mens men
minister mini
nieuws nieuw
schuldig schuld
kosten kostbaar
duren duur
regelen regelmaat
matig maat
maatje matig
nodig nood
stem stemming
school scholing
werk werking
veilig veiling
waarde waar
weekend week
rekening rekenen
relatie relatief
vorm vorming
vluchteling vluchtig
plan plant
redden reden
betaalbaar betalen
handelen handen
naasten naast
geslacht slachten
leiden leiding
ommen om
assen as
"""

# A compound, and the words that find it.
COMPOUNDS = """
wijkteam: wijk team
wijkteams: wijk team
buurtbemiddeling: buurt bemiddeling
buurtbemiddelingsproject: buurt bemiddeling project
armoedebeleid: armoede beleid
energiearmoede: energie armoede
schuldhulp: schuld hulp
schuldhulpverlening: schuld hulp verlening
schuldhulpverleners: schuld hulp verlening
schuldenproblematiek: schuld probleem
mantelzorg: mantel zorg
mantelzorgers: mantel zorg
mantelzorgbeleid: mantel zorg beleid
jeugdhulp: jeugd hulp
jeugdzorg: jeugd zorg
jeugdbeleid: jeugd beleid
jongerenwerk: jongere werk
jongerenwerker: jongere werker
kindermishandeling: kind mishandeling
kinderopvang: kind opvang
ouderenzorg: oudere zorg
ouderenmishandeling: oudere mishandeling
ouderbetrokkenheid: ouder betrokkenheid
gezinscoach: gezin coach
pleeggezin: pleeg gezin
vrijwilligerswerk: vrijwilliger werk
welzijnswerk: welzijn werk
vluchtelingenwerk: vluchteling werk
asielzoekerscentrum: asielzoeker centrum
statushoudersaanpak: statushouder aanpak
taalmaatje: taal maatje
dagbesteding: dag besteding
respijtzorg: respijt zorg
thuiszorg: thuis zorg
thuiswonende: thuis wonen
woonzorgcentrum: woon zorg centrum
buurthuis: buurt huis
inloophuis: inloop huis
ontmoetingsplek: ontmoeting plek
burenhulp: buren hulp
burgerinitiatieven: burger initiatief
bewonersinitiatief: bewoner initiatief
clientenraad: client raad
clientondersteuner: client ondersteuning
clientervaringsonderzoek: client ervaring onderzoek
ervaringsdeskundige: ervaring deskundigheid
ervaringskennis: ervaring kennis
zelfregie: zelf regie
zelfredzaamheid: zelf redzaamheid
medezeggenschap: mede zeggenschap
keukentafelgesprek: keukentafel gesprek
hulpvraag: hulp vraag
zorgmijders: zorg mijding
wijkverpleegkundige: wijk verpleging
valpreventie: val preventie
verslavingszorg: verslaving zorg
eenzaamheidsinterventie: eenzaamheid interventie
dementievriendelijke: dementie vriendelijk
vroegsignalering: vroeg signalering
multiprobleemgezinnen: multi probleem gezin
probleemgedrag: probleem gedrag
voedselbank: voedsel bank
bijstandsuitkering: bijstand uitkering
participatiewet: participatie wet
arbeidsmarkt: arbeid markt
bestaanszekerheid: bestaan zekerheid
minimabeleid: minima beleid
samenlevingsopbouw: samenleving opbouw
ketensamenwerking: keten samenwerking
samenwerkingsverbanden: samenwerking verband
gebiedsgericht: gebied gericht
wijkgerichte: wijk gericht
cultuursensitief: cultuur sensitief
leergemeenschappen: leer gemeenschap
kenniscentra: kennis centrum
kenniskringen: kennis kring
kenniswerkplaats: kennis werkplaats
werkplaatsenoverleg: werkplaats overleg
praktijkonderzoek: praktijk onderzoek
onderwijsmodules: onderwijs module
kwaliteitsinstrument: kwaliteit instrument
beleidsmedewerkers: beleid medewerker
aardbevingsgebied: aardbeving gebied
zwerfjongeren: zwerver jongere
wmowerkplaats: wmo werkplaats
sociaaleconomische: sociaal economie
"""

# These stay as they are.
WHOLE = """
wijk wijken zorg eenzaamheid armoede gemeente samenleving werkplaats werkplaatsen onderwijs onderzoek onderzoeker beleid
begeleiding handicap netwerk maatwerk maatregel maatschappij werkwijze werkgebied medewerker medewerkers vrijwilliger
huisarts ziekenhuis leeftijd leerling leerkracht doelgroep vraagstuk overheid burgerschap samenwerken samenwerking
meedoen voorzieningen ondersteuning beroepskracht hogeschool mensenhandel keukentafel modelleren jongleren kwetsbaarheid
zelfmoord gezelligheid landelijk dagelijks maandag weekend tijdelijk planeet meeting generalist participatie
leefbaarheid betaalbaar vergrijzing steunen taal helpen hulpeloos voordeel oordeel reactie protest voorbeeld kapitaal
"""


def table(text: str) -> list[list[str]]:
    """The lines of a table, as words."""
    return [line.split() for line in text.strip().splitlines()]


def entries(name: str) -> list[list[str]]:
    """The lines of a reviewed list, without what is said about them."""
    lines = (line for line in (LISTS / name).read_text().splitlines() if line.strip() and not line.startswith("#"))
    return [line.split() for line in lines]


def municipality_words() -> set[str]:
    """Every word of the name of a municipality."""
    with MUNICIPALITIES.open(newline="") as file:
        return {word for row in csv.DictReader(file) for word in plain_words(row["name"])}


def words_in_use() -> set[str]:
    """The words of the themes, the questions of the demonstration and the names of municipalities."""
    themes = json.loads(Path(terms.__path__[0], "data", "themes.json").read_text())["themes"]
    questions = json.loads((DATA / "questions.json").read_text())
    said = [row["text"] for row in questions]
    said += [text for row in themes for text in (row["name"], row["description"], *row["synonyms"])]
    return {word for text in said for word in plain_words(text)} | municipality_words()


def test_forms_of_one_word_meet() -> None:
    assert len(table(MEET)) >= 60
    roots = {" ".join(line): {word: root(word) for word in line} for line in table(MEET)}
    assert {line: found for line, found in roots.items() if len(set(found.values())) > 1} == {}


def test_words_with_another_meaning_stay_apart() -> None:
    assert len(table(APART)) >= 30
    assert [f"{one} {other}" for one, other in table(APART) if root(one) == root(other)] == []


def test_compounds_are_found_by_their_parts() -> None:
    rows = [line.split(": ") for line in COMPOUNDS.strip().splitlines()]
    assert len(rows) >= 40
    found = {word: (parts(word), tuple(root(part) for part in wanted.split())) for word, wanted in rows}
    assert {word: both for word, both in found.items() if both[0] != both[1]} == {}


def test_other_words_are_whole() -> None:
    assert len(WHOLE.split()) >= 30
    assert {word: parts(word) for word in WHOLE.split() if parts(word)} == {}


def test_names_of_municipalities_are_whole() -> None:
    names = municipality_words()
    assert len(names) > 300
    assert {word: parts(word) for word in names if parts(word)} == {}


def test_no_word_that_says_something_is_taken_for_one_that_does_not() -> None:
    # A function word stands in every text; who looks for "overheid" would find all that say "over".
    common = {root(word): word for word in stopwords()}
    told = words_in_use() | families().keys()
    assert {word: common[root(word)] for word in told - stopwords() if root(word) in common} == {}


def test_no_word_stands_in_two_families() -> None:
    times = Counter(word for line in entries("families.txt") for word in line)
    assert {word: number for word, number in times.items() if number > 1} == {}


def test_every_family_is_read() -> None:
    assert families() == {word: line[0] for line in entries("families.txt") for word in line}


def test_no_part_stands_twice() -> None:
    times = Counter(word.lstrip("!") for line in entries("parts.txt") for word in line)
    assert {word: number for word, number in times.items() if number > 1} == {}


def test_the_lists_are_well_formed() -> None:
    lines = [(name, line) for name in ("families.txt", "parts.txt") for line in entries(name)]
    assert [f"{name}: {line[0]}" for name, line in lines if name == "families.txt" and len(line) < 2] == []
    # Words are looked up bare; what is written otherwise would never be found.
    words = [(name, line[0].removeprefix("!"), *line[1:]) for name, line in lines]
    assert [f"{line[0]}: {word}" for line in words for word in line[1:] if not re.fullmatch("[a-z0-9]+", word)] == []
    # Shorter parts fit in anything.
    assert [word for name, *line in words for word in line if name == "parts.txt" and len(word) < 3] == []
