//! A step divided into what the rule does one after the other: each sub-step has a caption, its numbers, and what to draw.

use super::StepAnalysis;
use crate::analysis::ModelOrder;
use crate::numbers::numerals::{number, parameter};
use crate::numbers::{Dimension, Symmetric2, Vector};
use crate::optimizers::{Carried, Method, Phase, Quantity, Role, Shows, Step, Trial, Verdict, playing, value_of};

/// Trials that are listed one by one; of more, the first and the last.
const MOST_TRIALS: usize = 12;
/// How many of the first.
const FIRST_TRIALS: usize = 3;

/// One thing that a rule did within a step.
#[derive(Clone, Debug, PartialEq)]
pub struct SubStep {
    /// What it did.
    pub caption: String,
    /// What came out, `∇f = (1.000, 2.000)`; empty where there is nothing to say.
    pub numbers: String,
    /// What there is to be seen.
    pub sketch: Sketch,
    /// The displacement so far, where the sub-step makes one.
    pub displacement: Option<Vector>,
}

/// What is drawn of a sub-step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sketch {
    /// Nothing.
    None,
    /// A direction in units of the slope, drawn as long as there is room for.
    Slope {
        /// What it is called.
        name: &'static str,
        /// Where it starts, from the iterate.
        from: Vector,
        /// The direction.
        vector: Vector,
    },
    /// A displacement, drawn at its own length.
    Way {
        /// What it is called.
        name: &'static str,
        /// Where it starts, from the iterate.
        from: Vector,
        /// The displacement.
        by: Vector,
    },
    /// The quadratic model.
    Quadratic,
    /// What the rule carries that has a shape.
    Shape,
    /// A circle around the iterate with this radius.
    Circle(f64),
    /// A point that was tried.
    Trial(Trial),
    /// The end of the step.
    Move(Vector),
}

/// The sub-steps of the step in focus; at least two, even where the rule has no step.
pub fn substeps(entry: &'static Method, analysis: &StepAnalysis) -> Vec<SubStep> {
    let step = match &analysis.replayed.step {
        Ok(step) => step,
        Err(why) => return undefined(analysis, &why.to_string()),
    };
    let mut made = Made { analysis, step, foot: Vector::zeros(), out: Vec::new() };
    for phase in entry.phases {
        made.add(phase);
    }
    made.out
}

fn undefined(analysis: &StepAnalysis, why: &str) -> Vec<SubStep> {
    let gradient = analysis.replayed.gradient;
    let plain = |caption: &str, numbers: String, sketch| SubStep {
        caption: caption.to_owned(),
        numbers,
        sketch,
        displacement: None,
    };
    let sketch = Sketch::Slope { name: "∇f", from: Vector::zeros(), vector: gradient };
    vec![
        plain(
            "Evaluate the gradient: ∇f points uphill",
            vector_text("∇f", gradient, analysis.model.hessian.dimension),
            sketch,
        ),
        plain(&format!("No step: {why}"), String::new(), Sketch::None),
    ]
}

/// Builder of sub-steps.
struct Made<'a> {
    analysis: &'a StepAnalysis,
    step: &'a Step,
    /// Tail of the next arrow, from the iterate.
    foot: Vector,
    out: Vec<SubStep>,
}

impl Made<'_> {
    fn add(&mut self, phase: &Phase) {
        let Phase { caption, shows } = *phase;
        let here = Vector::zeros();
        match shows {
            Shows::Gradient => {
                let vector = self.analysis.replayed.gradient;
                self.push(
                    caption,
                    vector_text("∇f", vector, self.dimension()),
                    Sketch::Slope { name: "∇f", from: here, vector },
                );
            }
            Shows::Slope(quantity) => self.slope(caption, quantity, here),
            Shows::Corrected(quantity, of) => {
                // Without correction there is nothing to correct.
                if self.vector(quantity) != self.vector(of) {
                    self.slope(caption, quantity, here);
                }
            }
            Shows::SlopeAt(quantity, way) => {
                if let Some(from) = self.vector(way) {
                    self.slope(caption, quantity, from);
                }
            }
            Shows::Way(quantity) => {
                let Some(by) = self.vector(quantity) else { return };
                let name = quantity.symbol;
                let caption = if self.falls_back() {
                    "Newton's step is no descent direction here: −∇f instead"
                } else {
                    caption
                };
                self.push(caption, vector_text(name, by, self.dimension()), Sketch::Way { name, from: here, by });
            }
            Shows::Numbers(quantities) => {
                let first = quantities.iter().find_map(|quantity| Some((quantity.name, self.value(*quantity)?)));
                if let Some((name, carried)) = first {
                    self.push(caption, carried_text(name, carried, self.dimension()), Sketch::None);
                }
            }
            Shows::Shape(quantity) => {
                let Some(carried) = value_of(&self.analysis.replayed.before, quantity) else { return };
                let drawn = matches!(carried, Carried::Radius(_) | Carried::InverseHessian(_));
                let sketch = if drawn { Sketch::Shape } else { Sketch::None };
                self.push(caption, carried_text(quantity.name, carried, self.dimension()), sketch);
            }
            Shows::Quadratic => {
                let Symmetric2 { xx, xy, yy, dimension } = self.analysis.assumed.hessian;
                let name = self.analysis.own_matrix_name.unwrap_or("H");
                let [xx, xy, yy] = [xx, xy, yy].map(number);
                let numbers = match dimension {
                    Dimension::One => xx,
                    Dimension::Two => format!("({xx}, {xy}; {xy}, {yy})"),
                };
                self.push(caption, format!("{name} = {numbers}"), Sketch::Quadratic);
            }
            Shows::Circle => {
                let radius = self.step.proposed.norm();
                self.push(caption, format!("r = {}", parameter(radius)), Sketch::Circle(radius));
            }
            Shows::Solution => self.solution(caption),
            Shows::Part(place) => self.part(caption, place),
            Shows::Trials(words) => self.trials(caption, words),
            Shows::Kept => self.kept(caption),
            Shows::Move => self.arrive(caption),
        }
    }

    fn dimension(&self) -> Dimension {
        self.analysis.model.hessian.dimension
    }

    fn push(&mut self, caption: &str, numbers: String, sketch: Sketch) {
        let displacement = match sketch {
            Sketch::Way { from, by, .. } => Some(from + by),
            Sketch::Trial(trial) => Some(trial.at - self.analysis.iterate.at),
            Sketch::Move(by) => Some(by),
            _ => None,
        };
        self.out.push(SubStep { caption: caption.to_owned(), numbers, sketch, displacement });
    }

    /// What the rule has computed on the way, or carries: as it was before the step where that is what counts, else after it.
    fn value(&self, quantity: Quantity) -> Option<&Carried> {
        let replayed = &self.analysis.replayed;
        let carried = if quantity.is_of_before { &replayed.before } else { &replayed.state };
        value_of(&replayed.working, quantity).or_else(|| value_of(carried, quantity))
    }

    fn vector(&self, quantity: Quantity) -> Option<Vector> {
        match self.value(quantity) {
            Some(Carried::Vector(vector)) => Some(*vector),
            _ => None,
        }
    }

    /// The direction p or d, where the step is a multiple of it.
    fn direction(&self) -> Option<Vector> {
        let replayed = &self.analysis.replayed;
        let found = [&replayed.working, &replayed.state]
            .into_iter()
            .find_map(|quantities| playing(quantities, Role::Direction));
        match found {
            Some(Carried::Vector(vector)) => Some(*vector),
            _ => None,
        }
    }

    fn falls_back(&self) -> bool {
        self.step.fell_back
    }

    fn slope(&mut self, caption: &str, quantity: Quantity, from: Vector) {
        let Some(vector) = self.vector(quantity) else { return };
        let name = quantity.symbol;
        self.push(caption, vector_text(name, vector, self.dimension()), Sketch::Slope { name, from, vector });
    }

    fn solution(&mut self, caption: &str) {
        let Some(part) = self.step.parts.first() else { return };
        let by = self.direction().unwrap_or(part.vector * part.factor.signum());
        self.push(
            caption,
            vector_text("p", by, self.dimension()),
            Sketch::Way { name: "p", from: Vector::zeros(), by },
        );
    }

    /// A part that a parameter of zero switches off is left out.
    fn part(&mut self, caption: &str, place: usize) {
        let Some(part) = self.step.parts.get(place).copied().filter(|part| part.factor != 0.0) else { return };
        let by = part.displacement();
        let numbers = if by == Vector::zeros() {
            format!("{} = 0 at the start", part.name)
        } else {
            let working = &self.analysis.replayed.working;
            let scaling = working.iter().find(|(quantity, _)| quantity.role == Role::Scaling && place == 0);
            let divisor = scaling.map_or_else(String::new, |(quantity, carried)| {
                format!("   {}", carried_text(quantity.name, carried, self.dimension()))
            });
            format!("{}{divisor}", vector_text(part.name, by, self.dimension()))
        };
        self.push(caption, numbers, Sketch::Way { name: part.name, from: self.foot, by });
        self.foot += by;
    }

    fn trials(&mut self, caption: &str, [refused, accepted]: [&str; 2]) {
        let (at, count) = (self.analysis.iterate.at, self.step.trials.len());
        let direction = self.direction();
        for (index, trial) in self.step.trials.iter().enumerate() {
            if count > MOST_TRIALS && (FIRST_TRIALS..count - (MOST_TRIALS - FIRST_TRIALS)).contains(&index) {
                continue;
            }
            let share = direction.map(|way| (trial.at - at).dot(&way) / way.norm_squared());
            let caption = match share.filter(|share| share.is_finite()) {
                Some(share) => caption.replace("{}", &parameter(share)),
                None => caption.replace("α = {}", "a point"),
            };
            let verdict = if trial.accepted { accepted } else { refused };
            let value = if trial.value.is_finite() { number(trial.value) } else { "not a number".to_owned() };
            self.push(&caption, format!("loss {value}: {verdict}"), Sketch::Trial(*trial));
        }
    }

    fn kept(&mut self, caption: &str) {
        let ratio = self.analysis.kept(ModelOrder::Quadratic);
        let text = ratio.map_or_else(str::to_owned, |ratio| format!("ρ = {}", number(ratio)));
        self.push(caption, text, Sketch::None);
    }

    fn arrive(&mut self, caption: &str) {
        let caption = match self.step.verdict {
            Verdict::Taken => caption,
            Verdict::Rejected => "Rejected: w is unchanged",
            Verdict::Truncated => "Move to the boundary of the trust region",
        };
        let value = self.analysis.model.value;
        let after = self.analysis.change.map(|change| value + change.actual).filter(|after| after.is_finite());
        let numbers = match after {
            Some(after) if self.step.verdict == Verdict::Rejected => {
                format!("the loss would have changed {} → {}", number(value), number(after))
            }
            Some(after) => format!("loss {} → {}", number(value), number(after)),
            None => "the loss is undefined at the landing point".to_owned(),
        };
        self.push(caption, numbers, Sketch::Move(self.step.proposed));
    }
}

fn vector_text(name: &str, vector: Vector, dimension: Dimension) -> String {
    if dimension.is_one() {
        return format!("{name} = {}", number(vector.x));
    }
    format!("{name} = ({}, {})", number(vector.x), number(vector.y))
}

fn carried_text(name: &str, carried: &Carried, dimension: Dimension) -> String {
    match carried {
        Carried::Number(value) | Carried::Radius(value) => format!("{name} = {}", parameter(*value)),
        Carried::Vector(vector) => vector_text(name, *vector, dimension),
        Carried::InverseHessian(matrix) if matrix.dimension.is_one() => format!("B = {}", number(matrix.xx)),
        Carried::InverseHessian(matrix) => {
            let [xx, xy, yy] = [matrix.xx, matrix.xy, matrix.yy].map(number);
            format!("B = ({xx}, {xy}; {xy}, {yy})")
        }
        Carried::Samples(samples) => {
            let numbers: Vec<String> = samples.iter().map(|sample| (sample + 1).to_string()).collect();
            format!("samples {}", numbers.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Landscape, entries};
    use crate::numbers::Point;
    use crate::optimizers::{Choice, ENTRIES};
    use crate::run::{Recipe, Run};

    fn described(
        landscape: &Landscape,
        choice: &Choice,
        start: Point,
        index: usize,
    ) -> Option<(StepAnalysis, Vec<SubStep>)> {
        let run = Run::of(landscape, &Recipe::new(choice.clone(), start, index));
        let analysis = StepAnalysis::of(&run, index)?;
        let found = substeps(choice.entry, &analysis);
        Some((analysis, found))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn the_last_displacement_is_the_step_and_no_text_is_no_number(
            method in 0..ENTRIES.len(),
            place in 0..entries().count(),
            share in [0.0..1.0, 0.0..1.0],
            index in 0_usize..6,
        ) {
            let landscape = Landscape::of(entries().nth(place).unwrap());
            let view = landscape.domain();
            let start = Point::new(view.x[0] + share[0] * view.width(), view.y[0] + share[1] * view.height());
            let choice = Choice::of(ENTRIES[method]);
            if let Some((analysis, found)) = described(&landscape, &choice, start, index) {
                prop_assert!(found.len() >= 2, "{choice} on {landscape}: {found:?}");
                let last = found.last().unwrap().displacement;
                prop_assert_eq!(last, analysis.proposed(), "{} on {}", &choice, &landscape);
                for one in &found {
                    let text = format!("{} {}", one.caption, one.numbers);
                    prop_assert!(!text.contains("NaN") && !text.contains("inf"), "{choice} on {landscape}: {text}");
                    prop_assert!(!text.contains("{}"), "{choice}: {text}");
                }
            }
        }
    }

    #[test]
    fn every_phase_of_every_rule_is_seen_in_some_step() {
        for entry in ENTRIES {
            let home = entries()
                .map(Landscape::of)
                .find(|landscape| landscape.sampled_loss().is_some() && entry.unsupported_reason(landscape).is_none());
            let choice = Choice::of(entry);
            let landscape = home.unwrap();
            let (_, found) = described(&landscape, &choice, Point::new(0.7, -0.9), 3).unwrap();
            for phase in entry.phases {
                let beginning = phase.caption.split('{').next().unwrap();
                let optional = ["Multiply the last velocity", "Weight decay"];
                let seen = found.iter().any(|one| one.caption.starts_with(beginning));
                let left_out = optional.iter().any(|start| phase.caption.starts_with(start));
                assert!(seen || left_out || phase.shows == Shows::Move, "{}: {} in {found:?}", entry.id, phase.caption);
            }
        }
    }

    #[test]
    fn adam_and_a_search_are_described_in_order() {
        let captions = |landscape: &str, method: &str, start: [f64; 2]| {
            let landscape = Landscape::parse(landscape).unwrap();
            let found = described(&landscape, &Choice::parse(method).unwrap(), Point::from(start), 1).unwrap().1;
            found.into_iter().map(|one| one.caption).collect::<Vec<_>>()
        };
        let begins = |captions: &[String], words: &[&str]| {
            assert_eq!(captions.len(), words.len(), "{captions:?}");
            for (caption, word) in std::iter::zip(captions, words) {
                assert!(caption.starts_with(word), "{caption} instead of {word}");
            }
        };
        let adam = captions("himmelblau", "adam", [0.15, 0.35]);
        begins(&adam, &["Evaluate the gradient", "Average the grad", "Average its sq", "Correct", "Divide", "Move"]);
        let plain = captions("himmelblau", "adam:bias_correction=false", [0.15, 0.35]);
        begins(&plain, &["Evaluate the gradient", "Average the grad", "Average its sq", "Divide", "Move"]);
        let search = captions("rosenbrock", "newton_damped", [-1.2, 1.0]);
        begins(
            &search,
            &[
                "Evaluate the grad",
                "Evaluate the Hess",
                "Solve",
                "Try α = 1",
                "Try α = 0.5",
                "Try α = 0.25",
                "Try α = 0.125",
                "Move",
            ],
        );
        let flat = captions("trough", "newton", [1.0, 0.0]);
        begins(&flat, &["Evaluate the gradient", "No step: the loss does not depend on y"]);
    }
}
