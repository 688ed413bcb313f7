//! Sentences and what must be read from them, through the whole pipeline with the embedded model.

mod examples;

use std::sync::OnceLock;

use crate::extraction::{Argument, Document, Extraction, Modality, Options, Polarity};
use crate::pipeline::Extractor;

fn extractor() -> &'static Extractor {
    static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();
    EXTRACTOR.get_or_init(|| Extractor::load(None, 1).expect("the embedded model loads"))
}

pub(super) fn extract(text: &str) -> Extraction {
    let document = Document { text: text.to_owned(), reference_time: "2023-12-12".to_owned(), ..Document::default() };
    let options = Options { include_open_relations: true, ..Options::default() };
    extractor().extract(&document, &options).expect("the text is read")
}

/// Relations as "subject type object", with the attributes that are not the usual ones behind.
fn lines(text: &str) -> Vec<String> {
    let extraction = extract(text);
    let name = |argument: &Argument| match argument.entity {
        Some(entity) => extraction.entities[entity].name.clone(),
        None => argument.span.of(text).to_owned(),
    };
    let mut lines = Vec::new();
    for relation in &extraction.relations {
        let mut ends = [name(&relation.subject), name(&relation.object)];
        if relation.symmetric {
            ends.sort();
        }
        let [subject, object] = ends;
        let mut line = format!("{subject} {} {object}", relation.kind);
        if relation.polarity == Polarity::Negated {
            line.push_str(" negated");
        }
        match relation.modality {
            Modality::Actual => {}
            Modality::Planned => line.push_str(" planned"),
            Modality::Possible => line.push_str(" possible"),
            Modality::Requested => line.push_str(" requested"),
        }
        if let Some(attribution) = &relation.attribution {
            line.push_str(&format!(" says {}", name(&attribution.source)));
        }
        for &date in &relation.dates {
            line.push_str(&format!(" on {}", extraction.dates[date].value));
        }
        lines.push(line);
    }
    lines
}

#[track_caller]
fn reads(text: &str, wanted: &[&str]) {
    let found = lines(text);
    for want in wanted {
        assert!(found.iter().any(|line| line == want), "{text}\n  wanted: {want}\n  found:  {found:#?}");
    }
}

#[track_caller]
fn does_not_read(text: &str, kinds: &[&str]) {
    for relation in extract(text).relations {
        assert!(!kinds.contains(&relation.kind.as_str()), "{text}\n  read as {}", relation.kind);
    }
}

#[test]
fn the_named_of_an_unnamed_group_are_all_meant() {
    reads(
        "Sergei Lavrov spoke by phone with the foreign ministers of Kuwait, Qatar and Iraq.",
        &["Kuwait spoke_with Sergei Lavrov", "Qatar spoke_with Sergei Lavrov", "Iraq spoke_with Sergei Lavrov"],
    );
    reads("Joe Biden hosted leaders from Japan and India.", &["Joe Biden hosted Japan", "Joe Biden hosted India"]);
}

#[test]
fn what_is_given_back_is_no_visit() {
    reads("Canada returned six statues to Peru.", &["Canada yields_to Peru"]);
    assert!(!lines("Canada returned six statues to Peru.").iter().any(|line| line.contains("visited")));
    reads("Keiko Fujimori returned to Peru.", &["Keiko Fujimori visited Peru"]);
}

#[test]
fn active_and_passive_clauses() {
    reads("Macron met Scholz in Berlin.", &["Macron met Scholz"]);
    reads("Russia invaded Ukraine.", &["Russia attacks Ukraine"]);
    reads("Ukraine was invaded by Russia.", &["Russia attacks Ukraine"]);
    reads("The resolution was vetoed by China.", &["China vetoes The resolution"]);
    reads("Turkey expelled the ambassador of Sweden.", &[]);
}

#[test]
fn coordination_distributes() {
    reads("Macron and Scholz met Zelensky.", &["Macron met Zelensky", "Scholz met Zelensky"]);
    reads("Biden and Xi met in Bali.", &["Biden met Xi"]);
}

#[test]
fn control_and_complements_carry_modality() {
    reads("China and Iran vowed to work together with Russia.", &["China cooperates_with Russia planned"]);
    reads("Turkey refused to recognise Cyprus.", &["Turkey recognizes Cyprus negated"]);
    reads("Lavrov will visit Cuba on Thursday.", &["Lavrov visited Cuba planned on 2023-12-14"]);
    reads("Iran is believed to be a key backer of Hamas.", &["Iran backs Hamas possible"]);
    reads("Macron urged Putin to meet Zelensky.", &["Macron urges Putin", "Putin met Zelensky requested"]);
}

#[test]
fn negation_turns_polarity() {
    reads("India did not condemn Russia.", &["India criticizes Russia negated"]);
    reads("Merkel never met Kim Jong Un.", &["Kim Jong Un met Merkel negated"]);
}

#[test]
fn negating_and_doubting_words_reach_what_stands_below_them() {
    reads("Israel failed to defeat Hamas.", &["Israel defeats Hamas negated"]);
    reads("Iran did not deny that it had attacked Israel.", &["Iran attacks Israel says Iran"]);
    reads("Israel denied that it had killed Ismail Haniyeh.", &["Israel kills Ismail Haniyeh negated says Israel"]);
    reads("Turkey no longer backs Hamas.", &["Turkey backs Hamas negated"]);
    reads("Fidan was unable to meet Blinken.", &["Blinken met Fidan negated"]);
    reads("Lula visited Cuba instead of visiting Mexico.", &["Lula visited Cuba", "Lula visited Mexico negated"]);
    reads("Germany prevented Ukraine from joining NATO.", &["Ukraine member_of NATO negated"]);
    reads("If Russia attacks Poland, NATO will respond.", &["Russia attacks Poland possible"]);
    reads("Did Iran attack Israel?", &["Iran attacks Israel possible"]);
    reads("Iran's alleged attack on Israel worried Jordan.", &["Iran attacks Israel possible"]);
    reads("Greece seems to back Cyprus.", &["Greece backs Cyprus possible"]);
    reads("Canada may impose sanctions on Belarus.", &["Canada sanctions Belarus possible"]);
    reads(
        "China threatened to sanction Lithuania.",
        &["China threatens Lithuania", "China sanctions Lithuania planned"],
    );
}

#[test]
fn control_finds_who_does_it() {
    reads("Macron persuaded Scholz to visit Kyiv.", &["Scholz visited Kyiv requested"]);
    reads("Macron promised Scholz to visit Kyiv.", &["Macron visited Kyiv planned"]);
    reads("Xi Jinping plans to visit Serbia.", &["Xi Jinping visited Serbia planned"]);
}

#[test]
fn a_passive_without_agent_has_no_agent() {
    does_not_read("Osman Kavala was arrested in Istanbul.", &["arrests"]);
}

#[test]
fn relative_clauses_and_compounds_stand_for_their_noun() {
    reads("Hamas, which is backed by Iran and Qatar, attacked Israel.", &["Iran backs Hamas", "Qatar backs Hamas"]);
    reads("The US-backed Kurds fought Turkey.", &["US backs Kurds", "Kurds fights Turkey"]);
}

#[test]
fn nominalisations_have_agents_and_patients() {
    reads("The invasion of Kuwait by Iraq began in 1990.", &["Iraq attacks Kuwait on 1990"]);
    reads("Britain's recognition of Palestine pleased Jordan.", &["Britain recognizes Palestine"]);
    reads("In its warning to Niger, ECOWAS spoke of force.", &["ECOWAS warns Niger"]);
    reads("The accord between Egypt and Sudan was signed in Cairo.", &["Egypt agreed_with Sudan"]);
}

#[test]
fn nouns_say_relations_too() {
    reads("Israel launched an attack on Lebanon.", &["Israel attacks Lebanon"]);
    reads("The talks between Serbia and Kosovo failed.", &["Kosovo met Serbia"]);
    reads("Iran is a backer of Hezbollah.", &["Iran backs Hezbollah"]);
    reads("The United States imposed sanctions on Russia.", &["United States sanctions Russia"]);
}

#[test]
fn statements_have_a_source() {
    reads("Zelensky said that Russia attacked Odesa on Monday.", &["Russia attacks Odesa says Zelensky on 2023-12-11"]);
    reads("Russia attacked Odesa, according to Reuters.", &["Russia attacks Odesa says Reuters"]);
    reads("Reuters reported that Zelensky said that Russia attacked Odesa.", &["Russia attacks Odesa says Zelensky"]);
    reads("Russia, Zelensky said, attacked Odesa.", &["Russia attacks Odesa says Zelensky"]);
    reads("“Russia attacked Odesa on Sunday,” Zelensky said.", &["Russia attacks Odesa says Zelensky on 2023-12-10"]);
}

#[test]
fn titles_give_positions() {
    reads(
        "French President Emmanuel Macron arrived.",
        &["Emmanuel Macron holds_position French President", "Emmanuel Macron leads French"],
    );
    reads(
        "Israeli Defence Minister Yoav Gallant spoke.",
        &["Yoav Gallant holds_position Israeli Defence Minister", "Yoav Gallant works_for Israeli"],
    );
    reads("Tim Cook, the chief executive of Apple, agreed.", &["Tim Cook leads Apple"]);
    reads(
        "Avril Haines, director of national intelligence, and William Burns, director of the CIA, met Kim.",
        &["William Burns leads CIA"],
    );
    reads(
        "Sergei Lavrov, the foreign minister of Russia, met Hakan Fidan, the Turkish foreign minister.",
        &["Sergei Lavrov works_for Russia", "Hakan Fidan works_for Turkish", "Hakan Fidan met Sergei Lavrov"],
    );
}

#[test]
fn titles_are_whole_and_told_once() {
    let titles = |text: &str| lines(text).into_iter().filter(|l| l.contains(" holds_position ")).collect::<Vec<_>>();
    let minister = "Ana Diaz holds_position Environment and Tourism Minister";
    assert_eq!(titles("Environment and Tourism Minister Ana Diaz resigned on Monday."), [minister]);
    let president = "Ana Diaz holds_position president of Chile";
    assert_eq!(titles("Ana Diaz is the president of Chile. The former president Ana Diaz met Lula."), [president]);
    let premier = "Thaksin Shinawatra holds_position premier";
    assert_eq!(titles("Critics mocked fugitive ex-premier Thaksin Shinawatra."), [premier]);
    reads("Adel Ezzat, the general manager of Elaf Group, resigned.", &["Adel Ezzat leads Elaf Group"]);
}

#[test]
fn whose_president_it_is_stands_elsewhere() {
    reads("The protests in Peru went on. President Ana Diaz left Lima, the capital of Peru.", &["Ana Diaz leads Peru"]);
    let text = "Italian Prime Minister Luca Rossi received President Emmanuel Macron in Rome. Italy and France agreed.";
    reads(text, &["Luca Rossi leads Italy", "Emmanuel Macron leads France"]);
    let text =
        "French President Luc Petit flew home. Elsewhere King Omar Said opened a school. France has many schools.";
    assert!(!lines(text).contains(&"Omar Said leads France".to_owned()));
}

#[test]
fn what_a_noun_is_about_is_done_by_its_owner() {
    reads("Critics noted the role of Peru in aiding Chile.", &["Peru aids Chile"]);
}

#[test]
fn asking_is_told_from_telling() {
    reads("Ana Diaz insisted that Peru withdraw its troops.", &["Ana Diaz urges Peru"]);
    does_not_read("Ana Diaz insisted that Peru was a friend.", &["urges"]);
    does_not_read("Ana Diaz called Luis Arce a liar.", &["spoke_with"]);
}

#[test]
fn places_lie_in_places() {
    reads("The fire broke out in Patras, Greece.", &["Patras located_in Greece"]);
    reads("The United Nations is based in New York.", &["United Nations based_in New York"]);
}

#[test]
fn words_of_another_meaning_do_not_fire() {
    does_not_read("The meeting room in Berlin met the standards of Germany.", &["fights", "attacks"]);
    does_not_read("Apple released a phone in China.", &["releases"]);
    does_not_read("The bank in London struck a balance.", &["attacks", "fights"]);
}

#[test]
fn of_a_sentence_without_end_only_what_says_the_relation_is_its_evidence() {
    let list = "salt, bread and oil, ".repeat(200);
    let extraction = extract(&format!("Macron met Scholz in Berlin, who brought {list}and wine."));
    let met = extraction.relations.iter().find(|r| r.kind == "met").expect("Macron met Scholz");
    assert!(met.evidence.end - met.evidence.start < 100, "{:?}", met.evidence);
}

#[test]
fn a_preposition_that_says_it_is_worded_once() {
    let text = "Prime Minister Duarte Valadares will not meet Carmen Olivares in Madrid on Friday, his office said.";
    let relations = extract(text).relations;
    let by_preposition = relations.iter().find(|r| r.trigger.of(text) == "in").expect("a relation that \"in\" says");
    assert_eq!(by_preposition.predicate, "in");
}
