//! Each weight by itself: where its partial derivative changes sign while it alone moves, and what two moves are together.

use super::LocalModel;
use crate::landscapes::Loss;
use crate::numbers::bisection::bisect;
use crate::numbers::{Point, Vector};

/// Places along a move at which the partial derivative is examined; between two of them a change of sign is bisected.
const SAMPLES: usize = 64;
/// Bisections of a share: more than there are bits between two neighboring samples.
const BISECTIONS: usize = 60;

/// The change of ∂f/∂wᵢ while wᵢ alone makes its move, or both do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// It has one sign all the way.
    Keeps,
    /// It loses its sign at this share of the move, in (0, 1\].
    Turns {
        /// The share, the first if there are several.
        share: f64,
        /// The sign after it; zero where the derivative then stays zero.
        sign: f64,
    },
    /// From this share of the move on there is no finite derivative.
    Ends {
        /// The share.
        share: f64,
    },
    /// It is zero where the move begins, so that there is no sign to lose.
    Level,
    /// Nothing moves.
    Still,
    /// The move has no end, or the derivative is not finite where it begins.
    Undefined,
}

/// One weight moved while the other stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Alone {
    /// ∂f/∂wᵢ where the move begins.
    pub slope: f64,
    /// How far the weight moves, dᵢ.
    pub by: f64,
    /// The change of the slope on the way.
    pub course: Course,
    /// f(w + dᵢeᵢ) − f(w).
    pub change: f64,
}

/// A step weight by weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EachWeight {
    /// Each weight by itself.
    pub alone: [Alone; 2],
    /// The change of each ∂f/∂wᵢ while both weights move, along sd.
    pub joint: [Course; 2],
    /// f(w + d) − f(w).
    pub together: f64,
    /// ∂²f/∂x∂y at the point.
    pub mixed: f64,
    /// Differences of these changes up to this size are rounding.
    pub rounding: f64,
}

impl EachWeight {
    /// Takes a step apart; `loss` must be the one the model was made from.
    pub fn of(loss: &dyn Loss, model: &LocalModel, step: Vector) -> Self {
        let alone = [0, 1].map(|axis| Alone::of(loss, model, axis, step[axis]));
        let together = loss.value(model.at + step) - model.value;
        let rounding = [together, alone[0].change, alone[1].change].map(|change| model.rounding(step, change));
        let joint = [0, 1].map(|axis| Course::of(loss, model, axis, step));
        Self { alone, joint, together, mixed: model.hessian.xy, rounding: rounding.into_iter().sum() }
    }

    /// What the loss would do if the moves knew nothing of each other.
    pub fn sum(&self) -> f64 {
        self.alone[0].change + self.alone[1].change
    }

    /// How the moves work on each other: f(w + d) − f(w + d₁e₁) − f(w + d₂e₂) + f(w); zero where it is rounding alone.
    pub fn interaction(&self) -> f64 {
        let difference = self.together - self.sum();
        if difference.abs() <= self.rounding { 0.0 } else { difference }
    }

    /// The interaction to second order, d₁d₂ ∂²f/∂x∂y: exact on a quadratic.
    pub fn estimate(&self) -> f64 {
        self.alone[0].by * self.alone[1].by * self.mixed
    }
}

impl Alone {
    fn of(loss: &dyn Loss, model: &LocalModel, axis: usize, by: f64) -> Self {
        let mut moved = Vector::zeros();
        moved[axis] = by;
        let course = Course::of(loss, model, axis, moved);
        Self { slope: model.gradient[axis], by, course, change: loss.value(model.at + moved) - model.value }
    }
}

impl Course {
    /// What becomes of ∂f/∂wᵢ along a move of one weight or of both.
    fn of(loss: &dyn Loss, model: &LocalModel, axis: usize, moved: Vector) -> Self {
        let slope = model.gradient[axis];
        let way = Way { loss, from: model.at, moved, axis, sign: slope.signum() };
        match slope {
            slope if !(slope.is_finite() && moved.iter().all(|by| by.is_finite())) => Self::Undefined,
            _ if moved == Vector::zeros() => Self::Still,
            0.0 => Self::Level,
            _ => way.course(),
        }
    }
}

/// A way over the loss surface, and the weight whose slope is examined on it.
struct Way<'a> {
    loss: &'a dyn Loss,
    from: Point,
    moved: Vector,
    axis: usize,
    /// The sign of the partial derivative where the way begins.
    sign: f64,
}

impl Way<'_> {
    /// ∂f/∂wᵢ at a share of the way; NaN where the loss has no finite value.
    fn partial(&self, share: f64) -> f64 {
        let there = self.loss.first_order(self.from + self.moved * share);
        if there.value.is_finite() { there.gradient[self.axis] } else { f64::NAN }
    }

    /// Whether the derivative has the sign of the beginning; NaN has none.
    fn keeps(&self, partial: f64) -> bool {
        partial.is_finite() && partial * self.sign > 0.0
    }

    /// Lanes look where the sign is lost; what is reported comes from `f64`.
    fn course(&self) -> Course {
        let partials = self.partials();
        for (index, seen) in partials.iter().enumerate() {
            let share = share(index);
            if self.keeps(*seen) || self.keeps(self.partial(share)) {
                continue;
            }
            let share = self.bisect(index, share);
            let here = self.partial(share);
            if !here.is_finite() {
                return Course::Ends { share };
            }
            let after = partials[index..].iter().find(|partial| **partial != 0.0);
            return Course::Turns { share, sign: after.map_or(0.0, |partial| partial.signum()) };
        }
        Course::Keeps
    }

    /// The first share at which the sign is lost, known to be lost at `lost`, the sample with this index.
    fn bisect(&self, index: usize, lost: f64) -> f64 {
        let before = index.checked_sub(1).map_or(0.0, share);
        let kept = if self.keeps(self.partial(before)) { before } else { 0.0 };
        let [_, lost] = bisect(|share| self.keeps(self.partial(share)), kept, lost, BISECTIONS);
        lost
    }

    fn partials(&self) -> [f64; SAMPLES] {
        let place = |axis: usize| {
            std::array::from_fn::<f64, SAMPLES, _>(|index| self.from[axis] + self.moved[axis] * share(index))
        };
        let mut orders = [[0.0; 6]; SAMPLES];
        self.loss.second_orders(&place(0), &place(1), &mut orders);
        orders.map(|order| if order[0].is_finite() { order[1 + self.axis] } else { f64::NAN })
    }
}

/// The share of the way of a sample.
fn share(index: usize) -> f64 {
    (index + 1) as f64 / SAMPLES as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;

    fn taken_apart(landscape: &Landscape, at: [f64; 2], step: [f64; 2]) -> (LocalModel, EachWeight) {
        let model = LocalModel::new(landscape.loss(), Point::from(at));
        (model, EachWeight::of(landscape.loss(), &model, Vector::from(step)))
    }

    proptest! {
        #[test]
        fn on_a_quadratic_everything_is_known(at in [-3.0..3.0, -3.0..3.0], step in [-3.0..3.0, -3.0..3.0]) {
            for text in ["quad", "matyas", "booth", "saddle", "quad:kappa=500,theta=1.1"] {
                let landscape = Landscape::parse(text).unwrap();
                let (model, each) = taken_apart(&landscape, at, step);
                let hessian = model.hessian;
                let scale = model.value.abs() + hessian.norm() * 40.0 + 100.0;
                prop_assert!((each.interaction() - each.estimate()).abs() < 1e-12 * scale, "{text}: the mixed derivative is all");
                let bends = hessian.apply(Vector::from(step));
                let alone = each.alone.iter().zip([hessian.xx, hessian.yy]).map(|(alone, bend)| (alone.course, alone.slope, alone.by * bend));
                let joint = [0, 1].map(|axis| (each.joint[axis], model.gradient[axis], bends[axis]));
                for (course, slope, bend) in alone.chain(joint) {
                    let expected = -slope / bend;
                    match course {
                        Course::Turns { share, sign } => {
                            prop_assert!((share - expected).abs() < 1e-9, "{text}: {share} instead of {expected}");
                            prop_assert_eq!(sign, -slope.signum(), "{}: the other sign", text);
                        }
                        Course::Keeps => prop_assert!(!(1e-9..1.0 - 1e-9).contains(&expected), "{text}: it turns at {expected}"),
                        other => prop_assert!(false, "{text}: {other:?}"),
                    }
                }
            }
        }

        #[test]
        fn the_share_is_where_the_sign_is_lost(places in [0.0..1.0, 0.0..1.0, -0.6..0.6, -0.6..0.6]) {
            for text in ["himmelblau", "rastrigin", "relu_kink", "l1", "tanh2", "relu", "bukin6", "cliff"] {
                let landscape = Landscape::parse(text).unwrap();
                let view = landscape.domain();
                let at = [view.x[0] + places[0] * view.width(), view.y[0] + places[1] * view.height()];
                let (_, each) = taken_apart(&landscape, at, [places[2] * view.width(), places[3] * view.height()]);
                for (axis, alone) in each.alone.iter().enumerate() {
                    let mut moved = Vector::zeros();
                    moved[axis] = alone.by;
                    let partial = |share: f64| landscape.loss().first_order(Point::from(at) + moved * share).gradient[axis];
                    let keeps = |share: f64| partial(share) * alone.slope > 0.0;
                    let until = match alone.course {
                        Course::Turns { share, .. } => {
                            prop_assert!(!keeps(share), "{text}: lost at {share}");
                            prop_assert!(keeps(share * (1.0 - 1e-12)), "{text}: kept before {share}");
                            share
                        }
                        Course::Keeps => 1.0 + 1e-9,
                        Course::Level => continue,
                        other => return Err(TestCaseError::fail(format!("{text}: {other:?}"))),
                    };
                    let kept = (1..SAMPLES).map(|k| k as f64 / SAMPLES as f64).take_while(|share| *share < until);
                    for share in kept {
                        prop_assert!(keeps(share), "{text}: lost at {share} already, not at {until}");
                    }
                }
            }
        }
    }

    #[test]
    fn in_the_opening_scene_y_turns_before_half_of_its_way() {
        let landscape = Landscape::parse("himmelblau").unwrap();
        let loss = landscape.loss();
        let mut at = Point::new(0.15, 0.35);
        let step = |at: Point| loss.first_order(at).gradient * -0.036;
        for _ in 0..2 {
            at += step(at);
        }
        let (_, each) = taken_apart(&landscape, at.into(), step(at).into());
        let Course::Turns { share, sign } = each.alone[1].course else { panic!("{:?}", each.alone[1]) };
        assert_eq!((f64::round(100.0 * share), sign), (42.0, -1.0), "∂f/∂y turns negative 42 % of the way");
        let Course::Turns { share, sign } = each.joint[1] else { panic!("{:?}", each.joint) };
        assert_eq!((f64::round(100.0 * share), sign), (52.0, -1.0), "and 52 % of the way where x moves, too");
        assert_eq!(each.joint[0], Course::Keeps, "∂f/∂x never does then");
    }

    #[test]
    fn courses_of_their_own_kind() {
        let course = |text: &str, at: [f64; 2], step: [f64; 2]| {
            taken_apart(&Landscape::parse(text).unwrap(), at, step).1.alone[0].course
        };
        assert_eq!(course("bowl", [1.0, 0.0], [0.0, 1.0]), Course::Still, "no move");
        assert_eq!(course("bowl", [0.0, 1.0], [1.0, 1.0]), Course::Level, "no slope");
        assert_eq!(course("bowl", [1.0, 0.0], [-1.0, 0.0]), Course::Turns { share: 1.0, sign: 0.0 }, "to the bottom");
        assert_eq!(
            course("bowl", [1.0, 0.0], [-2.0, 0.0]),
            Course::Turns { share: 0.5, sign: -1.0 },
            "through the bottom"
        );
        assert_eq!(course("bowl", [1.0, 0.0], [f64::NEG_INFINITY, 0.0]), Course::Undefined, "an endless move");
        assert_eq!(course("l1", [-1.0, 0.5], [2.0, 0.0]), Course::Turns { share: 0.5, sign: 1.0 }, "a kink");
        let landscape = Landscape::of_formula("ln(x)+y").unwrap();
        let (_, each) = taken_apart(&landscape, [1.0, 0.0], [-4.0, 1.0]);
        assert_eq!(each.alone[0].course, Course::Ends { share: 0.25 }, "where the loss ends");
    }
}
