//! The best tree with one root, by Chu-Liu/Edmonds where the best head of each word does not make one already.

const NEVER: f32 = -1e9;

/// Heads by word (0: the root, h: word h - 1), given each word's log probabilities of root and words as head.
pub fn heads(arcs: &[Vec<f32>]) -> Vec<usize> {
    if arcs.is_empty() {
        return Vec::new();
    }
    let greedy: Vec<usize> = arcs.iter().enumerate().map(|(word, row)| best_head(row, word)).collect();
    if greedy.iter().filter(|&&h| h == 0).count() == 1 && cycle(&greedy).is_none() {
        return greedy;
    }
    // The word that gains most by being the root is it, and nothing else may be.
    let gain = |word: usize| {
        let row = &arcs[word];
        row[0] - row.iter().enumerate().skip(1).filter(|&(h, _)| h != word + 1).map(|(_, &s)| s).fold(NEVER, f32::max)
    };
    let root = (1..arcs.len()).fold(0, |best, word| if gain(word) > gain(best) { word } else { best });
    let size = arcs.len() + 1;
    let mut weights = vec![vec![NEVER; size]; size];
    for (word, row) in arcs.iter().enumerate() {
        for head in 0..size {
            let allowed = head != word + 1 && (head == 0) == (word == root);
            weights[word + 1][head] = if allowed { row[head] } else { NEVER };
        }
    }
    edmonds(&weights).split_off(1)
}

fn best_head(row: &[f32], word: usize) -> usize {
    let mut best = 0;
    for (head, &score) in row.iter().enumerate() {
        if head != word + 1 && score > row[best] {
            best = head;
        }
    }
    best
}

/// Nodes of a cycle among word heads (word i's head is `heads[i]`, 1-based), if there is one.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let full: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
    find_cycle(&full)
}

/// Like [`cycle`], over nodes where node 0 is the root.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0; heads.len()];
    for start in 1..heads.len() {
        let mut node = start;
        while node != 0 && seen[node] == 0 {
            seen[node] = start;
            node = heads[node];
        }
        if node != 0 && seen[node] == start {
            let mut members = vec![node];
            let mut next = heads[node];
            while next != node {
                members.push(next);
                next = heads[next];
            }
            return Some(members);
        }
    }
    None
}

/// Maximum spanning arborescence from node 0; `weights[dependent][head]`.
fn edmonds(weights: &[Vec<f32>]) -> Vec<usize> {
    let size = weights.len();
    let mut heads = vec![0; size];
    for node in 1..size {
        for head in 0..size {
            if head != node && weights[node][head] > weights[node][heads[node]] {
                heads[node] = head;
            }
        }
    }
    let Some(members) = find_cycle(&heads) else { return heads };
    let inside = |node: usize| members.contains(&node);
    // The cycle becomes one node, the last of a smaller graph.
    let outside: Vec<usize> = (0..size).filter(|&n| !inside(n)).collect();
    let merged = outside.len();
    let mut smaller = vec![vec![NEVER * 2.0; merged + 1]; merged + 1];
    let mut enters = vec![0; merged];
    let mut leaves = vec![0; merged];
    for (i, &node) in outside.iter().enumerate() {
        for (j, &head) in outside.iter().enumerate() {
            smaller[i][j] = weights[node][head];
        }
        for &member in &members {
            if weights[node][member] > smaller[i][merged] {
                smaller[i][merged] = weights[node][member];
                leaves[i] = member;
            }
            let entering = weights[member][node] - weights[member][heads[member]];
            if entering > smaller[merged][i] {
                smaller[merged][i] = entering;
                enters[i] = member;
            }
        }
    }
    let contracted = edmonds(&smaller);
    for (i, &node) in outside.iter().enumerate().skip(1) {
        heads[node] = if contracted[i] == merged { leaves[i] } else { outside[contracted[i]] };
    }
    let entry = contracted[merged];
    heads[enters[entry]] = outside[entry];
    heads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_heads_stand_when_they_are_a_tree() {
        let arcs = [vec![-2.0, NEVER, -0.1], vec![-0.1, -2.0, NEVER]];
        assert_eq!(heads(&arcs), [2, 0]);
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        let arcs = [vec![-3.0, NEVER, -0.1, -4.0], vec![-1.0, -0.1, NEVER, -4.0], vec![-5.0, -4.0, -0.1, NEVER]];
        assert_eq!(heads(&arcs), [2, 0, 2]);
    }

    #[test]
    fn only_one_word_is_the_root() {
        let arcs = [vec![-0.1, NEVER, -2.0], vec![-0.2, -2.0, NEVER]];
        let found = heads(&arcs);
        assert_eq!(found.iter().filter(|&&h| h == 0).count(), 1);
        assert!(heads(&[]).is_empty());
    }

    #[test]
    fn any_scores_make_a_tree() {
        let mut state = 7_u64;
        for size in 1..30 {
            let mut draw = || {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                -((state >> 40) as f32) / 1e6
            };
            let arcs: Vec<Vec<f32>> = (0..size).map(|_| (0..=size).map(|_| draw()).collect()).collect();
            let found = heads(&arcs);
            assert_eq!(found.iter().filter(|&&h| h == 0).count(), 1, "size {size}");
            assert_eq!(cycle(&found), None, "size {size}");
        }
    }
}
