//! The parameters that suit a landscape: rates of every method, and the momentum coefficient on a long valley.

use super::Document;
use crate::landscapes::Landscape;
use crate::optimizers::{BETA, Choice};

impl Document {
    /// Gives a method the parameters that suit the landscape; a momentum coefficient that was chosen stays.
    pub(super) fn suggest(&self, optimizer: &mut Choice) {
        self.suggest_after(optimizer, &self.landscape);
    }

    /// Gives every run the parameters that suit the landscape, after those that suited the one before.
    pub(super) fn suggest_anew(&mut self, before: &Landscape) {
        for place in 0..self.cards.len() {
            let mut optimizer = self.cards[place].optimizer.clone();
            self.suggest_after(&mut optimizer, before);
            self.cards[place].optimizer = optimizer;
        }
    }

    /// Gives a method the rate that suits the landscape; where its momentum coefficient was the one that suited the long valley
    /// before, both together.
    pub(super) fn suggest_alike(&self, optimizer: &mut Choice, before: &Landscape) {
        let index = optimizer.entry.index_of(BETA);
        if let Some(index) = index
            .filter(|index| optimizer.fastest_on(before).is_some_and(|best| best.beta == optimizer.parameters[*index]))
        {
            let usual = Choice::of(optimizer.entry).parameters[index];
            optimizer.parameters[index] = optimizer.fastest_on(&self.landscape).map_or(usual, |best| best.beta);
        }
        if let Some((index, rate)) = self.suggested_rate(optimizer) {
            optimizer.parameters[index] = rate;
        }
    }

    fn suggest_after(&self, optimizer: &mut Choice, before: &Landscape) {
        if let Some(index) = optimizer.entry.index_of(BETA) {
            let usual = Choice::of(optimizer.entry).parameters[index];
            let now = optimizer.parameters[index];
            let is_untouched = now == usual || optimizer.fastest_on(before).is_some_and(|best| best.beta == now);
            if is_untouched {
                optimizer.parameters[index] = optimizer.fastest_on(&self.landscape).map_or(usual, |best| best.beta);
            }
        }
        if let Some((index, rate)) = self.suggested_rate(optimizer) {
            optimizer.parameters[index] = rate;
        }
    }

    pub(super) fn has_suggested_rate(&self, optimizer: &Choice) -> bool {
        self.suggested_rate(optimizer).is_some_and(|(index, rate)| optimizer.parameters[index] == rate)
    }

    /// A rate that shows the method at its best on the landscape, and the parameter's position: see [`Choice::suggested_rate`].
    pub fn suggested_rate(&self, optimizer: &Choice) -> Option<(usize, f64)> {
        optimizer.suggested_rate(&self.landscape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Group, USUAL_STEPS, entries};
    use crate::optimizers;
    use crate::run::{Recipe, Run, StopReason};

    #[test]
    fn every_method_gets_somewhere_at_its_suggested_rate() {
        for (landscape, share) in [("himmelblau", 0.02), ("matyas", 0.1), ("goldstein_price", 0.15), ("logistic", 0.3)]
        {
            let document = Document::new(Landscape::parse(landscape).unwrap());
            for entry in
                optimizers::ENTRIES.iter().filter(|entry| entry.unsupported_reason(&document.landscape).is_none())
            {
                let mut optimizer = Choice::of(entry);
                let Some((index, rate)) = document.suggested_rate(&optimizer) else { continue };
                optimizer.parameters[index] = rate;
                let run = Run::of(&document.landscape, &Recipe::new(optimizer, document.start, USUAL_STEPS));
                assert_eq!(run.stop().unwrap().reason, StopReason::StepLimit, "{} on {landscape}", entry.id);
                let best = run.iterates().iter().map(|iterate| iterate.loss).fold(f64::INFINITY, f64::min);
                let ratio = best / run.iterates()[0].loss;
                assert!(ratio < share, "{} with η = {rate} on {landscape}: down to {ratio} of the loss", entry.id);
            }
        }
    }

    #[test]
    fn rates_that_are_lengths_follow_the_size_of_the_region() {
        let rate = |landscape: &str, optimizer: &str| {
            let document = Document::new(Landscape::parse(landscape).unwrap());
            document.suggested_rate(&Choice::parse(optimizer).unwrap()).map(|(_, rate)| rate)
        };
        for (landscape, optimizer, expected) in [
            ("rosenbrock", "adam", Some(0.07)),
            ("matyas", "adam", Some(0.3)),
            ("matyas", "sign_gd", Some(0.2)),
            ("matyas", "lion", Some(0.1)),
            ("himmelblau", "rmsprop", Some(0.06)),
            ("himmelblau", "rmsprop:rho=0.9", Some(0.2)),
            ("himmelblau", "adagrad", Some(0.6)),
            ("himmelblau", "sam", Some(0.014)),
            ("himmelblau", "momentum", Some(0.0035)),
            ("tanh2", "sgd:beta=0.9", Some(0.02)),
            ("goldstein_price", "barzilai_borwein", Some(2e-5)),
            ("himmelblau", "adadelta", None),
            ("himmelblau", "newton", None),
        ] {
            assert_eq!(rate(landscape, optimizer), expected, "{optimizer} on {landscape}");
        }
    }

    /// A document with gradient descent beside this method, both as the window sets them up, and the losses of both runs.
    fn race(landscape: &str, method: &str) -> [Vec<f64>; 2] {
        let landscape = Landscape::parse(landscape).unwrap();
        let mut document = Document::new(landscape.clone());
        let mut optimizer = Choice::parse(method).unwrap();
        document.suggest(&mut optimizer);
        document.add(optimizer);
        [0, 1].map(|card: usize| {
            let run = Run::of(&landscape, &document.recipe(&document.cards[card]));
            run.iterates().iter().map(|iterate| iterate.loss).collect()
        })
    }

    #[test]
    fn momentum_wins_on_every_long_valley() {
        for landscape in ["quad", "quad:kappa=8", "quad:kappa=20,theta=-1", "matyas", "booth", "formula:x^2+30y^2"] {
            for method in ["momentum", "nesterov", "momentum:form=ema"] {
                let [descent, momentum] = race(landscape, method);
                let reached = |losses: &[f64]| losses.iter().position(|loss| *loss <= 1e-6 * losses[0]);
                let [slow, fast] = [reached(&descent), reached(&momentum)].map(|step| step.unwrap_or(1_000_000));
                assert!(fast < 1_000_000 && 3 * fast <= 2 * slow, "{method} on {landscape}: {fast} steps, not {slow}");
            }
        }
        for entry in entries().filter(|entry| entry.group == Group::Valleys) {
            let [descent, momentum] = race(entry.id, "momentum");
            let ends = [&descent, &momentum].map(|losses| losses[losses.len() - 1]);
            assert!(ends[1] < 0.5 * ends[0], "{}: {ends:?}", entry.id);
        }
    }

    #[test]
    fn on_a_long_valley_the_suggested_pair_is_near_the_best_one_and_a_chosen_coefficient_stays() {
        let suggested = |landscape: &str, method: &str| {
            let document = Document::new(Landscape::parse(landscape).unwrap());
            let mut optimizer = Choice::parse(method).unwrap();
            document.suggest(&mut optimizer);
            ["lr", "beta"].map(|name| optimizer.get(name).unwrap())
        };
        for condition in [6.0, 20.0, 100.0, 1000.0_f64] {
            let root = condition.sqrt();
            let best = [4.0 / (root + 1.0).powi(2), ((root - 1.0) / (root + 1.0)).powi(2)];
            let found = suggested(&format!("quad:kappa={condition}"), "momentum");
            for (found, best) in std::iter::zip(found, best) {
                assert!((found / best - 1.0).abs() < 0.23, "κ = {condition}: {found}, not {best}");
            }
        }
        // Also where the condition number is moved under a run that is there.
        for (beta, follows) in [(None, true), (Some(0.7), false)] {
            let mut document = Document::new(Landscape::parse("quad").unwrap());
            let mut optimizer = Choice::parse("momentum").unwrap();
            document.suggest(&mut optimizer);
            if let Some(beta) = beta {
                optimizer = Choice::parse(&format!("momentum:beta={beta}")).unwrap();
                document.suggest(&mut optimizer);
            }
            let id = document.add(optimizer).unwrap();
            document.follow_landscape(Landscape::parse("quad:kappa=100").unwrap());
            let followed = &document.card(id).unwrap().optimizer;
            let pair = ["lr", "beta"].map(|name| followed.get(name).unwrap());
            assert_eq!(pair == suggested("quad:kappa=100", "momentum"), follows, "{pair:?}");
            assert_eq!(pair[1] == 0.7, !follows, "{pair:?}");
        }
        assert_eq!(suggested("quad", "momentum:beta=0.7")[1], 0.7, "it was chosen");
        assert_eq!(suggested("himmelblau", "momentum")[1], 0.9, "no quadratic");
        let mut document = Document::new(Landscape::parse("quad").unwrap());
        document.cards[0].optimizer = Choice::parse("momentum").unwrap();
        let coefficient = |document: &Document| document.cards[0].optimizer.get("beta").unwrap();
        for (landscape, expected) in [("matyas", 0.495), ("double_well", 0.9), ("quad", 0.456)] {
            document.change_landscape(Landscape::parse(landscape).unwrap());
            assert_eq!(coefficient(&document), expected, "{landscape}");
        }
    }
}
