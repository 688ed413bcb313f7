"""Compiles data/first_names.tsv from the names corpus of Mark Kantrowitz: names that only men or only women have.

    python3 training/first_names.py NLTK_NAMES_FOLDER > data/first_names.tsv
"""
import collections
import os
import sys

HEADER = """\
# First names of clear gender, compiled by training/first_names.py.
# Source: Names Corpus, version 1.3 (1994-03-29), copyright (C) 1991 Mark Kantrowitz, additions by Bill Ross:
# "You may use the lists of names for any purpose, so long as credit is given in any published work. You may also
# redistribute the list if you provide the recipients with a copy of this README file. The lists are not in the public
# domain (I retain the copyright on the lists) but are freely redistributable."
# Names that it gives to both genders are left out; common names of other languages were added.
# Columns, apart by tabs: gender (m, f); names in lower case, apart by blanks."""

MORE = {"m": """
abdul abdullah abdel abdulla adel ahmad ahmed ahmet akbar alejandro aleksandr aleksandar alexei alexey ali alvaro
amir anatoly andrei
andrey andriy andrzej antonio antonis anwar arvind ashraf asif ayman bashar bashir benjamin benyamin bilal bogdan
boris carlos
chandra darko deepak denis diego dmitri dmitry dmytro donald eduardo emmanuel emomali enrique ehud evo ernesto
fernando fidel
francisco giorgi giorgio giuseppe gustavo habib hamid hashim hasan hassan hossein hugo husain hussein ibrahim idriss
igor ilham
imran ismail ivan iván jacek jacob jair jakub jamal javier jens joao joko jorge josé jose juan juha julio karim
kassym kemal khaled
khalid kofi konstantin kwame kyriakos lech leonid luis luiz mahathir mahmoud mahmud mahmood manmohan manuel marek
mario mariano
mateusz matteo mehdi mehmet mikhail miguel miloš milos mohamad mohamed mohammad mohammed moqtada moustafa muammar
muhammad
muhammadu mustafa naftali narendra nawaz nayib nicolas nicolás nikol nikolai nikolay nouri nuri oleg oleksandr
oleksiy olaf omar osama
oscar pablo paolo pavel pawel pedro petro petteri pierre piotr pranab rafael rahul rajiv ramzan ramzi rashid recep
raúl raul ricardo
roberto rodrigo rustam salman salvador samir santiago sanjay sergei sergey sergio sebastian shahbaz shinzo slobodan
stanislav
sultan suleiman süleyman taro tariq tayyip umar uhuru valery vaclav viktor vitali vitaly vladimir vojislav volodymyr
vyacheslav
wael walid wojciech yahya yair yasser yasir yevgeny yoav yousef youssef yusuf yuri yury zoran zviad""",
        "f": """
aisha aleksandra amina ana anastasia angela angelina annalena asma ayesha benazir carla carmen catarina claudia cristina
dilma ekaterina elena elif emine fatima fatma gabriela giorgia graciela hanan ilse indira isabel jadwiga jacinda jyoti
kamala katerina khaleda ksenia laila leila leyla lucia luisa lyudmila magdalena maia malala maria mariam mariana
marina marisol
maryam mercedes michelle mireille nadia nancy natalia natasha olena olga paula pilar priyanka roza sanna sara sheikha
sofia
sonia sushma svetlana tatiana theresa ursula valentina valeria xiomara yekaterina yevgenia yulia zahra zainab zuzana"""}


def main():
    folder, = sys.argv[1:]
    read = lambda name: {line.strip().lower() for line in open(os.path.join(folder, name), encoding="latin-1")}
    names = {"m": read("male.txt"), "f": read("female.txt")}
    both = names["m"] & names["f"]
    names = {g: {n for n in ns - both if n.isalpha()} for g, ns in names.items()}
    for gender, more in MORE.items():
        names[gender] |= set(more.split())
    both = names["m"] & names["f"]
    print(HEADER)
    for gender in "mf":
        initials = collections.defaultdict(list)
        for name in sorted(names[gender] - both):
            initials[name[0]].append(name)
        for group in initials.values():
            print(gender, " ".join(group), sep="\t")


if __name__ == "__main__":
    main()
