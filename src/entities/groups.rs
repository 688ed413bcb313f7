//! Which names of a document are one entity.
//!
//! Names written alike (and words of one country) make a node; nodes are then joined: parts of a person's name with the
//! full name, acronyms with what they stand for, short forms with the long ones. Every step looks nodes up by words.

use std::collections::{HashMap, HashSet};

use super::countries::{self, Country, Naming};
use super::gender::{self, Gender};
use super::names::Name;
use super::salience::is_subject;
use super::text::{NameWord, is_name_word, word_key};
use crate::model::labels::MentionType;
use crate::syntax::Syntax;

mod bodies;
mod people;

/// What names with equal words may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Class {
    Person,
    /// Organisations, places, facilities, peoples.
    Body,
    /// Works, products: one entity only when written alike.
    Thing,
    Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Country(usize),
    /// The words, and the gender that a title before a single word says.
    Words(Class, String, Option<Gender>),
    /// An entry of the dictionary by one of its names.
    Known(usize, String),
}

struct Node {
    words: Vec<String>,
    class: Class,
    country: Option<usize>,
    /// The entry of the dictionary.
    entry: Option<usize>,
    title: Option<Gender>,
    /// Its occurrences, in the order of the text.
    names: Vec<usize>,
}

/// Names grouped into entities.
pub struct Groups {
    /// The group of each name.
    pub of_name: Vec<usize>,
    /// Index of its country for each group that is one.
    pub country: Vec<Option<usize>>,
}

impl Groups {
    /// Whether the group is a country, and not merely a region with an adjective.
    pub fn is_country(&self, group: usize) -> bool {
        self.country[group].and_then(countries::country).is_some_and(Country::has_code)
    }
}

/// Nodes and what they are joined to.
struct Graph<'a> {
    names: &'a [Name],
    nodes: Vec<Node>,
    by_key: HashMap<Key, usize>,
    parent: Vec<usize>,
    /// Whether each name is a subject.
    subjects: Vec<bool>,
    /// Names that go elsewhere than the rest of their node.
    moved: HashMap<usize, usize>,
}

/// Groups the names of a document, given in the order of the text.
pub fn group(syntax: &Syntax<'_>, names: &[Name]) -> Groups {
    let mut graph = Graph::new(syntax, names);
    graph.join_known();
    graph.join_definitions(syntax);
    graph.join_people();
    graph.join_bodies();
    graph.join_classes();
    graph.finish()
}

impl<'a> Graph<'a> {
    fn new(syntax: &Syntax<'_>, names: &'a [Name]) -> Self {
        let mut graph = Self {
            names,
            nodes: Vec::new(),
            by_key: HashMap::new(),
            parent: Vec::new(),
            moved: HashMap::new(),
            subjects: Vec::new(),
        };
        let countries = resolve_countries(names);
        graph.subjects = names.iter().map(|n| is_subject(syntax.deprel(syntax.head_of(n.tokens.clone())))).collect();
        for (index, name) in names.iter().enumerate() {
            let class = class(name);
            let single = class == Class::Person && name.words.len() == 1 && name.entry.is_none();
            let title = single.then(|| title(syntax, name)).flatten();
            let key = match (name.entry, countries[index]) {
                (Some(entry), _) => Key::Known(entry, name.key()),
                (None, Some(country)) => Key::Country(country),
                (None, None) => Key::Words(class, name.key(), title),
            };
            let node = *graph.by_key.entry(key).or_insert_with(|| {
                let (words, country, entry) = (name.words.clone(), countries[index], name.entry);
                graph.nodes.push(Node { words, class, country, entry, title, names: Vec::new() });
                graph.parent.push(graph.parent.len());
                graph.nodes.len() - 1
            });
            graph.nodes[node].names.push(index);
        }
        graph
    }

    fn root(&mut self, node: usize) -> usize {
        let mut at = node;
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let differ = |a: Option<usize>, b: Option<usize>| a.is_some() && b.is_some() && a != b;
        let (one, other) = (&self.nodes[a], &self.nodes[b]);
        // A country is never joined with another one, nor an entry of the dictionary.
        if a != b && !differ(one.country, other.country) && !differ(one.entry, other.entry) {
            let entry = one.entry.or(other.entry);
            let (from, to) = if other.country.is_some() { (a, b) } else { (b, a) };
            self.parent[from] = to;
            self.nodes[to].entry = entry;
        }
    }

    fn find(&self, class: Class, words: &str) -> Option<usize> {
        self.by_key.get(&Key::Words(class, words.to_owned(), None)).copied()
    }

    /// Distinct roots of the nodes.
    fn roots(&mut self, nodes: &[usize]) -> Vec<usize> {
        let mut roots: Vec<usize> = nodes.iter().map(|&n| self.root(n)).collect();
        roots.sort_unstable();
        roots.dedup();
        roots
    }

    /// Summed confidence of the node's names.
    fn weight(&self, node: usize) -> f32 {
        self.nodes[node].names.iter().map(|&n| self.names[n].confidence).sum()
    }

    /// The names of each entry of the dictionary, with what is written like one of them or names the same country.
    fn join_known(&mut self) {
        let mut first: HashMap<usize, usize> = HashMap::new();
        for node in 0..self.nodes.len() {
            let Node { entry: Some(entry), class, country, .. } = self.nodes[node] else { continue };
            // A joined node has the entry too, but none of its names.
            if self.names[self.nodes[node].names[0]].entry.is_none() {
                continue;
            }
            self.join(*first.entry(entry).or_insert(node), node);
            let key = Key::Words(class, self.nodes[node].words.join(" "), None);
            let alike = *self.by_key.entry(key).or_insert(node);
            let country = country.and_then(|country| self.by_key.get(&Key::Country(country)).copied());
            country.into_iter().chain([alike]).for_each(|other| self.join(node, other));
        }
    }

    /// "European Union (EU)": the bracket says what the name is called from here on.
    fn join_definitions(&mut self, syntax: &Syntax<'_>) {
        let of_name = self.node_of_name();
        for second in 1..self.names.len() {
            let (long, short) = (&self.names[second - 1], &self.names[second]);
            if !brackets(syntax, long, short) {
                continue;
            }
            let (long, short) =
                if long.acronym().is_some() && short.acronym().is_none() { (short, long) } else { (long, short) };
            let acronym = short.acronym();
            let fits = long.initials().contains(acronym.as_ref().unwrap_or(&short.words[0]));
            let sure = acronym.is_some() && long.kind == short.kind && long.words.len() > 1;
            // A person's name in brackets in another script.
            let script = short.is_person() && !short.text.chars().any(|c| c.is_ascii_alphabetic());
            if script || long.is_body() && !short.is_person() && (fits || sure && short.kind != MentionType::Location) {
                self.join(of_name[second - 1], of_name[second]);
            }
        }
    }

    fn node_of_name(&self) -> Vec<usize> {
        let mut of_name = vec![0; self.names.len()];
        for (node, n) in self.nodes.iter().enumerate() {
            for &name in &n.names {
                of_name[name] = node;
            }
        }
        of_name
    }

    /// The same words tagged as different things.
    fn join_classes(&mut self) {
        for node in 0..self.nodes.len() {
            if self.nodes[node].country.is_some() || self.nodes[node].title.is_some() {
                continue;
            }
            let words = self.nodes[node].words.join(" ");
            match self.nodes[node].class {
                Class::Thing => {
                    let other = self.find(Class::Body, &words).or_else(|| self.find(Class::Person, &words));
                    other.into_iter().for_each(|o| self.join(o, node));
                }
                Class::Person => {
                    let Some(body) = self.find(Class::Body, &words) else { continue };
                    // As part of a full name it goes there; the other readings go along if they are few and no places.
                    let part =
                        self.root(node) != node || self.nodes[node].names.iter().any(|n| self.moved.contains_key(n));
                    let place = self.nodes[body].names.iter().any(|&n| self.names[n].kind == MentionType::Location);
                    if !part || !place && self.weight(body) * 2.0 <= self.weight(node) {
                        self.join(node, body);
                    }
                }
                Class::Body | Class::Money => {}
            }
        }
    }

    fn finish(mut self) -> Groups {
        let mut of_name = self.node_of_name();
        let mut groups = HashMap::new();
        let mut country = Vec::new();
        for (name, group) in of_name.iter_mut().enumerate() {
            let root = self.root(self.moved.get(&name).copied().unwrap_or(*group));
            *group = *groups.entry(root).or_insert_with(|| {
                country.push(self.nodes[root].country);
                country.len() - 1
            });
        }
        Groups { of_name, country }
    }
}

fn class(name: &Name) -> Class {
    match name.kind {
        MentionType::Person => Class::Person,
        MentionType::Money => Class::Money,
        MentionType::Product | MentionType::Misc => Class::Thing,
        _ => Class::Body,
    }
}

/// The gender of the title in or before a name: "Mrs. Clinton".
pub fn title(syntax: &Syntax<'_>, name: &Name) -> Option<Gender> {
    let before = name.tokens.start.checked_sub(1).map(|t| word_key(syntax.form(t)));
    let inside = name.tokens.clone().map(|t| word_key(syntax.form(t)));
    before.into_iter().chain(inside.take(name.tokens.len().saturating_sub(1))).find_map(|w| gender::of_title(&w))
}

/// The country of each name: words of several countries, and doubtful ones, only where the rest of the text decides.
fn resolve_countries(names: &[Name]) -> Vec<Option<usize>> {
    let mut sure: HashSet<usize> = HashSet::new();
    for name in names {
        if let [(country, Naming::Name | Naming::Demonym)] = name.countries {
            sure.insert(*country);
        }
    }
    let mentioned: HashSet<&str> = names.iter().map(|n| n.text.as_str()).collect();
    let supported = |country: usize| {
        sure.contains(&country)
            || countries::country(country).is_some_and(|c| !c.capital.is_empty() && mentioned.contains(c.capital))
    };
    names
        .iter()
        .map(|name| match name.countries {
            [(country, Naming::Name | Naming::Demonym)] => Some(*country),
            several => {
                let mut fitting = several.iter().map(|c| c.0).filter(|&c| supported(c));
                fitting.next().filter(|_| fitting.next().is_none())
            }
        })
        .collect()
}

/// Whether the second name stands in brackets right after the first.
fn brackets(syntax: &Syntax<'_>, first: &Name, second: &Name) -> bool {
    let gap = first.tokens.end..second.tokens.start;
    if gap.is_empty() || gap.len() > 3 {
        return false;
    }
    let opened = syntax.form(gap.start) == "(";
    let rest = gap.skip(1).all(|t| matches!(syntax.form(t), "the" | "\"" | "“" | "'" | "‘"));
    let close = second.tokens.end..(second.tokens.end + 2).min(syntax.len());
    let mut closing = close.map(|t| syntax.form(t)).skip_while(|f| matches!(*f, "\"" | "”" | "'" | "’"));
    opened && rest && matches!(closing.next(), Some(")" | ";" | ","))
}
