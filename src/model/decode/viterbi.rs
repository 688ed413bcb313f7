//! The best label sequence in which every I continues a mention of its type.

use super::super::labels::Bio;

/// Labels by word, given each word's log probabilities.
pub fn best_path(probabilities: &[Vec<f32>], labels: &[Bio]) -> Vec<usize> {
    let mut scores: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(probabilities.len());
    for word in probabilities {
        let mut next = Vec::with_capacity(labels.len());
        let mut from = Vec::with_capacity(labels.len());
        for (label, probability) in labels.iter().zip(word) {
            let (previous, score) = best_previous(&scores, labels, *label);
            from.push(previous);
            next.push(score + probability);
        }
        scores = next;
        back.push(from);
    }
    let mut label = super::argmax(&scores);
    let mut path = vec![0; probabilities.len()];
    for (word, from) in back.iter().enumerate().rev() {
        path[word] = label;
        label = from[label];
    }
    path
}

fn best_previous(scores: &[f32], labels: &[Bio], label: Bio) -> (usize, f32) {
    if scores.is_empty() {
        return (0, if matches!(label, Bio::Inside(_)) { f32::NEG_INFINITY } else { 0.0 });
    }
    let mut best = (0, f32::NEG_INFINITY);
    for (i, &score) in scores.iter().enumerate() {
        if score > best.1 && may_follow(labels[i], label) {
            best = (i, score);
        }
    }
    best
}

fn may_follow(previous: Bio, label: Bio) -> bool {
    match (previous, label) {
        (Bio::Begin(a) | Bio::Inside(a), Bio::Inside(b)) => a == b,
        (Bio::Outside, Bio::Inside(_)) => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::labels::MentionType::{Location, Person};
    use super::*;

    #[test]
    fn an_inside_label_needs_its_beginning() {
        let labels = [Bio::Outside, Bio::Begin(Person), Bio::Inside(Person), Bio::Begin(Location)];
        let words = [vec![-0.6, -0.9, -5.0, -5.0], vec![-3.0, -3.0, -0.1, -3.0]];
        assert_eq!(best_path(&words, &labels), [1, 2]);
        let words = [vec![-5.0, -5.0, -0.1, -1.0], vec![-0.1, -3.0, -3.0, -3.0]];
        assert_eq!(best_path(&words, &labels), [3, 0]);
        assert!(best_path(&[], &labels).is_empty());
    }
}
