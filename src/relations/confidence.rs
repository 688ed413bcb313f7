//! How sure a relation is: what its rule and the network say of it, made one probability.

/// Relations less sure than this are returned as open ones only.
pub const LEAST: f32 = 0.26;

/// Weights of a logistic function, as `training/fit_confidence.py` fits them.
struct Weights {
    constant: f32,
    /// Of the network's log-odds.
    network: f32,
    /// Of there being a rule, of its log-odds, and of the network's where there is one.
    has_rule: f32,
    rule: f32,
    network_beside_rule: f32,
}

const WEIGHTS: Weights =
    Weights { constant: -1.332, network: 0.751, has_rule: 2.263, rule: 0.678, network_beside_rule: -0.591 };

/// Probability of a relation that a rule is `rule` sure of (0: no rule reads it) and the network `network`.
pub fn combine(rule: f32, network: f32) -> f32 {
    let w = &WEIGHTS;
    let mut sum = w.constant + w.network * log_odds(network);
    if rule > 0.0 {
        sum += w.has_rule + w.rule * log_odds(rule) + w.network_beside_rule * log_odds(network);
    }
    (1.0 / (1.0 + (-sum).exp())).clamp(0.01, 0.99)
}

fn log_odds(probability: f32) -> f32 {
    let p = probability.clamp(0.005, 0.995);
    (p / (1.0 - p)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_and_the_network_that_agree_are_surer_than_either() {
        let both = combine(0.8, 0.9);
        assert!(both > combine(0.8, 0.0) && both > combine(0.0, 0.9));
        assert!(combine(0.0, 0.9) > combine(0.0, 0.2));
    }
}
