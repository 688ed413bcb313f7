//! The heads that facts are read with: titles, roles, antecedents, and what the relation head knows of each word.

use std::ops::Range;

use super::heads::{Side, once, tags};
use super::layer::State;
use super::linear::{FloatLinear, Gemm, Linear};
use super::rows::room;
use super::weights::{WeightError, Weights};
use crate::model::scores::{Facts, Matrix, RelationRows};

/// Parts of the relation head that are products with a word's state, in the order of their columns.
const PARTS: [&str; 6] = ["subject", "object", "subject_query", "object_query", "key", "value"];

pub struct FactHeads {
    title: FloatLinear,
    predicate: FloatLinear,
    role_argument: Linear,
    role: Linear,
    role_governor: Linear,
    anaphor: Linear,
    antecedent: Linear,
    antecedents: Linear,
    /// All parts of the relation head in one.
    relation: Linear,
    /// The columns of each part.
    parts: [Range<usize>; PARTS.len()],
}

/// Room for these heads of one window.
#[derive(Debug, Default)]
pub struct FactScratch {
    side: Side,
    title: Vec<f32>,
    predicate: Vec<f32>,
    role_arguments: Vec<f32>,
    role_predicates: Vec<f32>,
    anaphors: Vec<f32>,
    candidates: Vec<f32>,
    antecedents: Vec<f32>,
    relation: Vec<f32>,
}

impl FactHeads {
    pub fn new(weights: &mut Weights, width: usize) -> Result<Self, WeightError> {
        let role_argument = Linear::new(weights, "roles.argument", width)?;
        let anaphor = Linear::new(weights, "antecedents.anaphor", width)?;
        let (relation, parts) = Linear::joined(weights, &PARTS.map(|p| format!("relations.{p}")), width)?;
        Ok(Self {
            title: FloatLinear::new(weights, "title", width)?,
            predicate: FloatLinear::new(weights, "roles.predicate", width)?,
            role: Linear::new(weights, "roles.role", role_argument.outputs)?,
            role_argument,
            role_governor: Linear::new(weights, "roles.governor", width)?,
            antecedents: Linear::new(weights, "antecedents.product", anaphor.outputs)?,
            anaphor,
            antecedent: Linear::new(weights, "antecedents.antecedent", width)?,
            relation,
            parts: std::array::from_fn(|i| parts[i].clone()),
        })
    }

    /// As [`super::heads::Heads::run`].
    pub fn run<'s>(
        &self,
        gemm: &mut Gemm,
        states: &State,
        rows: Range<usize>,
        scratch: &'s mut FactScratch,
    ) -> Facts<'s> {
        let FactScratch { side, anaphors, candidates, .. } = scratch;
        let words = rows.start + 1..rows.end;
        let (count, rooted) = (words.len(), states.quantised.rows(rows.clone()));
        let title = tags(gemm, &self.title, states.numbers(words.clone()), &mut scratch.title);
        let predicate = tags(gemm, &self.predicate, states.numbers(words), &mut scratch.predicate);

        let role_arguments = room(&mut scratch.role_arguments, count * self.role.width());
        side.twice(gemm, &self.role_argument, &self.role, rooted.after(1), role_arguments);
        let role_predicates = room(&mut scratch.role_predicates, count * self.role_governor.width());
        once(gemm, &self.role_governor, rooted.after(1), role_predicates);

        let anaphors = room(anaphors, count * self.antecedents.width());
        side.twice(gemm, &self.anaphor, &self.antecedents, rooted.after(1), anaphors);
        let candidates = room(candidates, rows.len() * self.antecedent.width());
        once(gemm, &self.antecedent, rooted, candidates);
        let antecedents = room(&mut scratch.antecedents, count * rows.len());
        gemm.pairs(anaphors, candidates, self.antecedents.width(), antecedents);

        let stride = self.relation.width();
        let relation = room(&mut scratch.relation, rows.len() * stride);
        self.relation.run(gemm, rooted, relation);
        // The root's row comes first; the ends of a pair are words.
        let relation: &[f32] = relation;
        let part = |index: usize, root: bool| {
            let columns = &self.parts[index];
            let values = &relation[if root { 0 } else { stride }..];
            Matrix::padded(values.get(columns.start..).unwrap_or_default(), columns.len(), stride)
        };
        Facts {
            title,
            predicate,
            role_arguments: Matrix::padded(role_arguments, self.role.outputs, self.role.width()),
            role_predicates: Matrix::padded(role_predicates, self.role_governor.outputs, self.role_governor.width()),
            antecedents: Matrix::new(antecedents, rows.len()),
            relation: RelationRows {
                subject: part(0, false),
                object: part(1, false),
                subject_query: part(2, false),
                object_query: part(3, false),
                key: part(4, true),
                value: part(5, true),
            },
        }
    }
}
