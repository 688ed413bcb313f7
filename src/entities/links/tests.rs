//! Sentences, and what their names are linked to.

use crate::entities::tests::Document;
use crate::model::labels::MentionType::{self, Location, Norp, Organization, Person};

/// Each link as "name in the text = scheme:id", in the order of the text.
fn links(text: &str, names: &[(&str, MentionType)]) -> Vec<String> {
    let document = Document::plain(text, names);
    let (_, entities) = document.read();
    let of_entity = |e: &crate::extraction::Entity| {
        let line = |l: &crate::extraction::Link| format!("{} = {}:{}", e.name, l.scheme, l.id);
        e.links.iter().map(line).collect::<Vec<_>>()
    };
    entities.entities.iter().flat_map(of_entity).collect()
}

fn places(text: &str, names: &[&str]) -> Vec<String> {
    links(text, &names.iter().map(|n| (*n, Location)).collect::<Vec<_>>())
}

#[test]
fn a_country_has_its_code_and_its_item_in_wikidata() {
    assert_eq!(places("He left France", &["France"]), ["France = iso3166-1:FR", "France = wikidata:Q142"]);
    assert_eq!(links("French firms", &[("French", Norp)])[0], "French = iso3166-1:FR");
}

#[test]
fn a_large_city_is_meant_by_its_name_alone() {
    assert_eq!(places("They met in Paris", &["Paris"]), ["Paris = geonames:2988507"]);
    assert_eq!(places("MOSCOW", &["MOSCOW"]), ["MOSCOW = geonames:524901"]);
    assert_eq!(places("They met in Kiev", &["Kiev"]), ["Kiev = geonames:703448"]);
    assert_eq!(places("A summit in São Paulo", &["São Paulo"]), ["São Paulo = geonames:3448439"]);
}

#[test]
fn what_follows_the_comma_decides() {
    assert_eq!(
        places("He lives in Paris , Texas", &["Paris", "Texas"]),
        ["Paris = geonames:4717560", "Texas = iso3166-2:US-TX"]
    );
    assert_eq!(
        places("He lives in London , Ontario", &["London", "Ontario"]),
        ["London = geonames:6058560", "Ontario = iso3166-2:CA-ON"]
    );
    assert_eq!(places("Born in Springfield , Ill.", &["Springfield", "Ill."])[0], "Springfield = geonames:4250542");
    assert_eq!(
        places("A fire in Birmingham , Alabama", &["Birmingham", "Alabama"])[0],
        "Birmingham = geonames:4049979"
    );
}

#[test]
fn a_place_that_is_not_known_there_is_no_other() {
    assert_eq!(places("He lives in Moscow , Texas", &["Moscow", "Texas"]), ["Texas = iso3166-2:US-TX"]);
}

#[test]
fn places_in_a_list_lie_beside_each_other() {
    let nations = places("Voters in England , Scotland and Wales", &["England", "Scotland", "Wales"]);
    assert_eq!(nations, ["England = iso3166-2:GB-ENG", "Scotland = iso3166-2:GB-SCT", "Wales = iso3166-2:GB-WLS"]);
    let cities = places(
        "From Paris , France , to Moscow , Ukraine and Berlin",
        &["Paris", "France", "Moscow", "Ukraine", "Berlin"],
    );
    assert_eq!(cities[0], "Paris = geonames:2988507");
}

#[test]
fn georgia_is_the_state_behind_a_city_of_it() {
    assert_eq!(
        places("A trial in Atlanta , Georgia", &["Atlanta", "Georgia"]),
        ["Atlanta = geonames:4180439", "Georgia = iso3166-2:US-GA"]
    );
    assert!(places("A trial in Georgia", &["Georgia"]).is_empty());
}

#[test]
fn namesakes_of_like_size_are_left_alone() {
    assert!(places("A fire in Springfield", &["Springfield"]).is_empty());
    assert!(places("A fire in Cambridge", &["Cambridge"]).is_empty());
    assert!(places("A fire in San Jose", &["San Jose"]).is_empty());
}

#[test]
fn the_country_in_the_text_tells_namesakes_apart() {
    assert_eq!(
        places("Troops left Hyderabad in Pakistan", &["Hyderabad", "Pakistan"])[0],
        "Hyderabad = geonames:1176734"
    );
    assert_eq!(places("Troops left Tripoli in Libya", &["Tripoli", "Libya"])[0], "Tripoli = geonames:2210247");
    assert_eq!(places("Troops left Tripoli in Lebanon", &["Tripoli", "Lebanon"])[0], "Tripoli = geonames:266826");
    assert_eq!(places("U.S. envoys left Paris", &["U.S.", "Paris"])[2], "Paris = geonames:2988507");
}

#[test]
fn a_namesakes_state_in_the_text_leaves_doubt() {
    assert_eq!(places("Idaho voted . The mayor of Moscow spoke", &["Idaho", "Moscow"]), ["Idaho = iso3166-2:US-ID"]);
}

#[test]
fn washington_is_the_capital() {
    assert_eq!(places("Talks in Washington", &["Washington"]), ["Washington = geonames:4140963"]);
}

#[test]
fn states_and_provinces_have_their_codes() {
    assert_eq!(
        places("Voters in Texas and Bavaria", &["Texas", "Bavaria"]),
        ["Texas = iso3166-2:US-TX", "Bavaria = iso3166-2:DE-BY"]
    );
    assert_eq!(places("Floods in the Indian state of Kerala", &["Kerala"]), ["Kerala = iso3166-2:IN-KL"]);
    let anbar = places("Iraq attacked Anbar province", &["Iraq", "Anbar province"]);
    assert_eq!(anbar.last().map(String::as_str), Some("Anbar province = iso3166-2:IQ-AN"));
    assert!(
        places("Talks in Punjab", &["Punjab"]).iter().all(|l| l.ends_with("IN-PB")),
        "Pakistan's needs its country"
    );
}

#[test]
fn a_region_of_a_country_that_is_not_named_may_be_another_place() {
    assert_eq!(places("Riots in Acre , Israel", &["Acre", "Israel"]).len(), 2, "those of Israel");
    assert!(places("Riots in Acre", &["Acre"]).is_empty());
    assert_eq!(places("Fires in Acre in Brazil", &["Acre", "Brazil"])[0], "Acre = iso3166-2:BR-AC");
}

#[test]
fn acronyms_are_no_cities() {
    assert!(places("He spoke to SAN", &["SAN"]).is_empty());
}

#[test]
fn only_places_are_linked_to_places() {
    assert!(links("Paris sang", &[("Paris", Person)]).is_empty());
    assert!(links("Paris signed him", &[("Paris", Organization)]).is_empty());
    let bank = links("The Bank of China grew", &[("Bank of China", Organization)]);
    assert!(bank.is_empty(), "{bank:?}");
}

#[test]
fn heads_of_state_need_full_name_and_country() {
    let names = [("Emmanuel Macron", Person), ("France", Location)];
    let found = links("Emmanuel Macron left France", &names);
    assert_eq!(found[0], "Emmanuel Macron = office:FR/head-of-state/2017-05-14");
    assert!(links("Emmanuel Macron left", &names).is_empty());
    assert!(
        links("Macron left France", &[("Macron", Person), ("France", Location)])
            .iter()
            .all(|l| l.starts_with("France"))
    );
    let names = [("Barack Obama", Person), ("U.S.", Location)];
    assert_eq!(links("U.S. President Barack Obama spoke", &names)[2], "Barack Obama = wikidata:Q76");
}
