//! Acronyms, short forms and plurals of organisations, places and peoples joined with their long forms.

use std::collections::HashMap;

use super::{Class, Graph, NameWord, is_name_word, word_key};
use crate::entities::countries;
use crate::model::labels::MentionType;

impl Graph<'_> {
    pub(super) fn join_bodies(&mut self) {
        let bodies: Vec<usize> = (0..self.nodes.len())
            .filter(|&n| matches!(self.nodes[n].class, Class::Body | Class::Thing) && self.nodes[n].country.is_none())
            .collect();
        self.join_acronyms(&bodies);
        let mut long_forms: Vec<(usize, usize)> = bodies
            .iter()
            .flat_map(|&long| self.short_forms(long).into_iter().map(move |short| (short, long)))
            .collect();
        long_forms.sort_unstable();
        for of_one in long_forms.chunk_by(|a, b| a.0 == b.0) {
            let long: Vec<usize> = of_one.iter().map(|f| f.1).collect();
            // "The embassy" of two that are named is neither.
            if let [one] = self.roots(&long)[..] {
                self.join(one, of_one[0].0);
            }
        }
    }

    /// "IRNA" with "Islamic Republic News Agency", if only one name has these initials.
    fn join_acronyms(&mut self, bodies: &[usize]) {
        let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
        for &node in bodies {
            let first = &self.names[self.nodes[node].names[0]];
            if first.words.len() > 1 && first.acronym().is_none() {
                for initials in first.initials() {
                    by_initials.entry(initials).or_default().push(node);
                }
            }
        }
        for &node in bodies {
            let first = &self.names[self.nodes[node].names[0]];
            let Some(letters) = first.acronym() else { continue };
            let Some(fits) = by_initials.get(&letters) else { continue };
            // Two letters fit by chance: only with the same type.
            let kind = first.kind;
            let fits: Vec<usize> = fits
                .iter()
                .copied()
                .filter(|&n| letters.len() > 2 || self.names[self.nodes[n].names[0]].kind == kind)
                .collect();
            if let [one] = self.roots(&fits)[..] {
                self.join(one, node);
            }
        }
    }

    /// Nodes that are the name without its "Inc.", "Party" or nationality, or its singular.
    fn short_forms(&self, node: usize) -> Vec<usize> {
        if self.nodes[node].class != Class::Body {
            return Vec::new();
        }
        let words = &self.nodes[node].words;
        let mut forms = Vec::new();
        let first = &self.names[self.nodes[node].names[0]];
        let bare = words.iter().rposition(|w| !is_name_word(w, NameWord::Organization)).map_or(0, |at| at + 1);
        let place = words.last().is_some_and(|w| is_name_word(w, NameWord::Place));
        let is_organization = self.nodes[node].names.iter().any(|&n| self.names[n].kind != MentionType::Location);
        if (1..words.len()).contains(&bare) && is_organization {
            // "Dhaka University" is not Dhaka.
            let short = (bare..words.len()).filter_map(|end| self.find(Class::Body, &words[..end].join(" ")));
            forms.extend(short.filter(|&n| self.names[self.nodes[n].names[0]].kind != MentionType::Location));
        } else if place && words.len() > 1 {
            forms.extend(self.find(Class::Body, &words[..words.len() - 1].join(" ")));
        }
        // "Washington, D.C."
        if let Some((city, _)) = first.text.split_once(',').filter(|_| first.kind == MentionType::Location) {
            let key: Vec<String> = city.split(' ').map(word_key).filter(|w| !w.is_empty()).collect();
            forms.extend(self.find(Class::Body, &key.join(" ")));
        }
        // "U.S. Supreme Court" and "Supreme Court"
        let parts: Vec<&str> = first.text.split(' ').collect();
        let country = (1..=2).find(|&n| parts.len() > n && !countries::candidates(&parts[..n].join(" ")).is_empty());
        if let Some(n) = country.filter(|&n| words.len() > n) {
            forms.extend(self.find(Class::Body, &words[n..].join(" ")));
        }
        // "Ministry of Defence" and "Defence Ministry"
        let of = words.iter().position(|w| w == "of").filter(|&at| at > 0 && at + 1 < words.len());
        if let Some(of) = of.filter(|_| is_organization) {
            let turned: Vec<&str> = words[of + 1..].iter().chain(&words[..of]).map(String::as_str).collect();
            forms.extend(self.find(Class::Body, &turned.join(" ")));
        }
        if let (Some((last, front)), MentionType::Norp | MentionType::Organization) = (words.split_last(), first.kind)
            && let Some(singular) = last.strip_suffix('s').filter(|w| w.len() > 2)
        {
            let mut key = front.to_vec();
            key.push(singular.to_owned());
            forms.extend(self.find(Class::Body, &key.join(" ")));
        }
        forms.retain(|&f| f != node);
        forms
    }
}
