//! Who stands in what place of a predicate, through passives, relative clauses, control and coordination.

use crate::syntax::{Deprel, Syntax, Upos, VerbForm};

/// Deepest chain of governing words that is followed for a missing subject.
const DEPTH: usize = 6;

const SUBJECT: &[Deprel] = &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
const OBLIQUE: &[Deprel] = &[Deprel::Obl, Deprel::OblAgent, Deprel::OblUnmarked, Deprel::Nmod];

/// Verbs whose infinitive is done by their subject although they take an object ("promised them to leave").
const SUBJECT_CONTROL: &[&str] = &["promise", "vow", "threaten", "pledge", "use", "take", "have", "hold"];

/// The places of one predicate.
pub struct Frames<'s, 'a> {
    pub syntax: &'s Syntax<'a>,
}

impl Frames<'_, '_> {
    /// Whether the predicate is in the passive, or a participle that says what was done to its noun.
    pub fn is_passive(&self, predicate: usize) -> bool {
        let s = self.syntax;
        let marked = s.dependents(predicate, &[Deprel::AuxPass, Deprel::NsubjPass]).next().is_some();
        let bare = s.verb_form(predicate) == VerbForm::Participle
            && matches!(s.deprel(predicate), Deprel::Acl | Deprel::Amod | Deprel::Advcl)
            && s.dependents(predicate, &[Deprel::Aux, Deprel::Obj, Deprel::Nsubj]).next().is_none();
        marked || bare
    }

    /// Who does it.
    pub fn agents(&self, predicate: usize) -> Vec<usize> {
        if self.is_passive(predicate) {
            let by = self.obliques(predicate, &["by"]);
            if !by.is_empty() || self.syntax.deprel(predicate) != Deprel::Amod {
                return by;
            }
            // "Iran-backed": what stands joined before the participle did it.
            let joined = |c: &usize| *c < predicate && self.syntax.upos(*c) != Upos::Punct;
            let parts = &[Deprel::Compound, Deprel::Obl, Deprel::Nsubj, Deprel::Nmod, Deprel::OblUnmarked, Deprel::Obj];
            return self.syntax.dependents(predicate, parts).filter(joined).collect();
        }
        self.subjects(predicate)
    }

    /// To whom it is done: the direct object, or the subject of a passive.
    pub fn patients(&self, predicate: usize) -> Vec<usize> {
        let s = self.syntax;
        if self.is_passive(predicate) {
            return match (s.deprel(predicate), s.head(predicate)) {
                (Deprel::Acl | Deprel::Amod, Some(noun)) => vec![noun],
                _ => self.subjects(predicate),
            };
        }
        let mut found: Vec<usize> = Vec::new();
        for object in s.dependents(predicate, &[Deprel::Obj]) {
            found.extend(self.through_relative(predicate, object));
        }
        let gap = s.deprel(predicate) == Deprel::AclRelcl
            && s.dependents(predicate, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]).next().is_none();
        if let (true, Some(noun)) = (gap, s.head(predicate))
            && !self.subjects(predicate).contains(&noun)
        {
            found.push(noun);
        }
        // "called X": a name can't be what another thing is called by unless there is that thing.
        if found.is_empty() {
            let named =
                |&w: &usize| s.upos(w) == Upos::Propn && s.dependent(w, Deprel::Case).is_none() && w > predicate;
            found.extend(s.dependents(predicate, &[Deprel::Xcomp]).filter(named));
        }
        // "met and praised X": the object of the last of the verbs may be that of all.
        if found.is_empty() && s.upos(predicate) == Upos::Verb {
            let next =
                s.dependents(predicate, &[Deprel::Conj]).find(|&c| s.upos(c) == Upos::Verb && c <= predicate + 3);
            found.extend(next.into_iter().flat_map(|c| self.patients(c)));
        }
        found
    }

    /// Receivers ("gave Ukraine weapons").
    pub fn receivers(&self, predicate: usize) -> Vec<usize> {
        self.syntax.dependents(predicate, &[Deprel::Iobj]).flat_map(|w| self.syntax.with_conjuncts(w)).collect()
    }

    /// Dependents behind one of the prepositions.
    pub fn obliques(&self, predicate: usize, prepositions: &[impl AsRef<str>]) -> Vec<usize> {
        let s = self.syntax;
        let behind = |w: usize| {
            let case =
                s.dependents(w, &[Deprel::Case]).find(|&c| prepositions.iter().any(|p| p.as_ref() == s.lemma(c)));
            // "called on X to leave", where the tree makes the preposition a particle of the verb.
            let particle = s.deprel(w) == Deprel::Obl
                && w > predicate
                && s.case(w).is_none()
                && s.dependents(predicate, &[Deprel::CompoundPrt])
                    .any(|p| p < w && prepositions.iter().any(|x| x.as_ref() == s.lemma(p)));
            case.is_some()
                || particle
                || (s.deprel(w) == Deprel::OblAgent && prepositions.iter().any(|p| p.as_ref() == "by"))
        };
        let mut found: Vec<usize> = Vec::new();
        for oblique in s.dependents(predicate, OBLIQUE).filter(|&w| behind(w)) {
            found.extend(self.through_relative(predicate, oblique));
        }
        found
    }

    /// The word and its conjuncts; a relative pronoun stands for the noun that its clause describes.
    pub fn through_relative(&self, predicate: usize, word: usize) -> Vec<usize> {
        let s = self.syntax;
        let relative = matches!(s.lemma(word), "who" | "whom" | "which" | "that") && s.upos(word) == Upos::Pron;
        if relative {
            let mut at = Some(predicate);
            for _ in 0..DEPTH {
                let Some(clause) = at else { break };
                if s.deprel(clause) == Deprel::AclRelcl {
                    return s.head(clause).into_iter().collect();
                }
                at = s.head(clause);
            }
        }
        s.with_conjuncts(word)
    }

    /// The words in subject place, of an active or a passive; found in the clauses above where the predicate has none.
    pub fn subjects(&self, predicate: usize) -> Vec<usize> {
        self.subjects_within(predicate, DEPTH)
    }

    fn subjects_within(&self, predicate: usize, depth: usize) -> Vec<usize> {
        let s = self.syntax;
        let own: Vec<usize> =
            s.dependents(predicate, SUBJECT).flat_map(|w| self.through_relative(predicate, w)).collect();
        if !own.is_empty() || depth == 0 {
            return own;
        }
        let Some(above) = s.head(predicate) else { return Vec::new() };
        let inherited = || self.subjects_within(above, depth - 1);
        match s.deprel(predicate) {
            Deprel::AclRelcl => vec![above],
            Deprel::Acl
                if s.verb_form(predicate) == VerbForm::Gerund && s.dependent(predicate, Deprel::Mark).is_none() =>
            {
                vec![above]
            }
            // "Israel's decision to attack", "the role of Egypt in freeing them", "made a decision to attack"
            Deprel::Acl if matches!(s.verb_form(predicate), VerbForm::Base | VerbForm::Gerund) => {
                let of = |w: &usize| s.deprel(*w) == Deprel::NmodPoss || s.case(*w).as_deref() == Some("of");
                let owner = s.dependents(above, &[Deprel::NmodPoss, Deprel::Nmod]).find(of);
                match (owner, s.head(above)) {
                    (Some(owner), _) => s.with_conjuncts(owner),
                    (None, Some(verb)) if s.deprel(above) == Deprel::Obj => self.subjects_within(verb, depth - 1),
                    _ => Vec::new(),
                }
            }
            Deprel::Xcomp => {
                let objects: Vec<usize> = s.dependents(above, &[Deprel::Obj, Deprel::Iobj]).collect();
                match objects.last() {
                    Some(&object) if !SUBJECT_CONTROL.contains(&s.lemma(above)) => s.with_conjuncts(object),
                    _ => inherited(),
                }
            }
            // "prevented X from joining"
            Deprel::Advcl if s.dependents(predicate, &[Deprel::Mark]).any(|m| s.lemma(m) == "from") => {
                match s.dependent(above, Deprel::Obj) {
                    Some(object) => s.with_conjuncts(object),
                    None => inherited(),
                }
            }
            Deprel::Advcl if self.absolute(predicate, above).is_some() => {
                self.absolute(predicate, above).map(|w| s.with_conjuncts(w)).unwrap_or_default()
            }
            Deprel::Conj | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis
                if s.deprel(predicate) != Deprel::Parataxis || s.upos(predicate) == Upos::Verb =>
            {
                inherited()
            }
            _ => Vec::new(),
        }
    }

    /// "with X taking trips": the noun between the mark and the participle, where the tree gives it to the clause above.
    fn absolute(&self, predicate: usize, above: usize) -> Option<usize> {
        let s = self.syntax;
        let mark = s.dependents(predicate, &[Deprel::Mark]).find(|&m| s.lemma(m) == "with")?;
        s.dependents(above, &[Deprel::Obl, Deprel::Obj, Deprel::Nsubj]).find(|&w| mark < w && w < predicate)
    }

    /// Infinitives and clauses that complete the predicate.
    pub fn complements(&self, predicate: usize) -> Vec<usize> {
        self.syntax
            .dependents(predicate, &[Deprel::Xcomp, Deprel::Ccomp])
            .flat_map(|w| self.syntax.with_conjuncts(w))
            .collect()
    }

    /// Whether the word ("out", "up", "hostage") completes the verb.
    pub fn has_particle(&self, predicate: usize, particle: &str) -> bool {
        let s = self.syntax;
        let parts = [Deprel::CompoundPrt, Deprel::Advmod, Deprel::Xcomp, Deprel::Obj, Deprel::Obl];
        let own = s.dependents(predicate, &parts).any(|w| s.lemma(w) == particle);
        own || s
            .dependents(predicate, OBLIQUE)
            .any(|w| s.dependents(w, &[Deprel::Case]).any(|c| s.lemma(c) == particle))
    }
}
