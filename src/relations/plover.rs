//! The PLOVER class of an event.
//!
//! A type of the catalogue has the class that it mostly falls under. The codebook (PLOVER_MANUAL, and CAMEO2PLOVER, whose
//! codes are named below) sorts some of its wordings elsewhere, and asks for one class alone where an event that is
//! planned or refused is an event of its own: an intention to help is AGREE, and not AID to come.

use super::catalogue::RelationType;
use super::factuality::Factuality;
use super::{Candidate, Context, setting};
use crate::extraction::{Modality, Polarity};
use crate::syntax::Deprel;

/// Verbs by which one keeps from doing something.
const REFUSALS: &[&str] = &["refuse", "decline", "fail", "reject", "refusal", "failure"];

/// The class of what the candidate says, if its type is an event.
pub fn class(
    context: &Context<'_, '_>,
    candidate: &Candidate,
    kind: &RelationType,
    facts: Factuality,
) -> Option<String> {
    let class = worded(context, candidate, kind).or(kind.class())?;
    Some(in_mode(class, facts, is_refused(context, candidate)).to_owned())
}

/// The class that the wording falls under, where it is another than its type's.
fn worded(context: &Context<'_, '_>, candidate: &Candidate, kind: &RelationType) -> Option<&'static str> {
    let s = context.syntax;
    let words = setting::event_words(context, candidate);
    let says = |lemmas: &[&str]| words.iter().any(|&w| lemmas.contains(&s.lemma(w)));
    match kind.name.as_str() {
        // 057, sign a formal agreement: what is agreed, and not what one agrees to do.
        "agreed_with" if !is_intention(context, candidate.trigger) => Some("SUPPORT"),
        // 163, impose an embargo or sanctions.
        "sanctions" if says(&["sanction", "embargo"]) => Some("COERCE"),
        // 114, complain officially; 113, rally opposition against.
        "urges" if says(&["summon"]) => Some("ACCUSE"),
        "urges" if calls_for(context, candidate.trigger, &["sanction", "boycott", "embargo", "protest"]) => {
            Some("ACCUSE")
        }
        // 074, provide protection or peacekeeping.
        "visited" | "deploys_to" if tells_of(context, candidate.trigger, "peacekeep") => Some("AID"),
        _ => None,
    }
}

/// Whether what is agreed is something to do: "agreed to withdraw", "agreed to a ceasefire".
fn is_intention(context: &Context<'_, '_>, trigger: usize) -> bool {
    const DEALS: &[&str] = &["deal", "agreement", "pact", "treaty", "accord"];
    let s = context.syntax;
    let to = |w: usize| s.case(w).as_deref() == Some("to") && !DEALS.contains(&s.lemma(w));
    s.lemma(trigger) == "agree"
        && (s.dependents(trigger, &[Deprel::Xcomp, Deprel::Ccomp, Deprel::Advcl]).next().is_some()
            || s.dependents(trigger, &[Deprel::Obl]).any(to))
}

/// Whether one of the things is asked for: "called for sanctions".
fn calls_for(context: &Context<'_, '_>, trigger: usize, lemmas: &[&str]) -> bool {
    let s = context.syntax;
    s.dependents(trigger, &[Deprel::Obl, Deprel::Nmod])
        .any(|w| s.case(w).as_deref() == Some("for") && lemmas.contains(&s.lemma(w)))
}

/// Whether a word of what stands under the trigger begins so.
fn tells_of(context: &Context<'_, '_>, trigger: usize, beginning: &str) -> bool {
    let s = context.syntax;
    s.subtree(trigger, &|_| false).any(|w| s.lemma(w).starts_with(beginning))
}

fn is_refused(context: &Context<'_, '_>, candidate: &Candidate) -> bool {
    let s = context.syntax;
    s.head(s.clause(candidate.predicate)).is_some_and(|above| REFUSALS.contains(&s.lemma(above)))
}

/// The class of an event that is yet to come, or that is kept from coming.
fn in_mode(class: &str, facts: Factuality, refused: bool) -> &str {
    const COOPERATION: &[&str] = &["AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"];
    const CONFLICT: &[&str] = &["SANCTION", "COERCE", "ASSAULT", "PROTEST"];
    let planned = facts.modality == Modality::Planned;
    match facts.polarity {
        Polarity::Affirmed if planned && COOPERATION.contains(&class) => "AGREE",
        Polarity::Affirmed if planned && CONFLICT.contains(&class) => "THREATEN",
        Polarity::Negated if (planned || refused) && COOPERATION.contains(&class) => "REJECT",
        _ => class,
    }
}

#[cfg(test)]
mod tests {
    use crate::relations::catalogue::PLOVER;
    use crate::relations::tests::extract;

    /// The class of the relation between the two names; types are left to other tests.
    #[track_caller]
    fn classed(text: &str, subject: &str, object: &str, wanted: &str) {
        let extraction = extract(text);
        let named = |entity: Option<usize>| entity.map(|e| extraction.entities[e].name.as_str());
        let between = |r: &&crate::extraction::Relation| {
            let ends = [named(r.subject.entity), named(r.object.entity)];
            ends == [Some(subject), Some(object)] || r.symmetric && ends == [Some(object), Some(subject)]
        };
        let codes = extraction.relations.iter().filter(between).flat_map(|r| &r.codes);
        let classes: Vec<&str> = codes.filter(|c| c.scheme == PLOVER).map(|c| c.code.as_str()).collect();
        assert!(classes.contains(&wanted), "{text}\n  wanted: {wanted}\n  found:  {classes:?}");
    }

    #[test]
    fn an_intention_is_a_class_of_its_own() {
        classed("Emmanuel Macron met Olaf Scholz in Paris.", "Emmanuel Macron", "Olaf Scholz", "CONSULT");
        classed("Emmanuel Macron will meet Olaf Scholz in Paris.", "Emmanuel Macron", "Olaf Scholz", "AGREE");
        classed("Turkey plans to attack Syria.", "Turkey", "Syria", "THREATEN");
        classed("Turkey attacked Syria.", "Turkey", "Syria", "ASSAULT");
    }

    #[test]
    fn a_refusal_is_a_class_of_its_own() {
        classed("Mahmoud Abbas refused to meet Mike Pence.", "Mahmoud Abbas", "Mike Pence", "REJECT");
        classed("France will not meet Iran.", "France", "Iran", "REJECT");
        classed("France did not meet Iran.", "France", "Iran", "CONSULT");
    }

    #[test]
    fn an_agreement_that_is_signed_supports() {
        classed("Canada signed a trade deal with Chile.", "Canada", "Chile", "SUPPORT");
        classed("Canada agreed with Chile to share information.", "Canada", "Chile", "AGREE");
    }

    #[test]
    fn wordings_have_the_class_of_the_codebook() {
        classed("Japan imposed sanctions on Russia.", "Japan", "Russia", "COERCE");
        classed("Japan expelled diplomats from Russia.", "Japan", "Russia", "SANCTION");
        classed("Spain summoned the ambassador of Morocco.", "Spain", "Morocco", "ACCUSE");
        classed("India sent peacekeepers to Congo.", "India", "Congo", "AID");
        classed("India sent troops to Congo.", "India", "Congo", "MOBILIZE");
    }
}
