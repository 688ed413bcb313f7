//! Parts of persons' names joined with the full ones.

use std::collections::HashMap;

use super::{Class, Gender, Graph, gender};

/// Full names looked at for one part: enough for any text, and a bound for hostile ones.
const MOST_CANDIDATES: usize = 32;

impl Graph<'_> {
    pub(super) fn join_people(&mut self) {
        let mut people: Vec<usize> = (0..self.nodes.len()).filter(|&n| self.nodes[n].class == Class::Person).collect();
        // The longest first, so that a part finds its full name already joined with variants of it.
        people.sort_by_key(|&n| (std::cmp::Reverse(self.nodes[n].words.len()), n));
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        let mut single = Vec::new();
        for node in people {
            if self.nodes[node].words.len() == 1 {
                single.push(node);
                continue;
            }
            if let Some(full) = self.full_name(node, &by_word) {
                self.join(full, node);
            }
            for word in self.nodes[node].words.clone() {
                let nodes = by_word.entry(word).or_default();
                if nodes.len() < MOST_CANDIDATES {
                    nodes.push(node);
                }
            }
        }
        let mut left: HashMap<String, Vec<usize>> = HashMap::new();
        for node in single {
            let word = self.nodes[node].words[0].clone();
            match by_word.get(&word) {
                Some(full) if self.join_single(node, full) => {}
                _ => left.entry(word).or_default().push(node),
            }
        }
        // "Mrs. Lee" and "Lee", but not "Mr. Lee" and "Mrs. Lee".
        for nodes in left.into_values().filter(|n| n.len() == 2) {
            let titles: Vec<Option<Gender>> = nodes.iter().map(|&n| self.nodes[n].title).collect();
            if titles.contains(&None) {
                self.join(nodes[0], nodes[1]);
            }
        }
    }

    /// The one person that a name of several words is a part or a variant of.
    fn full_name(&mut self, node: usize, by_word: &HashMap<String, Vec<usize>>) -> Option<usize> {
        let words = &self.nodes[node].words;
        let last = words.last()?;
        let fits: Vec<usize> = [last, words.first()?]
            .iter()
            .filter_map(|w| by_word.get(*w))
            .flatten()
            .copied()
            .filter(|&full| is_variant(words, &self.nodes[full].words))
            .collect();
        match self.roots(&fits)[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Joins a single name with the full name that has it; with several, each occurrence with the latest before it.
    fn join_single(&mut self, node: usize, full: &[usize]) -> bool {
        let word = self.nodes[node].words[0].clone();
        let title = self.nodes[node].title;
        let agrees = |n: &usize| {
            let first = self.nodes[*n].words.first().and_then(|w| gender::of_first_name(w));
            title.is_none() || first.is_none() || title == first
        };
        let fits: Vec<usize> = full.iter().copied().filter(agrees).collect();
        // A family name is more often used alone than a first name.
        let family: Vec<usize> = fits.iter().copied().filter(|&n| self.nodes[n].words.last() == Some(&word)).collect();
        let fits = if family.is_empty() { fits } else { family };
        match self.roots(&fits)[..] {
            [] => return false,
            [one] => {
                self.join(one, node);
                return true;
            }
            // What the dictionary names is not another person.
            _ if self.nodes[node].entry.is_some() => return false,
            _ => {}
        }
        self.share_out(node, &fits);
        true
    }

    /// Gives each occurrence of a name that several persons have to one of them: the one who was called so last, until
    /// another one comes to the fore as a subject; at first, the one named last before it.
    fn share_out(&mut self, node: usize, people: &[usize]) {
        let mut places: Vec<(usize, usize)> =
            people.iter().flat_map(|&n| self.nodes[n].names.iter().map(move |&at| (at, n))).collect();
        places.sort_unstable();
        let mut last: Option<usize> = None;
        let mut from = 0;
        for name in self.nodes[node].names.clone() {
            let until = places.partition_point(|p| p.0 < name);
            let news = &places[from..until];
            let subject =
                news.iter().rev().find(|p| self.subjects[p.0]).or(if last.is_none() { news.last() } else { None });
            let person = subject.map(|p| p.1).or(last).or(places.get(until).map(|p| p.1));
            if let Some(person) = person {
                self.moved.insert(name, person);
            }
            last = person;
            from = until;
        }
    }
}

/// Whether two names of several words are of one person: "Joe Biden" and "Joe R. Biden", "J. Biden".
fn is_variant(short: &[String], long: &[String]) -> bool {
    // "Abdel Shakour" of "Abdel Shakour Muhammad Khamis"
    if long.len() > short.len() && long.starts_with(short) {
        return true;
    }
    if short.len() > long.len() || short.last() != long.last() {
        return false;
    }
    let mut rest = long.iter();
    short.iter().all(|word| rest.any(|other| word == other || is_initial(word, other)))
}

fn is_initial(a: &str, b: &str) -> bool {
    let one = |w: &str| w.chars().count() == 1;
    (one(a) || one(b)) && a.chars().next() == b.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_share_their_words_in_order() {
        let words = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        for (short, long) in [
            ("joe biden", "joe r biden"),
            ("j biden", "joe biden"),
            ("al assad", "bashar al assad"),
            ("ana diaz", "ana diaz ruiz"),
        ] {
            assert!(is_variant(&words(short), &words(long)), "{short}");
        }
        for (short, long) in [("jill biden", "joe biden"), ("joe biden", "joe smith")] {
            assert!(!is_variant(&words(short), &words(long)), "{short}");
        }
    }
}
