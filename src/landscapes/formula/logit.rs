//! An output that cross-entropy takes for a logit although it cannot be one: it stays between two numbers.

use super::NetworkFormula;
use super::letters::SYMBOLS;
use super::pretty::pretty;
use super::range::ranges;
use super::tree::{Node, Tree, Unary};
use crate::numbers::numerals::parameter;

/// Probabilities nearer to 0 or 1 than this are as good as reached.
const NEAR: f64 = 0.01;

/// The longest output that a note repeats.
const LONGEST: usize = 60;

impl NetworkFormula {
    /// What to say of this output under cross-entropy, for these values of the parameters; `None` where it may be a logit.
    pub(in crate::landscapes) fn logit_note(&self, values: &[f64]) -> Option<String> {
        const LOGIT: &str = "Cross-entropy takes the output for a logit and applies the sigmoid itself";
        let [low, high] = *ranges(&self.tree, values).last()?;
        let depends = self.tree.nodes.iter().any(|node| matches!(node, Node::Variable(_)));
        if !depends || high.is_nan() {
            return None;
        }
        if let Some(Node::Unary(Unary::Sigmoid, inner)) = self.tree.nodes.last() {
            let inner = Tree { nodes: self.tree.nodes[..=*inner].to_vec() };
            let inner = pretty(&inner, &SYMBOLS, self.parameters());
            let instead = if inner.chars().count() > LONGEST { String::new() } else { format!(", and write {inner}") };
            return Some(format!("{LOGIT}, but this network already ends in a sigmoid: remove it{instead}."));
        }
        if low >= 0.0 && high <= 1.0 {
            return Some(format!(
                "{LOGIT}, but this output is already between {} and {}, like a probability: write the logit alone.",
                parameter(low),
                parameter(high)
            ));
        }
        let probability = |logit: f64| 1.0 / (1.0 + libm::exp(-logit));
        let [least, most] = [probability(low), probability(high)];
        let percent = |probability: f64| format!("{:.0} %", 100.0 * probability);
        let limit = match (least > NEAR, most < 1.0 - NEAR) {
            (true, true) => format!("no probability is below {} or above {}", percent(least), percent(most)),
            (true, false) => format!("no probability is below {}", percent(least)),
            (false, true) => format!("no probability is above {}", percent(most)),
            (false, false) => return None,
        };
        let stays = match (low.is_finite(), high.is_finite()) {
            (true, true) => format!("stays between {} and {}", parameter(low), parameter(high)),
            (true, false) => format!("is never below {}", parameter(low)),
            _ => format!("is never above {}", parameter(high)),
        };
        Some(format!("{LOGIT}, but this output {stays}: {limit}."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_that_are_squashed_already_are_noted() {
        for (text, words) in [
            ("sigmoid(w1 x + w2)", "already ends in a sigmoid: remove it, and write w₁·x + w₂."),
            ("σ(w1 x + w2)", "already ends in a sigmoid"),
            ("sigma(w1 x + w2)", "already ends in a sigmoid"),
            ("\\sigma(w_1 x + w_2)", "already ends in a sigmoid"),
            ("torch.sigmoid(w[0]*x + w[1])", "already ends in a sigmoid"),
            ("expit(w1 x)", "already ends in a sigmoid"),
            ("1/(1+exp(-(w1 x + w2)))", "between 0 and 1"),
            ("e^(w1 x)/(e^(w1 x) + e^(w2 x))", "between 0 and 1"),
            ("(1 + tanh(w1 x))/2", "between 0 and 1"),
            ("step(w1 x + w2)", "between 0 and 1"),
            ("min(max(w1 x + w2, 0), 1)", "between 0 and 1"),
            ("a sigmoid(w1 x + w2)", "between 0 and 1"),
            ("tanh(w1 x + w2)", "stays between −1 and 1: no probability is below 27 % or above 73 %"),
            ("relu(w1 x + w2)", "is never below 0: no probability is below 50 %"),
            ("(w1 x + w2)^2", "is never below 0"),
            ("-softplus(w1 x + w2)", "is never above 0: no probability is above 50 %"),
        ] {
            let note = NetworkFormula::parse(text).expect(text).logit_note(&[]).unwrap_or_default();
            assert!(note.contains(words), "{text}: {note}");
        }
    }

    #[test]
    fn logits_are_passed_over() {
        for text in
            ["w1 x + w2", "w2 tanh(w1 x)", "w2 sigmoid(w1 x)", "50tanh(w1 x)", "w1 relu(x) + w2", "ln(w1 x)", "3"]
        {
            let output = NetworkFormula::parse(text).expect(text);
            assert_eq!(output.logit_note(&[]), None, "{text}");
        }
        let scaled = NetworkFormula::parse("a sigmoid(w1 x)").expect("a formula");
        assert!(scaled.logit_note(&[20.0]).expect("one side").contains("below 50 %"), "a parameter's value counts");
    }
}
