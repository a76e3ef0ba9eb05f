//! Seeds of runs that draw random numbers: two of the same method get different ones, or they would lie on each other.

use super::{CardId, Document};
use crate::optimizers::{Choice, SEED};

impl Document {
    /// The method with a seed that no run with equal parameters uses, so that the two paths differ.
    pub(super) fn with_own_seed(&self, mut optimizer: Choice, of: Option<CardId>) -> Choice {
        let parameter = optimizer.entry.index_of(SEED).filter(|parameter| optimizer.acts(*parameter));
        let is_taken =
            |optimizer: &Choice| self.cards.iter().any(|card| Some(card.id) != of && card.optimizer == *optimizer);
        // Other runs hold as many seeds at most as there are of them; one beyond 2⁵³ has no next.
        for _ in &self.cards {
            if let Some(parameter) = parameter.filter(|_| is_taken(&optimizer)) {
                optimizer.parameters[parameter] += 1.0;
            }
        }
        optimizer
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::optimizers::ParameterId as _;

    #[test]
    fn runs_that_draw_random_numbers_do_not_lie_on_each_other() {
        for (landscape, method, seeds) in [
            ("himmelblau", "langevin", [1.0, 2.0, 3.0, 4.0]),
            ("tanh2", "sgd", [1.0, 2.0, 3.0, 4.0]),
            ("himmelblau", "gd:noise=1", [1.0, 2.0, 3.0, 4.0]),
            ("himmelblau", "gd", [1.0; 4]),
            ("himmelblau", "gd:seed=7", [7.0; 4]),
        ] {
            let mut document = Document::new(Landscape::parse(landscape).unwrap());
            let choice = Choice::parse(method).unwrap();
            document.cards[0].optimizer = choice.clone();
            for _ in 0..2 {
                let added = document.with_own_seed(choice.clone(), None);
                document.add(added);
            }
            document.duplicate(document.cards[0].id);
            let mut found: Vec<f64> =
                document.cards.iter().map(|card| card.optimizer.get(SEED.describe().name).unwrap()).collect();
            found.sort_by(f64::total_cmp);
            assert_eq!(found, seeds, "{method}");
            let before = document.cards[0].optimizer.clone();
            document.copy(document.cards[0].id);
            assert_eq!(document.cards[1].optimizer, before, "{method}: a branch goes on with the same numbers");
        }
    }
}
