//! The names that the network's outputs stand for, as types that rules can match on.

use super::{LabelSets, LoadError};

macro_rules! names {
    ($(#[$doc:meta])* $kind:ident { $($variant:ident = $name:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $kind { $($variant),+ }

        impl $kind {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
            }
        }
    };
}

names! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

names! {
    /// Universal dependency relation with the subtypes of English.
    Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj",
        Cop = "cop", Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        NmodDesc = "nmod:desc", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj",
        NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl",
        OblAgent = "obl:agent", OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

names! {
    /// The form of a verb, out of the Penn Treebank tags; every other tag is `Other`.
    VerbForm {
        Base = "VB", Past = "VBD", Gerund = "VBG", Participle = "VBN", Present = "VBP", ThirdPerson = "VBZ",
        Modal = "MD", Other = "",
    }
}

names! {
    /// Type of a named mention; dates are tagged too, so that no name is read into one.
    MentionType {
        Person = "PERSON", Organization = "ORGANIZATION", Location = "LOCATION", Facility = "FACILITY", Norp = "NORP",
        Product = "PRODUCT", Misc = "MISC", Money = "MONEY", Date = "DATE",
    }
}

/// Place of a word in a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bio {
    Outside,
    Begin(MentionType),
    Inside(MentionType),
}

/// What each head's outputs mean, in order.
#[derive(Debug)]
pub struct Labels {
    pub mention: Vec<Bio>,
    pub upos: Vec<Upos>,
    pub verb_form: Vec<VerbForm>,
    pub deprel: Vec<Deprel>,
}

impl Labels {
    pub fn new(sets: &LabelSets) -> Result<Self, LoadError> {
        let unknown = |kind, label: &str| LoadError::Label { kind, label: label.to_owned() };
        let bio = |label: &String| match label.split_once('-') {
            None if label == "O" => Some(Bio::Outside),
            Some(("B", kind)) => MentionType::from_name(kind).map(Bio::Begin),
            Some(("I", kind)) => MentionType::from_name(kind).map(Bio::Inside),
            _ => None,
        };
        Ok(Self {
            mention: sets
                .mention
                .iter()
                .map(|l| bio(l).ok_or_else(|| unknown("mention", l)))
                .collect::<Result<_, _>>()?,
            upos: sets
                .upos
                .iter()
                .map(|l| Upos::from_name(l).ok_or_else(|| unknown("upos", l)))
                .collect::<Result<_, _>>()?,
            verb_form: sets.xpos.iter().map(|l| VerbForm::from_name(l).unwrap_or(VerbForm::Other)).collect(),
            deprel: sets
                .deprel
                .iter()
                .map(|l| Deprel::from_name(l).ok_or_else(|| unknown("deprel", l)))
                .collect::<Result<_, _>>()?,
        })
    }
}
