//! The answers of a class: the code of a guess, codes that are brought as a text, and the mistake that most have in common.

use crate::analysis::Kind;
use crate::numbers::{Point, Vector};
use crate::quiz::{Answers, CodeFrame, Guess, Span};
use crate::state::{CommonMistake, OpenQuestion, Phase, State};

/// How near a known place a common mistake is to be called by its name, as a share of the way.
const NEAR: f64 = 0.2;

impl State {
    /// To which question codes belong: the landscape, the run and its step to the last digit.
    fn code_frame(&self, open: &OpenQuestion) -> Option<CodeFrame> {
        let about = &open.about;
        let from = self.derived.run(about.card)?.iterates().get(about.step)?.at;
        let recipe = &about.recipe;
        let changes: Vec<(usize, usize, f64)> =
            recipe.changes.iter().map(|change| (change.step, change.parameter, change.value)).collect();
        let description = format!(
            "{}|{}|{:?}|{:?}|{changes:?}|{}",
            about.landscape, recipe.optimizer.entry.id, recipe.optimizer.parameters, recipe.start, about.step
        );
        let frame = CodeFrame::new(about.landscape.frame(), about.landscape.dimension().is_one(), from, &description);
        Some(frame.with_own(open.own))
    }

    /// The code of a guess of the question that is open; `None` where it lies too far outside of the landscape's frame.
    pub fn code_of(&self, guess: &Guess) -> Option<String> {
        let open = self.predictions.open()?;
        self.code_frame(open)?.encode(guess, open.span)
    }

    /// Takes the answers of a class; they are added to those that are there.
    pub(in crate::state) fn take_answers(&mut self, text: &str) {
        let Some(open) = self.predictions.open() else {
            return self.say("Ask a question first: codes answer the one that is open".to_owned());
        };
        let Some(frame) = self.code_frame(open) else { return };
        let read = Answers::read(text, &frame, (open.kind, open.span));
        if read.guesses.is_empty() && read.faults.is_empty() {
            return self.say("There is no text in what was pasted: copy the codes of the answers first".to_owned());
        }
        // The panel of the question names the lines that have none.
        if let Some(open) = &mut self.predictions.open {
            open.answers.get_or_insert_default().join(read);
            open.gather();
        }
    }

    /// The mistake that most have in common, once the answer is known.
    pub fn common_mistake(&self) -> Option<CommonMistake> {
        let open = self.predictions.open().filter(|open| open.phase == Phase::Revealed)?;
        let (truth, cluster) = open.truth.as_ref().zip(open.wrong)?;
        let known = self.known_places(open, truth.from, truth.landing?);
        let near = known.into_iter().map(|(name, at)| (name, (at - cluster.at).norm()));
        let nearest = near.min_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, away)| *away <= NEAR * truth.length);
        Some(CommonMistake { at: cluster.at, count: cluster.count, name: nearest.map(|(name, _)| name) })
    }

    /// Places where a class looks for a landing, by their names.
    fn known_places(&self, open: &OpenQuestion, from: Point, landing: Point) -> Vec<(&'static str, Point)> {
        let step = landing - from;
        let mut places = vec![("no move at all", from)];
        let critical = self.derived.critical_points();
        places.extend(critical.iter().map(|point| {
            let name = match point.kind {
                Kind::Minimum => "a minimum",
                Kind::Saddle => "a saddle",
                Kind::Maximum => "a maximum",
                Kind::Degenerate => "a degenerate critical point",
            };
            (name, point.at)
        }));
        if open.span == Span::Step {
            places.extend([
                ("half of the step", from + step * 0.5),
                ("twice the step", from + step * 2.0),
                ("the other way", from - step),
            ]);
            let gradient = self.derived.run(open.about.card).and_then(|run| run.iterates().get(open.about.step));
            let gradient = gradient.map_or_else(Vector::zeros, |iterate| iterate.gradient);
            let slope = gradient.norm();
            if slope > 0.0 {
                places.push(("straight down the slope", from - gradient * (step.norm() / slope)));
            }
        }
        places
    }
}
