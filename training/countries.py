"""Compiles data/countries.tsv from country-codes (PDDL) and the World Factbook (CC0), with the aliases that news uses.

    python3 training/countries.py COUNTRY_CODES_CSV FACTBOOK_FOLDER > data/countries.tsv
"""
import csv
import glob
import html
import json
import os
import re
import sys

HEADER = """\
# Countries and territories, compiled by training/countries.py.
# Sources: github.com/datasets/country-codes (PDDL), World Factbook (CC0); aliases and repairs by hand. This file: CC0.
# Columns, apart by tabs; several values in one column apart by "|":
#   ISO 3166-1 alpha-2 code (XK, Kosovo's user-assigned code, among them); name; capital;
#   other names; adjectives and nouns of nationality.
# Continents, parts of countries and peoples with an adjective of their own stand here too, with "-" for the code.
# A name or nationality of several countries ("Korean", "Congolese") stands with each of them.
# A trailing "?" marks a name that is as often something else ("Georgia"): it names the country only in a text that also
# has another of its names, its nationality or its capital."""

# ISO code -> other names.
ALIASES = {
    "US": "US|U.S.|USA|U.S.A.|America|United States of America", "GB": "UK|U.K.|Britain|Great Britain|GB",
    "AE": "UAE|U.A.E.|Emirates", "CD": "DRC|DR Congo|D.R. Congo|DROC|Democratic Republic of Congo|Congo-Kinshasa|Congo",
    "CG": "Congo-Brazzaville|Republic of Congo|Congo", "KR": "Republic of Korea|ROK|S. Korea|S Korea|Korea",
    "KP": "DPRK|N. Korea|N Korea|Korea", "RU": "Russian Federation", "CN": "PRC|P.R.C.|mainland China",
    "TW": "Republic of China|Chinese Taipei|Formosa", "TR": "Turkey|Turkiye", "CZ": "Czech Republic",
    "MM": "Burma|Myanmar",
    "CI": "Ivory Coast|Cote d'Ivoire", "CV": "Cape Verde", "SZ": "Swaziland", "MK": "Macedonia|FYROM",
    "TL": "East Timor",
    "PS": "Palestine|Palestinian Territories|Palestinian territories|occupied Palestinian territories|State of Palestine",
    "VA": "Vatican|Holy See", "HK": "Hong Kong", "MO": "Macao|Macau", "NL": "Holland",
    "BA": "Bosnia|Bosnia-Herzegovina",
    "SY": "Syrian Arab Republic", "LA": "Lao PDR", "GE": "Georgia?", "VN": "Viet Nam", "BN": "Brunei Darussalam",
    "CF": "CAR", "NZ": "Aotearoa", "SA": "KSA|Saudi", "GM": "Gambia", "BS": "Bahamas", "ST": "Sao Tome",
    "KG": "Kirghizia",
    "TT": "Trinidad", "XK": "Kosova", "IR": "Islamic Republic?", "MD": "Moldavia", "BY": "Belorussia", "PG": "PNG"}
# ISO code -> nationality, where the factbook's is missing, shared by mistake or not what news writes.
NATIONALITIES = {
    "KR": "South Korean|South Koreans|Korean|Koreans", "KP": "North Korean|North Koreans|Korean|Koreans",
    "PS": "Palestinian|Palestinians", "TW": "Taiwanese", "HK": "Hong Konger|Hong Kongers|Hongkonger|Hongkongers",
    "MO": "Macanese",
    "GB": "British|Briton|Britons|Brits|Brit", "SA": "Saudi|Saudis|Saudi Arabian|Saudi Arabians",
    "NZ": "New Zealander|New Zealanders|Kiwi|Kiwis",
    "AE": "Emirati|Emiratis", "XK": "Kosovar|Kosovars|Kosovan|Kosovans", "VA": "", "DO": "Dominican|Dominicans",
    "US": "American|Americans", "CN": "Chinese", "FR": "French|Frenchman|Frenchmen|Frenchwoman",
    "IE": "Irish|Irishman|Irishmen|Irishwoman", "NL": "Dutch|Dutchman|Dutchmen|Dutchwoman",
    "CD": "Congolese", "CG": "Congolese", "ES": "Spanish|Spaniard|Spaniards", "SE": "Swedish|Swede|Swedes",
    "PL": "Polish|Pole|Poles", "DK": "Danish|Dane|Danes", "FI": "Finnish|Finn|Finns", "TR": "Turkish|Turk|Turks",
    "CZ": "Czech|Czechs", "SK": "Slovak|Slovaks|Slovakian|Slovakians", "SI": "Slovene|Slovenes|Slovenian|Slovenians",
    "HR": "Croatian|Croatians|Croat|Croats", "RS": "Serbian|Serbians|Serb|Serbs", "BA": "Bosnian|Bosnians",
    "AF": "Afghan|Afghans|Afghani", "KZ": "Kazakh|Kazakhs|Kazakhstani|Kazakhstanis", "UZ": "Uzbek|Uzbeks|Uzbekistani",
    "TJ": "Tajik|Tajiks|Tajikistani", "TM": "Turkmen|Turkmens", "KG": "Kyrgyz|Kyrgyzstani",
    "LA": "Lao|Laotian|Laotians",
    "MM": "Burmese|Myanmarese", "TH": "Thai|Thais", "PH": "Philippine|Filipino|Filipinos|Filipina|Filipinas",
    "VN": "Vietnamese", "AR": "Argentine|Argentines|Argentinian|Argentinians|Argentinean", "PE": "Peruvian|Peruvians",
    "IL": "Israeli|Israelis", "IQ": "Iraqi|Iraqis", "YE": "Yemeni|Yemenis|Yemenite", "BD": "Bangladeshi|Bangladeshis",
    "CI": "Ivorian|Ivorians", "NE": "Nigerien|Nigeriens", "GW": "Bissau-Guinean|Bissau-Guineans",
    "SS": "South Sudanese",
    "GN": "Guinean|Guineans", "MG": "Malagasy|Madagascan", "BF": "Burkinabe|Burkinabé",
    "CF": "Central African|Central Africans",
    "CH": "Swiss", "PT": "Portuguese", "GR": "Greek|Greeks", "IS": "Icelandic|Icelander|Icelanders",
    "ID": "Indonesian|Indonesians",
    "NO": "Norwegian|Norwegians", "BE": "Belgian|Belgians", "NP": "Nepali|Nepalis|Nepalese",
    "BW": "Botswanan|Motswana|Batswana", "TL": "Timorese|East Timorese", "MC": "Monegasque|Monegasques|Monacan"}
# Name, other names, adjectives and nouns.
OTHERS = [
    ("Africa", "", "African|Africans"), ("Asia", "", "Asian|Asians"), ("Europe", "", "European|Europeans"),
    ("Latin America", "", "Latin American|Latin Americans"), ("England", "",
    "English|Englishman|Englishmen|Englishwoman"),
    ("Scotland", "", "Scottish|Scot|Scots"), ("Wales", "", "Welsh|Welshman|Welshmen"), ("Catalonia", "",
    "Catalan|Catalans"),
    ("Tibet", "", "Tibetan|Tibetans"), ("Chechnya", "", "Chechen|Chechens"), ("Crimea", "", "Crimean|Crimeans"),
    ("Soviet Union", "USSR|U.S.S.R.", "Soviet|Soviets"), ("Yugoslavia", "", "Yugoslav|Yugoslavs"),
    ("Kurdistan", "", "Kurdish|Kurd|Kurds"), ("Jewry", "", "Jewish|Jew|Jews"), ("Quebec", "",
    "Quebecois|Quebecer|Quebecers"),
    ("Sicily", "", "Sicilian|Sicilians"), ("Bavaria", "", "Bavarian|Bavarians"), ("Gaza", "Gaza Strip", "Gazan|Gazans"),
    ("Kashmir", "", "Kashmiri|Kashmiris"), ("Punjab", "", "Punjabi|Punjabis"), ("Tigray", "", "Tigrayan|Tigrayans"),
    ("Texas", "", "Texan|Texans"), ("California", "", "Californian|Californians"), ("Hawaii", "", "Hawaiian|Hawaiians")]
NAMES = {"US": "United States", "GB": "United Kingdom", "BA": "Bosnia and Herzegovina", "MM": "Myanmar",
         "CI": "Côte d'Ivoire", "TR": "Türkiye", "HK": "Hong Kong", "MO": "Macao", "PS": "Palestine",
         "CD": "DR Congo", "CG": "Republic of the Congo", "VA": "Vatican City"}
CAPITALS = {"IL": "Jerusalem", "US": "Washington", "KZ": "Astana", "BI": "Gitega", "PS": ""}


def plain(text):
    """A factbook value without markup, notes and brackets."""
    text = re.sub(r"<[^>]+>|\([^)]*\)|^(no official|administered from).*", "", html.unescape(text).split(";")[0])
    return re.sub(r"\s+", " ", text).strip()


def nationalities(entry):
    """ "Iranian(s)" -> Iranian, Iranians; notes in brackets go. """
    if not entry:
        return
    for key in ("adjective", "noun"):
        for word in re.split(r",|;| or ", entry.get(key, {}).get("text", "")):
            word = word.strip()
            found = re.fullmatch(r"([A-Z][\w’' -]*?)(\((?:s|es|singular and plural|collective plural)\))?", word)
            if found and found[1].strip() != "none":
                yield found[1].strip()
                if found[2] in ("(s)", "(es)"):
                    yield found[1].strip() + found[2].strip("()")


def factbook(folder):
    found = {}
    for path in glob.glob(os.path.join(folder, "*", "*.json")):
        data = json.load(open(path, encoding="utf8"))
        government = data.get("Government", {})
        names = government.get("Country name", {})
        keys = ("conventional short form", "conventional long form")
        found[os.path.basename(path)[:-5].upper()] = {
            "names": [n for n in (plain(names.get(k, {}).get("text", "")) for k in keys) if n and n != "none"],
            "capital": plain(government.get("Capital", {}).get("name", {}).get("text", "")),
            "nationality": [*nationalities(data.get("People and Society", {}).get("Nationality"))]}
    return found


def main():
    codes, folder = sys.argv[1:]
    book = factbook(folder)
    rows = [(r["ISO3166-1-Alpha-2"], r["FIPS"].split(",")[0], r["CLDR display name"] or r["official_name_en"],
             [r["UNTERM English Short"], r["UNTERM English Formal"], r["official_name_en"]], r["Capital"],
             r["is_independent"])
            for r in csv.DictReader(open(codes, encoding="utf8"))]
    rows.append(("XK", "KV", "Kosovo", [], "Pristina", "Yes"))
    sovereign_words = set()
    lines = []
    for iso, fips, name, names, capital, independent in sorted(rows, key=lambda r: (not r[5].startswith("Yes"), r[0])):
        facts = book.get(fips, {"names": [], "capital": "", "nationality": []})
        name = re.sub(r" SAR China$", "", NAMES.get(iso, name)).replace(" & ", " and ")
        words = [w for w in NATIONALITIES[iso].split("|") if w] if iso in NATIONALITIES else facts["nationality"]
        words = list(dict.fromkeys(words))
        if not independent.startswith("Yes") and iso not in ("PS", "TW", "HK", "MO"):
            words = [w for w in words if w not in sovereign_words]  # "French" is of France, not of its islands
        sovereign_words.update(words)
        other = [re.sub(r"^[Tt]he ", "", re.sub(r"\s*[(\[].*", "", n.strip(" *"))) for n in [*names, *facts["names"]]]
        other = [n for n in [*other, *ALIASES.get(iso, "").split("|")] if n and n != name or n == "Georgia?"]
        other = [n for n in other if n not in words and (iso, n) != ("BQ", "Netherlands")]
        words = [w for w in words if w not in (name, *other, "NA")]
        capital = re.sub(r" in .*|,.*", "", CAPITALS.get(iso, facts["capital"] or capital)).strip()
        lines.append((iso, name, capital, "|".join(dict.fromkeys(other)), "|".join(words)))
    lines += [("-", name, "", other, words) for name, other, words in OTHERS if words]
    print(HEADER)
    for line in sorted(lines):
        print(*line, sep="\t")


if __name__ == "__main__":
    main()
