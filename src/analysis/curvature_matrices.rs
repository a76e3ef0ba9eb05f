//! Three curvatures of a network's loss: the Hessian, what Gauss and Newton keep of it, and the Fisher matrix.

use super::LocalModel;
use crate::landscapes::{Fisher, HessianParts, Loss};
use crate::numbers::{Point, Symmetric2, tolerance};

/// What is smaller than this share of what it is compared with is rounding.
const ROUNDING: f64 = tolerance::SINGULAR;

/// The three at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvatureMatrices {
    /// w.
    pub at: Point,
    /// H = G + R.
    pub hessian: Symmetric2,
    /// G, R and the factors they are made of.
    pub parts: HessianParts,
    /// F, where the loss stands for a distribution of y.
    pub fisher: Option<Fisher>,
}

/// How the Gauss–Newton matrix is related to the Hessian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// Equal: every output is linear in the weights here, K = 0.
    LinearOutput,
    /// Equal: every output is what is wanted, or so near that l′ = 0.
    NoResiduals,
    /// Equal, since what Gauss–Newton leaves out cancels between the samples.
    Cancels,
    /// The Hessian bends down in this many directions, Gauss–Newton in none.
    BendsDown(u8),
    /// Neither bends down, but they differ.
    Apart,
}

impl CurvatureMatrices {
    /// The three where a model was made; `None` for anything but a network, and where a number is not finite.
    pub fn of(loss: &dyn Loss, model: &LocalModel) -> Option<Self> {
        let parts = loss.as_samples()?.hessian_parts(model.at);
        let fisher = loss.fisher(model.at).filter(|fisher| fisher.matrix.is_finite());
        let sound = model.is_finite() && parts.gauss_newton.is_finite() && parts.residual.is_finite();
        sound.then_some(Self { at: model.at, hessian: model.hessian, parts, fisher })
    }

    /// How H and G are related.
    pub fn kinship(&self) -> Kinship {
        let HessianParts { gauss_newton, residual, residual_size, output_bend, .. } = self.parts;
        let small = ROUNDING * gauss_newton.norm();
        if output_bend == 0.0 {
            return Kinship::LinearOutput;
        }
        if residual_size <= small {
            return Kinship::NoResiduals;
        }
        if residual.norm() <= ROUNDING * residual_size.max(gauss_newton.norm()) {
            return Kinship::Cancels;
        }
        let down = self.hessian.eigen().values.into_iter().filter(|value| *value < -ROUNDING * self.hessian.norm());
        match down.count() {
            0 => Kinship::Apart,
            count => Kinship::BendsDown(count as u8),
        }
    }
}

/// Whether two matrices are the same but for rounding; one that is not finite is like no other.
pub fn alike(a: Symmetric2, b: Symmetric2) -> bool {
    (a - b).norm() <= ROUNDING * a.norm().max(b.norm())
}

/// How many directions a matrix that never bends down bends up in: 0 where it is zero, 1 where its quadratic model is a trough.
pub fn rank(matrix: Symmetric2) -> usize {
    let [low, high] = matrix.eigen().values;
    usize::from(high > 0.0) + usize::from(low > ROUNDING * high)
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::{Landscape, networks};

    fn parsed(texts: &[&str]) -> Vec<Landscape> {
        texts.iter().map(|text| Landscape::parse(text).unwrap()).collect()
    }

    /// Networks without a kink line, so that differences are derivatives.
    static SMOOTH: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
        parsed(&[
            "linreg",
            "logistic",
            "sigmoid_mse",
            "deep_linear",
            "tanh2",
            "sine",
            "depth:layers=3,n=5",
            "network:w2 tanh(w1 x + 0.3),loss=sse,n=5",
            "network:w2 tanh(w1 x),loss=ce,n=8",
        ])
    });

    static ALL: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
        let others = parsed(&[
            "network:w2 tanh(w1 x),loss=mae",
            "network:w2 tanh(w1 x),loss=huber",
            "network:w2 tanh(w1 x),loss=ce",
            "depth:layers=6,act=relu",
        ]);
        networks::ENTRIES.iter().map(|entry| Landscape::of(entry)).chain(others).collect()
    });

    fn curvatures(landscape: &Landscape, at: Point) -> CurvatureMatrices {
        CurvatureMatrices::of(landscape.loss(), &LocalModel::new(landscape.loss(), at)).unwrap()
    }

    /// K of the output for an input, by differences.
    fn output_hessian(loss: &dyn Loss, at: Point, x: f64) -> Symmetric2 {
        const H: f64 = 1e-3;
        let o = |i: f64, j: f64| loss.as_samples().unwrap().output(Point::new(at.x + i * H, at.y + j * H), x);
        let second = |i: f64, j: f64| (o(i, j) - 2.0 * o(0.0, 0.0) + o(-i, -j)) / (H * H);
        let cross = (o(1.0, 1.0) - o(1.0, -1.0) - o(-1.0, 1.0) + o(-1.0, -1.0)) / (4.0 * H * H);
        Symmetric2::new(second(1.0, 0.0), cross, second(0.0, 1.0))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn what_gauss_newton_leaves_out_is_residual_times_curvature(w1 in -1.5..1.5_f64, w2 in -1.5..1.5_f64) {
            let at = Point::new(w1, w2);
            for landscape in SMOOTH.iter() {
                let (loss, over, data) = (landscape.loss(), landscape.sampled_loss().unwrap(), landscape.data().unwrap());
                let all = curvatures(landscape, at);
                let mut sum = Symmetric2::new(0.0, 0.0, 0.0);
                let mut slopes = 0.0;
                for &[x, y] in data.samples() {
                    let slope = over.output_slope(over.output(at, x), y);
                    sum = sum + output_hessian(loss, at, x).scaled(slope);
                    slopes += slope.abs();
                }
                let left_out = all.hessian - all.parts.gauss_newton;
                let error = (left_out - sum).norm();
                prop_assert!(error <= 1e-3 * (slopes + all.hessian.norm()), "{landscape} at {at}: off by {error}");
                let size = all.hessian.norm() + all.parts.gauss_newton.norm();
                prop_assert!((left_out - all.parts.residual).norm() <= 1e-12 * size, "{landscape} at {at}: H = G + R");
            }
        }

        #[test]
        fn gauss_newton_never_bends_down_and_fisher_is_a_share_of_it(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
            let at = Point::new(w1, w2);
            for landscape in ALL.iter() {
                let all = curvatures(landscape, at);
                let [low, high] = all.parts.gauss_newton.eigen().values;
                prop_assert!(low >= -1e-14 * high, "{landscape} at {at}: {low} beside {high}");
                let gauss_newton = landscape.loss().gauss_newton(at).unwrap();
                prop_assert!(alike(gauss_newton, all.parts.gauss_newton), "{landscape}: what a method is told");
                prop_assert!(all.parts.residual.norm() <= all.parts.residual_size * (1.0 + 1e-12), "{landscape}: R's size");
                let classes = landscape.sampled_loss().and_then(|loss| loss.probability(0.0)).is_some();
                match all.fisher {
                    Some(fisher) => {
                        let share = if classes { 1.0 } else { 0.5 };
                        prop_assert!(alike(fisher.matrix, gauss_newton.scaled(share)), "{landscape} at {at}: {share} of G");
                    }
                    None => prop_assert!(landscape.formula().contains('|'), "{landscape} is no likelihood"),
                }
            }
        }
    }

    #[test]
    fn why_the_hessian_and_gauss_newton_are_the_same_or_not() {
        // At its best fit the residuals of the deep line are at right angles to x, and R vanishes with them.
        let best = 1.034_941_579_920_675_f64.sqrt();
        for (text, at, kinship, count) in [
            ("linreg", [1.0, 0.3], Kinship::LinearOutput, 2),
            ("logistic", [1.0, 0.3], Kinship::LinearOutput, 2),
            ("relu", [1.0, 0.3], Kinship::LinearOutput, 2),
            ("relu", [-1.0, -2.0], Kinship::LinearOutput, 0),
            ("tanh2", [0.4, 0.3], Kinship::BendsDown(1), 2),
            ("deep_linear", [0.0, 0.0], Kinship::BendsDown(1), 0),
            ("deep_linear", [best, best], Kinship::Cancels, 1),
            ("depth:layers=2,act=relu", [-1.0, -1.0], Kinship::LinearOutput, 0),
            ("network:w2 tanh(w1 x),loss=mae", [0.4, 0.3], Kinship::BendsDown(1), 0),
        ] {
            let all = curvatures(&Landscape::parse(text).unwrap(), Point::from(at));
            assert_eq!((all.kinship(), rank(all.parts.gauss_newton)), (kinship, count), "{text} at {at:?}: {all:?}");
        }
        let drawn = Landscape::parse("tanh2").unwrap();
        let at = Point::new(0.9, 0.7);
        let fitted =
            drawn.data().unwrap().samples().iter().map(|&[x, _]| [x, drawn.sampled_loss().unwrap().output(at, x)]);
        let fitted = drawn.with_samples(fitted.collect()).unwrap();
        assert_eq!(curvatures(&fitted, at).kinship(), Kinship::NoResiduals, "every sample is met");
        let surface = Landscape::parse("himmelblau").unwrap();
        assert!(
            CurvatureMatrices::of(surface.loss(), &LocalModel::new(surface.loss(), at)).is_none(),
            "a surface has no G"
        );
    }
}
