//! Whole documents as small tables: what is named, and what is one entity.

use super::*;
use crate::extraction::{DictionaryEntry, Span};
use crate::model::labels::{Deprel, Upos, VerbForm};
use crate::syntax::Word;
use crate::text::{Sentence, Text, Token};

/// A parsed document. A line of its table holds a word, its part of speech, its head (counted from 1) and its relation;
/// an empty line ends the sentence.
pub(super) struct Document {
    source: String,
    text: Text,
    words: Vec<Word>,
    tagged: Vec<TaggedMention>,
}

impl Document {
    fn new(table: &str, names: &[(&str, MentionType)]) -> Self {
        let mut document = Self { source: String::new(), text: Text::default(), words: Vec::new(), tagged: Vec::new() };
        for sentence in table.trim().split("\n\n") {
            document.sentence(sentence);
        }
        document.tag(names);
        document
    }

    /// Words alone, without a tree.
    pub(super) fn plain(text: &str, names: &[(&str, MentionType)]) -> Self {
        let sentences: Vec<String> = text
            .split(" . ")
            .map(|s| s.split(' ').map(|w| format!("{w} X 0 root")).collect::<Vec<_>>().join("\n"))
            .collect();
        Self::new(&sentences.join("\n\n"), names)
    }

    fn sentence(&mut self, rows: &str) {
        let first = self.words.len();
        for row in rows.lines().map(str::trim) {
            let fields: Vec<&str> = row.split_whitespace().collect();
            let [form, upos, head, deprel] = fields[..] else { panic!("not a row: {row}") };
            if !self.source.is_empty() {
                self.source.push(' ');
            }
            let start = self.source.len();
            self.source.push_str(form);
            self.text.tokens.push(Token { span: Span::new(start, self.source.len()) });
            self.words.push(Word {
                upos: Upos::from_name(upos).expect(row),
                form: VerbForm::Other,
                head: head.parse::<usize>().expect(row).checked_sub(1).map(|h| first + h),
                deprel: Deprel::from_name(deprel).expect(row),
                confidence: 1.0,
            });
        }
        let tokens = first..self.words.len();
        let span = Span::new(self.text.tokens[first].span.start, self.source.len());
        self.text.sentences.push(Sentence { tokens, span, paragraph: 0 });
    }

    /// Tags every occurrence of the names, the first ones of the list before later ones.
    fn tag(&mut self, names: &[(&str, MentionType)]) {
        let forms: Vec<&str> = self.text.tokens.iter().map(|t| t.span.of(&self.source)).collect();
        let mut taken = vec![false; forms.len()];
        for (name, kind) in names {
            let words: Vec<&str> = name.split(' ').collect();
            for start in 0..(forms.len() + 1).saturating_sub(words.len()) {
                let tokens = start..start + words.len();
                if forms[tokens.clone()] == words[..] && !taken[tokens.clone()].contains(&true) {
                    taken[tokens.clone()].fill(true);
                    self.tagged.push(TaggedMention { tokens, kind: *kind, confidence: 0.9 });
                }
            }
        }
    }

    pub(super) fn read(&self) -> (Syntax<'_>, Entities) {
        let syntax = Syntax::new(&self.source, &self.text, self.words.clone());
        let entities = read(&syntax, &self.tagged, &Known::default(), None);
        (syntax, entities)
    }

    /// The same with a dictionary: each entity as its links' identifiers, its type, name and mentions.
    fn with_dictionary(&self, entries: &[DictionaryEntry]) -> Vec<String> {
        let syntax = Syntax::new(&self.source, &self.text, self.words.clone());
        let known = dictionary::find(&self.source, &self.text, entries).expect("known types");
        let tagged: Vec<_> = self.tagged.iter().filter(|m| !known.overlaps(&m.tokens)).cloned().collect();
        let line = |e: &Entity| {
            let ids: Vec<&str> = e.links.iter().map(|l| l.id.as_str()).collect();
            let mentions: Vec<&str> = e.mentions.iter().map(|m| m.span.of(&self.source)).collect();
            format!("[{}] {} {}: {}", ids.join(" "), e.kind, e.name, mentions.join(" | "))
        };
        read(&syntax, &tagged, &known, None).entities.iter().map(line).collect()
    }

    /// Each entity as its type, name and mentions.
    fn summary(&self) -> Vec<String> {
        let (_, entities) = self.read();
        let line = |e: &Entity| {
            let mentions: Vec<&str> = e.mentions.iter().map(|m| m.span.of(&self.source)).collect();
            format!("{} {}: {}", e.kind, e.name, mentions.join(" | "))
        };
        entities.entities.iter().map(line).collect()
    }
}

use MentionType::{Date, Location, Norp, Organization, Person, Product};

#[test]
fn a_family_name_is_part_of_the_full_name() {
    let text = "President Emmanuel Macron met Olaf Scholz . Mr. Macron thanked Scholz";
    let names = [("Emmanuel Macron", Person), ("Olaf Scholz", Person), ("Macron", Person), ("Scholz", Person)];
    assert_eq!(
        Document::plain(text, &names).summary(),
        ["PERSON Emmanuel Macron: Emmanuel Macron | Macron", "PERSON Olaf Scholz: Olaf Scholz | Scholz"]
    );
}

#[test]
fn persons_of_one_family_stay_apart() {
    let text = "Bill Clinton spoke . Clinton left . Hillary Clinton came . Mrs. Clinton waved";
    let names = [("Bill Clinton", Person), ("Hillary Clinton", Person), ("Clinton", Person)];
    assert_eq!(
        Document::plain(text, &names).summary(),
        ["PERSON Bill Clinton: Bill Clinton | Clinton", "PERSON Hillary Clinton: Hillary Clinton | Clinton"]
    );
}

#[test]
fn a_title_is_no_part_of_a_persons_name() {
    let text = "Senator John Smith spoke . Smith left";
    let names = [("Senator John Smith", Person), ("Smith", Person)];
    assert_eq!(Document::plain(text, &names).summary(), ["PERSON John Smith: Senator John Smith | Smith"]);
    let text = "Tan Sri Chan Kong spoke . Sri Mulyani left";
    let names = [("Tan Sri Chan Kong", Person), ("Sri Mulyani", Person)];
    let found = ["PERSON Chan Kong: Tan Sri Chan Kong", "PERSON Sri Mulyani: Sri Mulyani"];
    assert_eq!(Document::plain(text, &names).summary(), found);
}

#[test]
fn a_peoples_name_is_of_the_people_and_stands_for_the_country() {
    let text = "The Iranian minister left Iran for the US . American and Iranians in the United States protested";
    let names = [
        ("Iranian", Norp),
        ("Iranians", Norp),
        ("Iran", Location),
        ("US", Location),
        ("American", Norp),
        ("United States", Location),
    ];
    let document = Document::plain(text, &names);
    assert_eq!(
        document.summary(),
        [
            "LOCATION Iran: Iranian | Iran | Iranians",
            "NORP Iranian: Iranian | Iranians",
            "LOCATION United States: US | American | United States",
            "NORP American: American"
        ]
    );
    let (_, entities) = document.read();
    assert_eq!(entities.entities[0].links[0].id, "IR");
    assert_eq!(entities.of_token[1], Some(0));
}

#[test]
fn a_nationality_alone_is_a_people() {
    let text = "French and Korean firms";
    let names = [("French", Norp), ("Korean", Norp)];
    let document = Document::plain(text, &names);
    assert_eq!(document.summary(), ["NORP French: French", "NORP Korean: Korean"]);
    assert!(document.read().1.entities[1].links.is_empty());
}

#[test]
fn a_nationality_of_two_countries_is_of_the_one_named() {
    let names = [("Korean", Norp), ("South Korea", Location), ("Georgia", Location), ("Atlanta", Location)];
    let document = Document::plain("Korean firms left South Korea for Atlanta in Georgia", &names);
    assert_eq!(
        document.summary(),
        [
            "LOCATION South Korea: Korean | South Korea",
            "NORP Korean: Korean",
            "LOCATION Atlanta: Atlanta",
            "LOCATION Georgia: Georgia"
        ]
    );
    assert!(document.read().1.entities[3].links.is_empty());
}

#[test]
fn acronyms_stand_for_their_names() {
    let text = "The Communist Party of China ( CPC ) met . The U.N. and the United Nations agreed with the CPC";
    let names = [
        ("Communist Party of China", Organization),
        ("CPC", Organization),
        ("U.N.", Organization),
        ("United Nations", Organization),
    ];
    assert_eq!(
        Document::plain(text, &names).summary(),
        [
            "ORGANIZATION Communist Party of China: Communist Party of China | CPC | CPC",
            "ORGANIZATION United Nations: U.N. | United Nations"
        ]
    );
}

#[test]
fn a_bracket_defines_an_acronym_of_other_letters() {
    let text = "The Revolutionary Armed Forces of Colombia ( FARC ) fought in Bogota ( AP ) . FARC won";
    let names = [
        ("Revolutionary Armed Forces of Colombia", Organization),
        ("FARC", Organization),
        ("Bogota", Location),
        ("AP", Organization),
    ];
    let summary = Document::plain(text, &names).summary();
    assert_eq!(summary.len(), 3, "{summary:?}");
    assert!(summary[0].ends_with("FARC | FARC"));
}

#[test]
fn organisations_have_short_forms() {
    let text = "Apple Inc. sued the Wagner Group . Wagner and Apple settled before the U.S. Supreme Court . The Supreme Court agreed";
    let names = [
        ("Apple Inc.", Organization),
        ("Apple", Organization),
        ("the Wagner Group", Organization),
        ("Wagner", Organization),
        ("U.S. Supreme Court", Organization),
        ("The Supreme Court", Organization),
    ];
    assert_eq!(
        Document::plain(text, &names).summary(),
        [
            "ORGANIZATION Apple Inc.: Apple Inc. | Apple",
            "ORGANIZATION Wagner Group: the Wagner Group | Wagner",
            "ORGANIZATION U.S. Supreme Court: U.S. Supreme Court | The Supreme Court"
        ]
    );
}

#[test]
fn equal_words_of_several_types_are_one_entity() {
    let mut document = Document::plain(
        "Hezbollah said . Hezbollah left . Hezbollah won . Hezbollah lost",
        &[("Hezbollah", Organization)],
    );
    document.tagged[1].kind = Norp;
    document.tagged[2].kind = Person;
    assert_eq!(document.summary(), ["ORGANIZATION Hezbollah: Hezbollah | Hezbollah | Hezbollah | Hezbollah"]);
}

#[test]
fn a_family_name_is_not_the_place_of_that_name() {
    let names = [("Michael Jordan", Person), ("Jordan", Person)];
    let mut document = Document::plain("Michael Jordan left . Jordan went to Jordan", &names);
    document.tagged[2].kind = Location;
    assert_eq!(document.summary(), ["PERSON Michael Jordan: Michael Jordan | Jordan", "LOCATION Jordan: Jordan"]);
}

#[test]
fn dates_are_no_entities_and_products_are_only_what_is_written_alike() {
    let text = "On Monday the Model 3 and the Model S";
    let names = [("Monday", Date), ("Model 3", Product), ("Model S", Product)];
    assert_eq!(Document::plain(text, &names).summary(), ["PRODUCT Model 3: Model 3", "PRODUCT Model S: Model S"]);
}

#[test]
fn possessives_and_quotes_are_cut_off() {
    let names = [("\" Hamas \"", Organization), ("Gaza 's", Location)];
    let document = Document::plain("Israel fought \" Hamas \" in Gaza 's north", &names);
    assert_eq!(document.summary(), ["ORGANIZATION Hamas: Hamas", "LOCATION Gaza: Gaza"]);
}

#[test]
fn a_place_of_a_place_is_two_unless_it_is_named_so() {
    let names = [("Tamil Nadu 's Cuddalore", Location), ("King 's Cross", Location)];
    assert_eq!(
        Document::plain("From Tamil Nadu 's Cuddalore to King 's Cross", &names).summary(),
        ["LOCATION Tamil Nadu: Tamil Nadu", "LOCATION Cuddalore: Cuddalore", "LOCATION King 's Cross: King 's Cross"]
    );
}

#[test]
fn an_acronym_before_its_meaning_is_defined_too() {
    let text = "WHO ( World Health Organization ) spoke . The WHO agreed";
    let names = [("World Health Organization", Organization), ("WHO", Organization)];
    assert_eq!(
        Document::plain(text, &names).summary(),
        ["ORGANIZATION World Health Organization: WHO | World Health Organization | WHO"]
    );
}

#[test]
fn an_acronym_of_two_names_is_neither() {
    let text = "The National Bank of Chad sued the Nigerian Bar Council . NBC won";
    let names =
        [("National Bank of Chad", Organization), ("Nigerian Bar Council", Organization), ("NBC", Organization)];
    assert_eq!(Document::plain(text, &names).summary().len(), 3);
}

#[test]
fn husband_and_wife_are_told_apart_by_their_titles() {
    let text = "Barack Obama met Michelle Obama . Mrs. Obama smiled . Mr. Obama left";
    let names = [("Barack Obama", Person), ("Michelle Obama", Person), ("Obama", Person)];
    assert_eq!(
        Document::plain(text, &names).summary(),
        ["PERSON Barack Obama: Barack Obama | Obama", "PERSON Michelle Obama: Michelle Obama | Obama"]
    );
}

#[test]
fn a_title_of_the_other_gender_is_another_person() {
    let text = "Donald Trump spoke . Mrs. Trump waved";
    let names = [("Donald Trump", Person), ("Trump", Person)];
    assert_eq!(Document::plain(text, &names).summary(), ["PERSON Donald Trump: Donald Trump", "PERSON Trump: Trump"]);
}

#[test]
fn brothers_with_full_names_stay_apart() {
    let text = "Boris Johnson and Jo Johnson met Rachel Johnson";
    let names = [("Boris Johnson", Person), ("Jo Johnson", Person), ("Rachel Johnson", Person)];
    assert_eq!(Document::plain(text, &names).summary().len(), 3);
}

#[test]
fn middle_names_initials_and_suffixes_make_no_other_person() {
    for (long, short) in [
        ("John F. Kennedy", "John Kennedy"),
        ("Martin Luther King Jr.", "Martin Luther King"),
        ("Mohammed bin Salman", "Mohammed bin Salman"),
        ("George W. Bush", "George Bush"),
    ] {
        let text = format!("{long} spoke . {short} left");
        let summary = Document::plain(&text, &[(long, Person), (short, Person)]).summary();
        assert_eq!(summary.len(), 1, "{summary:?}");
    }
}

#[test]
fn accents_hyphens_and_possessives_make_no_other_name() {
    for (one, other, kind) in [
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", Person),
        ("Abdel-Fattah el-Sisi", "Abdel Fattah el-Sisi", Person),
        ("Ban Ki-moon", "Ban Ki Moon", Person),
        ("Coca-Cola", "Coca Cola", Organization),
        ("Petróleos Mexicanos", "Petroleos Mexicanos", Organization),
        ("Hamas", "Hamas 's", Organization),
        ("São Paulo", "Sao Paulo", Location),
    ] {
        let text = format!("{one} grew . Then {other} fell");
        let summary = Document::plain(&text, &[(other, kind), (one, kind)]).summary();
        assert_eq!(summary.len(), 1, "{summary:?}");
    }
}

#[test]
fn ministries_and_universities_turn_their_names_about() {
    for (one, other) in [
        ("Ministry of Defence", "Defence Ministry"),
        ("Department of Justice", "Justice Department"),
        ("University of Oxford", "Oxford University"),
    ] {
        let text = format!("The {one} spoke . The {other} agreed");
        let summary = Document::plain(&text, &[(one, Organization), (other, Organization)]).summary();
        assert_eq!(summary, [format!("ORGANIZATION {one}: {one} | {other}")]);
    }
}

#[test]
fn two_ministries_are_two() {
    let text = "The Ministry of Defence sued the Ministry of Justice . The Justice Ministry won";
    let names = [
        ("Ministry of Defence", Organization),
        ("Ministry of Justice", Organization),
        ("Justice Ministry", Organization),
    ];
    assert_eq!(
        Document::plain(text, &names).summary(),
        [
            "ORGANIZATION Ministry of Defence: Ministry of Defence",
            "ORGANIZATION Ministry of Justice: Ministry of Justice | Justice Ministry"
        ]
    );
}

#[test]
fn a_bank_of_a_country_is_not_the_country() {
    let text = "The Bank of China left China . The bank of Chinese workers";
    let names = [("Bank of China", Organization), ("China", Location), ("Chinese", Norp)];
    assert_eq!(
        Document::plain(text, &names).summary(),
        ["ORGANIZATION Bank of China: Bank of China", "LOCATION China: China | Chinese", "NORP Chinese: Chinese"]
    );
}

#[test]
fn a_university_is_not_its_city() {
    let text = "Oxford University is in Oxford";
    let names = [("Oxford University", Organization), ("Oxford", Location)];
    assert_eq!(Document::plain(text, &names).summary().len(), 2);
}

#[test]
fn companies_drop_their_legal_form() {
    for (long, short) in [("Alphabet Inc", "Alphabet"), ("Tata Motors Ltd.", "Tata Motors"), ("Siemens AG", "Siemens")]
    {
        let text = format!("{long} grew . {short} hired");
        let summary = Document::plain(&text, &[(long, Organization), (short, Organization)]).summary();
        assert_eq!(summary, [format!("ORGANIZATION {long}: {long} | {short}")]);
    }
}

#[test]
fn salience_is_the_documented_sum() {
    // Angela Merkel: one mention of one (the most), first sentence of one, a subject; Vladimir Putin: no subject.
    let document = Document::new(MEETING, &[("Angela Merkel", Person), ("Vladimir Putin", Person)]);
    let (_, entities) = document.read();
    let salience: Vec<f32> = entities.entities.iter().map(|e| e.salience).collect();
    assert_eq!(salience, [0.5 + 0.3 + 0.2, 0.5 + 0.3]);

    // Two mentions of two in the first of two sentences, one as a subject; one of two, from the second sentence on.
    let table = format!("{MEETING}\n\nPutin PROPN 2 nsubj\nthanked VERB 0 root\nBerlin PROPN 2 obj");
    let names = [("Angela Merkel", Person), ("Vladimir Putin", Person), ("Putin", Person), ("Berlin", Location)];
    let document = Document::new(&table, &names);
    let (_, entities) = document.read();
    let of = |name: &str| entities.entities.iter().find(|e| e.name == name).map_or(0.0, |e| e.salience);
    for (name, expected) in [
        ("Vladimir Putin", 0.5 + 0.3 + 0.2 * 0.5),
        ("Angela Merkel", 0.5 * 0.5 + 0.3 + 0.2),
        ("Berlin", 0.5 * 0.5 + 0.3 * 0.5),
    ] {
        assert!((of(name) - expected).abs() < 1e-6, "{name}: {} is not {expected}", of(name));
    }
}

/// Mentions that are no names, as "words = entity".
fn references(table: &str, names: &[(&str, MentionType)]) -> Vec<String> {
    let document = Document::new(table, names);
    let (syntax, entities) = document.read();
    let line = |m: &MentionAt| {
        format!("{} = {}", syntax.span(m.tokens.clone()).of(syntax.source), entities.entities[m.entity].name)
    };
    entities.mentions.iter().filter(|m| m.kind != MentionKind::Name).map(line).collect()
}

const MEETING: &str =
    "Angela PROPN 3 nsubj\nMerkel PROPN 1 flat\nmet VERB 0 root\nVladimir PROPN 3 obj\nPutin PROPN 4 flat";

#[test]
fn pronouns_follow_gender_and_the_subject() {
    let names = [("Angela Merkel", Person), ("Vladimir Putin", Person)];
    let table = format!(
        "{MEETING}\n\nShe PRON 2 nsubj\nthanked VERB 0 root\nhim PRON 2 obj\nin ADP 6 case\nhis PRON 6 nmod:poss\noffice NOUN 2 obl"
    );
    assert_eq!(references(&table, &names), ["She = Angela Merkel", "him = Vladimir Putin", "his = Vladimir Putin"]);
}

#[test]
fn an_object_pronoun_is_not_the_subject_of_its_verb() {
    let names = [("Vladimir Putin", Person), ("Boris Johnson", Person)];
    let table = "Vladimir PROPN 3 nsubj\nPutin PROPN 1 flat\nphoned VERB 0 root\nBoris PROPN 3 obj\nJohnson PROPN 4 flat\n\n\
        Putin PROPN 2 nsubj\nthanked VERB 0 root\nhim PRON 2 obj";
    assert_eq!(references(table, &[names[0], names[1], ("Putin", Person)]), ["him = Boris Johnson"]);
}

#[test]
fn a_possessive_may_stand_for_whom_its_noun_is_joined_with() {
    let names = [("Joan Coburn", Person), ("Ann Lee", Person)];
    let table = "Joan PROPN 6 nsubj\nCoburn PROPN 1 flat\nand CCONJ 5 cc\nher PRON 5 nmod:poss\nhusband NOUN 1 conj\nmet VERB 0 root\n\
        Ann PROPN 6 obj\nLee PROPN 7 flat";
    assert_eq!(references(table, &names), ["her = Joan Coburn"]);
}

#[test]
fn a_phrase_that_opens_the_clause_looks_ahead_to_its_subject() {
    let names = [("Hannah Oller", Person), ("Ronald Reagan", Person)];
    let table = "In ADP 2 case\naddition NOUN 8 obl\nto ADP 5 case\nher PRON 5 nmod:poss\nwork NOUN 2 nmod\nHannah PROPN 8 nsubj\n\
        Oller PROPN 6 flat\nmet VERB 0 root\nRonald PROPN 8 obj\nReagan PROPN 9 flat";
    assert_eq!(references(table, &names), ["her = Hannah Oller"]);
}

#[test]
fn a_name_in_apposition_to_name_is_its_bearer() {
    let names = [("Henry Rosenthal", Person)];
    let table = "Rank PROPN 2 nsubj\nproduced VERB 0 root\nfilms NOUN 2 obj\nunder ADP 6 case\nhis PRON 6 nmod:poss\nname NOUN 2 obl\n\
        , PUNCT 8 punct\nHenry PROPN 6 appos\nRosenthal PROPN 8 flat";
    assert_eq!(references(table, &names), ["his = Henry Rosenthal"]);
}

#[test]
fn learned_scores_stand_beside_the_rules() {
    let names = [("Vladimir Putin", Person), ("Boris Johnson", Person)];
    let table = "Vladimir PROPN 3 nsubj\nPutin PROPN 1 flat\nphoned VERB 0 root\nBoris PROPN 3 obj\nJohnson PROPN 4 flat\n\n\
        He PRON 2 nsubj\nsmiled VERB 0 root";
    let document = Document::new(table, &names);
    let syntax = Syntax::new(&document.source, &document.text, document.words.clone());
    let he = |scores: Option<&AntecedentScores<'_>>| {
        let found = read(&syntax, &document.tagged, &Known::default(), scores);
        let mention = found.mentions.iter().find(|m| m.kind == MentionKind::Pronoun).map(|m| m.entity);
        mention.map(|e| found.entities[e].name.clone())
    };
    assert_eq!(he(None).as_deref(), Some("Vladimir Putin"));
    let learned = |_: usize, candidate: usize| (candidate == 3).then_some(20.0);
    assert_eq!(he(Some(&learned)).as_deref(), Some("Boris Johnson"));
}

#[test]
fn it_is_the_organisation_but_not_an_expletive() {
    let names = [("Hamas", Organization)];
    let table = "Hamas PROPN 2 nsubj\nagreed VERB 0 root\n\nIt PRON 2 nsubj\nfreed VERB 0 root\nits PRON 4 nmod:poss\nhostages NOUN 2 obj\n\n\
        It PRON 3 expl\nis AUX 3 cop\nclear ADJ 0 root\nthat SCONJ 6 mark\nIsrael PROPN 6 nsubj\nwon VERB 3 csubj";
    assert_eq!(references(table, &names), ["It = Hamas", "its = Hamas"]);
}

#[test]
fn a_nearer_thing_without_a_name_takes_the_pronoun() {
    let names = [("Hamas", Organization)];
    let table = "The DET 2 det\nreport NOUN 3 nsubj\nblamed VERB 0 root\nHamas PROPN 3 obj\n\nIt PRON 2 nsubj\nlisted VERB 0 root\ncrimes NOUN 2 obj";
    assert!(references(table, &names).is_empty());
}

#[test]
fn a_title_given_before_is_taken_up_by_a_description() {
    let names = [("Iranian", Norp), ("Hossein Amirabdollahian", Person), ("Faisal Mekdad", Person)];
    let table = "Iranian ADJ 3 amod\nforeign ADJ 3 amod\nminister NOUN 4 nmod:desc\nHossein PROPN 6 nsubj\nAmirabdollahian PROPN 4 flat\nmet VERB 0 root\n\
        Faisal PROPN 6 obj\nMekdad PROPN 7 flat\n\nThe DET 4 det\nIranian ADJ 4 amod\nforeign ADJ 4 amod\nminister NOUN 5 nsubj\nsmiled VERB 0 root";
    assert_eq!(references(table, &names), ["The Iranian foreign minister = Hossein Amirabdollahian"]);
}

#[test]
fn the_company_is_the_one_organisation_spoken_of() {
    let names = [("Boeing", Organization), ("Seattle", Location)];
    let table = "Boeing PROPN 2 nsubj\nleft VERB 0 root\nSeattle PROPN 2 obj\n\nThe DET 2 det\ncompany NOUN 3 nsubj\nhired VERB 0 root\npilots NOUN 3 obj";
    assert_eq!(references(table, &names), ["The company = Boeing"]);
}

#[test]
fn other_companies_and_governments_are_not() {
    let names = [("Boeing", Organization)];
    for phrase in [
        "The DET 3 det\nother ADJ 3 amod\ncompany NOUN 4 nsubj",
        "The DET 3 det\nnational ADJ 3 amod\ngovernment NOUN 4 nsubj",
    ] {
        let table = format!("Boeing PROPN 2 nsubj\nleft VERB 0 root\n\n{phrase}\npaid VERB 0 root");
        assert!(references(&table, &names).is_empty(), "{phrase}");
    }
}

#[test]
fn quoted_first_persons_are_the_speaker() {
    let names = [("Angela Merkel", Person)];
    let table = "\" PUNCT 3 punct\nI PRON 3 nsubj\nwon VERB 7 ccomp\n\" PUNCT 3 punct\nAngela PROPN 7 nsubj\nMerkel PROPN 5 flat\nsaid VERB 0 root";
    assert_eq!(references(table, &names), ["I = Angela Merkel"]);
}

#[test]
fn salience_and_confidence_lie_between_0_and_1() {
    let document = Document::new(MEETING, &[("Angela Merkel", Person), ("Vladimir Putin", Person)]);
    let (_, entities) = document.read();
    let (first, second) = (&entities.entities[0], &entities.entities[1]);
    assert!(first.salience <= 1.0 && first.salience > second.salience && second.salience > 0.0);
    assert!((first.confidence - 0.9).abs() < 1e-6);
}

fn entry(text: &str, kind: &str, id: &str, aliases: &[&str]) -> DictionaryEntry {
    DictionaryEntry {
        text: text.to_owned(),
        kind: kind.to_owned(),
        id: id.to_owned(),
        scheme: "dictionary".to_owned(),
        aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
    }
}

#[test]
fn names_of_an_entry_are_one_entity_of_its_type() {
    let text = "Jaguar bought Zeta Works . ZW sold it . Jaguar Cars left";
    let names = [("Jaguar Cars", Product), ("Jaguar", Product), ("Zeta", Person)];
    let entries =
        [entry("Jaguar", "ORGANIZATION", "j", &["Jaguar Cars"]), entry("Zeta Works", "ORGANIZATION", "z", &["ZW"])];
    assert_eq!(
        Document::plain(text, &names).with_dictionary(&entries),
        ["[j] ORGANIZATION Jaguar Cars: Jaguar | Jaguar Cars", "[z] ORGANIZATION Zeta Works: Zeta Works | ZW"]
    );
}

#[test]
fn parts_of_a_name_go_with_its_entry_and_entries_stay_apart() {
    let text = "Ada Byron met Max Byron . ADA BYRON spoke . Ada left";
    let names = [("Ada", Person), ("ADA BYRON", Person)];
    let entries = [entry("Ada Byron", "PERSON", "a", &[]), entry("Max Byron", "PERSON", "m", &["Byron"])];
    assert_eq!(
        Document::plain(text, &names).with_dictionary(&entries),
        ["[a] PERSON Ada Byron: Ada Byron | ADA BYRON | Ada", "[m] PERSON Max Byron: Max Byron"]
    );
}

#[test]
fn a_country_of_the_dictionary_keeps_its_people_and_its_code() {
    let text = "Iran spoke . The Iranian minister left";
    let names = [("Iranian", Norp)];
    assert_eq!(
        Document::plain(text, &names).with_dictionary(&[entry("Iran", "LOCATION", "Q794", &[])]),
        ["[Q794 IR Q794] LOCATION Iran: Iran | Iranian", "[IR Q794] NORP Iranian: Iranian"]
    );
}
