//! Acronyms, short forms and plurals of organisations, places and peoples joined with their long forms.

use std::collections::HashMap;

use super::{Class, Graph, NameWord, is_name_word};
use crate::entities::countries;
use crate::model::labels::MentionType;

impl Graph<'_> {
    pub(super) fn join_bodies(&mut self) {
        let bodies: Vec<usize> = (0..self.nodes.len())
            .filter(|&n| matches!(self.nodes[n].class, Class::Body | Class::Thing) && self.nodes[n].country.is_none())
            .collect();
        self.join_acronyms(&bodies);
        for node in bodies {
            for short in self.short_forms(node) {
                self.join(node, short);
            }
        }
    }

    /// "IRNA" with "Islamic Republic News Agency", if only one name has these initials.
    fn join_acronyms(&mut self, bodies: &[usize]) {
        let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
        for &node in bodies {
            let first = &self.names[self.nodes[node].names[0]];
            if let Some(initials) = first.initials() {
                by_initials.entry(initials).or_default().push(node);
            }
        }
        for &node in bodies {
            let first = &self.names[self.nodes[node].names[0]];
            if !first.is_acronym() || self.root(node) != node {
                continue;
            }
            let letters = self.nodes[node].words[0].replace('&', "");
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
        let bare = words.iter().rposition(|w| !is_name_word(w, NameWord::Organization)).map_or(0, |at| at + 1);
        let is_organization = self.nodes[node].names.iter().any(|&n| self.names[n].kind != MentionType::Location);
        if (1..words.len()).contains(&bare) && is_organization || words.last().is_some_and(|w| w == "strip") {
            forms.extend((bare..words.len()).filter_map(|end| self.find(Class::Body, &words[..end].join(" "))));
        }
        // "U.S. Supreme Court" and "Supreme Court"
        if words.len() > 2 {
            let text = &self.names[self.nodes[node].names[0]].text;
            let first = text.split(' ').next().unwrap_or_default();
            if !countries::candidates(first).is_empty() {
                forms.extend(self.find(Class::Body, &words[1..].join(" ")));
            }
        }
        if let ([word], MentionType::Norp | MentionType::Organization) =
            (&words[..], self.names[self.nodes[node].names[0]].kind)
            && let Some(singular) = word.strip_suffix('s').filter(|w| w.len() > 2)
        {
            forms.extend(self.find(Class::Body, singular));
        }
        forms.retain(|&f| f != node);
        forms
    }
}
