//! The depth lab, hₖ = φ(w₁hₖ₋₁ + w₂) from h₀ = x to the output: the same two weights in every layer.

use std::marker::PhantomData;
use std::ops::Mul;
use std::sync::Arc;

use super::activation::{Activation, Identity, Relu, Tanh};
use super::continua::lines_of_one_input;
use super::criterion::{Criterion, MeanSquares};
use super::network::{Architecture, NetworkLoss, OneLayer};
use super::sampling_rule::{count, noise};
use super::{Data, SampleValues, linreg, relu, tanh};
use crate::landscapes::computation::{Computation, W1, W2, X};
use crate::landscapes::formula::graph::Two;
use crate::landscapes::kink_line::unit_kink_lines;
use crate::landscapes::{
    Build, CriticalSet, Entry, Group, KinkLine, Loss, Opening, Parameter, ParameterDomain, Suggestion, Switch, ViewBox,
};
use crate::numbers::{Point, Real, ScalarField, Vector};

pub(super) static ENTRY: Entry = Entry {
    id: "depth",
    name: "Depth lab",
    group: Group::Networks,
    keywords: &["layers", "deep", "vanishing gradient", "tanh", "data", "samples"],
    idea: "The same two weights in every layer: where no unit saturates, each further layer raises the curvature, and the tangent plane is valid for ever shorter steps.",
    formula: "f = (1/n) Σ (h(L) − y)²,  h(k) = φ(w₁h(k − 1) + w₂),  h(0) = x",
    reference: "Y. Bengio, P. Simard and P. Frasconi, Learning long-term dependencies with gradient descent is difficult, IEEE Transactions on Neural Networks 5 (1994)",
    parameters: &[
        Parameter::whole("layers", "L", 5.0, [1.0, 20.0])
            .described("layers", "The number of layers, all with the same two weights.")
            .within(ParameterDomain::Count { most: 20, rule: "a whole number from 1 to 20" }),
        Parameter::choice("act", &["tanh", "relu", "linear"], 0)
            .described("activation", "The activation of every unit; each comes with samples that suit it."),
        count(16.0),
        noise(0.1),
    ],
    domain: ViewBox::square(2.0),
    // Layers that hand on what they get: from here the radius in which a plane is good shrinks with every layer.
    suggestion: Suggestion { start: [1.0, 0.0], rate: 0.04 },
    opening: Opening::framed([0.0, 2.0], [-0.75, 0.75]).seen_from(-55.0, 46.0),
    build: Build::Network {
        loss: |values, data| match (values[1] as usize, values[0] as u32) {
            (TANH, layers) => loss::<Tanh>(layers, data),
            (RELU, layers) => loss::<Relu>(layers, data),
            (_, layers) => loss::<Identity>(layers, data),
        },
        draw: |values| match values[1] as usize {
            TANH => tanh::DRAW,
            RELU => relu::DRAW,
            _ => linreg::DRAW,
        },
        classes: false,
    },
    critical_sets: |values, data| data.map_or_else(Vec::new, |data| continua(values, data)),
    corners: |values, data| if is_unit(values) { (unit(values).corners)(&[], data) } else { Vec::new() },
    kink_lines: |values, data| if values[1] as usize == RELU { kink_lines(values[0] as u32, data) } else { Vec::new() },
    log_height: false,
};

/// The position of tanh among the activations.
const TANH: usize = 0;
/// The position of `relu` among the activations.
const RELU: usize = 1;

/// Whether there is one layer only.
fn is_unit(values: &[f64]) -> bool {
    values[0] == 1.0
}

/// The network of the catalog that one layer is, or has the critical points of.
fn unit(values: &[f64]) -> &'static Entry {
    match values[1] as usize {
        TANH => &tanh::ENTRY,
        RELU => &relu::ENTRY,
        _ => &linreg::ENTRY,
    }
}

fn loss<F: Activation>(layers: u32, data: Arc<Data>) -> Arc<dyn Loss> {
    Arc::new(NetworkLoss::<_, MeanSquares>::of(Depth::<F> { layers, activation: PhantomData }, data))
}

fn continua(values: &[f64], data: &Data) -> Vec<CriticalSet> {
    if is_unit(values) {
        return (unit(values).critical_sets)(&[], Some(data));
    }
    let dead = CriticalSet {
        kind: CriticalSet::FLAT,
        text: "the dead region w₁ ≤ 0, w₂ ≤ 0, where the second unit is off for every input, and its surroundings: the gradient is zero".to_owned(),
        polyline: Vec::new(),
        label: None,
        gaps: Vec::new(),
    };
    let dead = (values[1] as usize == RELU).then_some(dead);
    dead.into_iter().chain(lines_of_one_input(data)).collect()
}

/// With more kink lines than these only those of the first layer are listed: all of them would be a net.
const MOST_KINK_LINES: usize = 64;

/// Where a unit of one of the layers switches for one of the samples.
fn kink_lines(layers: u32, data: Option<&Data>) -> Vec<KinkLine> {
    let mut kink_lines = unit_kink_lines(&[], data);
    let samples = data.map_or(&[][..], |data| data.samples());
    for layer in 2..=layers {
        if kink_lines.len() + samples.len() > MOST_KINK_LINES {
            break;
        }
        let of_layer = samples.iter().enumerate().map(|(index, [x, _])| KinkLine {
            sample: Some(index),
            ..KinkLine::curve(Entering { layer, x: *x }, ["w₁h + w₂", "0"], Switch::Rectifier)
        });
        kink_lines.extend(of_layer);
    }
    kink_lines
}

/// What enters a rectified unit, u of this layer, for an input.
struct Entering {
    layer: u32,
    x: f64,
}

impl ScalarField for Entering {
    #[inline(always)]
    fn value<T: Real>(&self, w1: T, w2: T) -> T {
        let mut u = w1 * self.x + w2;
        for _ in 1..self.layer {
            u = w1 * Relu::apply(u) + w2;
        }
        u
    }
}

/// `layers` units in a row, u = w₁h + w₂, each taking what the last gives.
#[derive(Clone, Copy)]
struct Depth<F> {
    layers: u32,
    activation: PhantomData<F>,
}

impl<F: Activation> Architecture for Depth<F> {
    #[inline(always)]
    fn output<T: Real + Mul<X, Output = T>, X>(self, w1: T, w2: T, x: X) -> T {
        let mut h = F::apply(w1 * x + w2);
        for _ in 1..self.layers {
            h = F::apply(w1 * h + w2);
        }
        h
    }

    /// Every layer is about the work of the smallest network with its loss: derivatives are, whatever the activation.
    fn effort(self) -> usize {
        self.layers as usize
    }

    fn pass<C: Criterion>(self, at: Point, sample: [f64; 2], scale: f64) -> Option<SampleValues> {
        (self.layers == 1).then(|| OneLayer::<F>::default().pass::<C>(at, sample, scale)).flatten()
    }

    fn computation<C: Criterion>(self) -> Computation {
        if self.layers == 1 {
            return OneLayer::<F>::default().computation::<C>();
        }
        let mut graph = Computation::begin(C::JUDGE);
        let mut h = X;
        for _ in 0..self.layers {
            let weighted = graph.two(Two::Multiply, W1, h);
            let u = graph.two(Two::Add, weighted, W2);
            h = F::OPERATION.map_or(u, |phi| graph.one(phi, u));
            graph.layer(h);
        }
        graph.finish(h)
    }

    fn switch(self, x: f64) -> Option<Vector> {
        (self.layers == 1).then(|| OneLayer::<F>::default().switch(x)).flatten()
    }

    /// With w₁ ≤ 0 and w₂ ≤ 0 the second unit is off, since what comes out of the first is not negative, and so are all after.
    fn dead(self) -> Option<[Vector; 2]> {
        (F::RECTIFIES && self.layers > 1).then(|| [Vector::x(), Vector::y()])
    }
}

#[cfg(test)]
mod tests {
    use nalgebra::vector;
    use num_dual::DualNum;
    use proptest::prelude::*;

    use super::*;
    use crate::landscapes::Landscape;

    /// The same network over an independent implementation of dual numbers.
    fn oracle<D: DualNum<Primitive = f64> + Copy>([w1, w2]: [D; 2], layers: u32, act: &str, samples: &[[f64; 2]]) -> D {
        let mut sum = D::from(0.0);
        for &[x, y] in samples {
            let mut h = D::from(x);
            for _ in 0..layers {
                let u = w1 * h + w2;
                h = match act {
                    "tanh" => u.tanh(),
                    "relu" if u.re() <= 0.0 => D::from(0.0),
                    _ => u,
                };
            }
            sum += (h - y) * (h - y);
        }
        sum / samples.len() as f64
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn derivatives_are_those_of_dual_numbers(layers in 1..=20_u32, w1 in -1.5..1.5_f64, w2 in -1.5..1.5_f64) {
            for act in ["tanh", "relu", "linear"] {
                let landscape = Landscape::parse(&format!("depth:layers={layers},act={act},n=3")).unwrap();
                let samples = landscape.data().unwrap().samples();
                let (value, gradient, hessian) =
                    num_dual::hessian(|w| oracle([w[0], w[1]], layers, act, samples), &vector![w1, w2]);
                let ours = landscape.loss().second_order(Point::new(w1, w2));
                let ours = [ours.value, ours.gradient.x, ours.gradient.y, ours.hessian.xx, ours.hessian.xy, ours.hessian.yy];
                let theirs = [value, gradient[0], gradient[1], hessian[(0, 0)], hessian[(0, 1)], hessian[(1, 1)]];
                let size = theirs.iter().fold(1.0, |size: f64, number| size.max(number.abs()));
                for (ours, theirs) in ours.iter().zip(theirs) {
                    prop_assert!((ours - theirs).abs() <= 1e-10 * size, "{landscape} at {w1}, {w2}: {ours} for {theirs}");
                }
            }
        }

        #[test]
        fn one_layer_is_the_unit_of_the_catalogue(w1 in -4.0..4.0_f64, w2 in -4.0..4.0_f64) {
            let at = Point::new(w1, w2);
            for (act, unit) in [("tanh", "tanh"), ("relu", "relu")] {
                for pairs in ["", ",seed=7,n=30,noise=0.4"] {
                    let deep = Landscape::parse(&format!("depth:layers=1,act={act}{pairs}")).unwrap();
                    let unit = Landscape::parse(&format!("{unit}:{}", pairs.trim_start_matches(','))).unwrap();
                    let unit = unit.with_domain(Some(deep.domain()));
                    let [a, b] = [deep.loss(), unit.loss()];
                    prop_assert_eq!(deep.data(), unit.data(), "the samples");
                    prop_assert_eq!(a.second_order(at), b.second_order(at), "to the last bit");
                    prop_assert_eq!(a.gauss_newton(at), b.gauss_newton(at), "Gauss–Newton");
                    let [back, expected] = [&deep, &unit].map(|landscape| landscape.sampled_loss().unwrap().backprop(at));
                    prop_assert_eq!(back, expected, "backpropagation");
                    prop_assert_eq!(deep.critical_sets(), unit.critical_sets(), "critical sets");
                    prop_assert_eq!(deep.corners(), unit.corners(), "corners");
                }
            }
        }

        #[test]
        fn nothing_moves_where_it_is_said_to_be_dead(layers in 2..=20_u32, w1 in -3.0..-1e-3_f64, w2 in -3.0..-1e-3_f64) {
            let landscape = Landscape::parse(&format!("depth:layers={layers},act=relu")).unwrap();
            prop_assert_eq!(landscape.loss().first_order(Point::new(w1, w2)).gradient, Vector::zeros());
        }
    }
}
