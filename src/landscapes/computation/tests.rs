//! What a graph computes is held against jets, backpropagation and dual numbers; its words against what it computes.

use std::sync::LazyLock;

use num_dual::DualNum;
use proptest::prelude::*;

use super::*;
use crate::landscapes::{Landscape, networks};
use crate::numbers::{Point, Vector};

/// The catalog, the depth lab with every activation, and formulas with every loss.
static ALL: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
    let mut texts: Vec<String> = networks::ENTRIES.iter().map(|entry| entry.id.to_owned()).collect();
    for act in ["tanh", "relu", "linear"] {
        texts.extend([1, 2, 7, 20].map(|layers| format!("depth:layers={layers},act={act}")));
    }
    for loss in ["sse", "mse", "mae", "huber", "ce"] {
        texts.push(format!("network:w2 tanh(w1 x + 0.3) - x^2/5,loss={loss},n=7"));
    }
    texts.extend(
        ["w1", "3", "x w2", "max(w1 x, 0.1 w2)", "if(x < w1, w2, w2 x)", "w1 sigmoid(w2 x) w2"]
            .map(|text| format!("network:{text}")),
    );
    texts.iter().map(|text| Landscape::parse(text).unwrap()).collect()
});

fn close(a: f64, b: f64, size: f64) -> bool {
    a == b || (a - b).abs() <= 1e-12 * size
}

/// An expression with a text for the program and a value over dual numbers.
#[derive(Clone, Debug)]
enum Random {
    W1,
    W2,
    X,
    Number(f64),
    One(&'static str, Box<Self>),
    Two(&'static str, Box<[Self; 2]>),
}

impl Random {
    fn text(&self) -> String {
        match self {
            Self::W1 => "w1".to_owned(),
            Self::W2 => "w2".to_owned(),
            Self::X => "x".to_owned(),
            Self::Number(value) => format!("({value})"),
            Self::One(name, a) => format!("{name}({})", a.text()),
            Self::Two(sign, ab) => format!("({} {sign} {})", ab[0].text(), ab[1].text()),
        }
    }

    fn value<D: DualNum<Primitive = f64> + Copy>(&self, w: &[D; 2], x: f64) -> D {
        match self {
            Self::W1 => w[0],
            Self::W2 => w[1],
            Self::X => D::from(x),
            Self::Number(value) => D::from(*value),
            Self::One(name, a) => {
                let a = a.value(w, x);
                match *name {
                    "tanh" => a.tanh(),
                    "sin" => a.sin(),
                    "exp" => a.exp(),
                    _ if a.re() <= 0.0 => D::from(0.0),
                    _ => a,
                }
            }
            Self::Two(sign, ab) => {
                let [a, b] = [&ab[0], &ab[1]].map(|part| part.value(w, x));
                match *sign {
                    "+" => a + b,
                    "-" => a - b,
                    _ => a * b,
                }
            }
        }
    }
}

fn random() -> impl Strategy<Value = Random> {
    let leaf = prop_oneof![
        Just(Random::W1),
        Just(Random::W2),
        Just(Random::X),
        (-20..20_i32).prop_map(|number| Random::Number(f64::from(number) / 8.0)),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let one = (prop::sample::select(vec!["tanh", "sin", "relu", "exp"]), inner.clone());
        let two = (prop::sample::select(vec!["+", "-", "*"]), inner.clone(), inner);
        prop_oneof![
            one.prop_map(|(name, a)| Random::One(name, Box::new(a))),
            two.prop_map(|(sign, a, b)| Random::Two(sign, Box::new([a, b]))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_comes_back_is_the_gradient_sample_by_sample(w1 in -2.0..2.0_f64, w2 in -2.0..2.0_f64) {
        let at = Point::new(w1, w2);
        for landscape in ALL.iter() {
            let (loss, data) = (landscape.sampled_loss().unwrap(), landscape.data().unwrap());
            let graph = loss.computation();
            let (mut sum, mut size, mut value) = (Vector::zeros(), 0.0, 0.0);
            for (index, sample) in data.samples().iter().enumerate() {
                let pass = graph.pass(at, *sample, loss.scale());
                let own = Vector::new(pass.adjoints[W1], pass.adjoints[W2]);
                let alone = loss.batch(at, &[index]).gradient * loss.scale();
                prop_assert!((own - alone).norm() <= 1e-11 * alone.norm(), "{landscape} at {at}: {own} for {alone}");
                prop_assert_eq!(pass.values[graph.output()], loss.output(at, sample[0]), "{} at {}", landscape, at);
                sum += own;
                size += own.norm();
                value += pass.values[graph.loss()];
            }
            let first = landscape.loss().first_order(at);
            prop_assert!((sum - first.gradient).norm() <= 1e-11 * size, "{landscape} at {at}");
            prop_assert!(close(value, first.value, first.value.abs()), "{landscape} at {at}");
        }
    }

    #[test]
    fn one_hidden_unit_sends_back_what_backpropagation_does(w1 in -4.0..4.0_f64, w2 in -4.0..4.0_f64) {
        let at = Point::new(w1, w2);
        for landscape in ALL.iter() {
            let loss = landscape.sampled_loss().unwrap();
            let Some(passes) = loss.backprop(at) else { continue };
            let graph = loss.computation();
            for described in passes {
                let pass = graph.pass(at, [described.x, described.y], loss.scale());
                for (name, value, back) in [("u", described.u, described.dl_du), ("h", described.h, described.dl_dh), ("o", described.o, described.dl_do), ("w₁", w1, described.dl_dw1), ("w₂", w2, described.dl_dw2)] {
                    let Some(id) = graph.nodes().iter().position(|node| node.name == name) else { continue };
                    prop_assert_eq!([pass.values[id], pass.adjoints[id]], [value, back], "{}: {}", landscape, name);
                }
            }
        }
    }

    #[test]
    fn any_formula_agrees_with_dual_numbers(network in random(), w1 in -1.5..1.5_f64, w2 in -1.5..1.5_f64, x in -2.0..2.0_f64, y in -1.0..1.0_f64) {
        let landscape = Landscape::parse(&format!("network:{},loss=sse,n=2", network.text())).unwrap();
        let landscape = landscape.with_samples(vec![[x, y]]).unwrap();
        let graph = landscape.sampled_loss().unwrap().computation();
        let pass = graph.pass(Point::new(w1, w2), [x, y], 1.0);
        let (value, gradient) = num_dual::gradient(
            |w| {
                let error = network.value(&[w[0], w[1]], x) - y;
                error * error
            },
            &nalgebra::vector![w1, w2],
        );
        prop_assume!(value.is_finite() && gradient.iter().all(|slope| slope.is_finite() && slope.abs() < 1e9));
        let size = 1.0 + value.abs() + gradient.norm();
        let ours = [pass.values[graph.loss()], pass.adjoints[W1], pass.adjoints[W2]];
        for (ours, theirs) in ours.into_iter().zip([value, gradient[0], gradient[1]]) {
            prop_assert!((ours - theirs).abs() <= 1e-9 * size, "{landscape}: {ours} for {theirs}");
        }
    }
}

/// The words for a slope are read back as a formula, and compared with jets.
#[test]
fn slopes_are_what_is_written() {
    use crate::landscapes::formula::Expression;
    for text in [
        "-x",
        "|x|",
        "x^2",
        "1/x",
        "sqrt(x)",
        "exp(x)",
        "ln(x)",
        "sin(x)",
        "cos(x)",
        "tan(x)",
        "asin(x)",
        "acos(x)",
        "atan(x)",
        "sinh(x)",
        "cosh(x)",
        "tanh(x)",
        "sigmoid(x)",
        "x + 3",
        "3 - x",
        "3x",
        "x/3",
        "x^2.5",
        "cbrt(x)",
    ] {
        let landscape = Landscape::parse(&format!("network:{text}")).unwrap();
        let graph = landscape.sampled_loss().unwrap().computation();
        let mut seen = vec![false; graph.nodes().len()];
        seen[X] = true;
        let cone = graph.cone(graph.output(), &seen);
        let own = graph.written(&cone, |_| Text::name("x"));
        let name =
            |id| if id == X { Text::name("x") } else { Text { text: format!("({})", own.text), hold: Hold::Atom } };
        let slope = graph.slope_written(&cone, X, name).unwrap_or_else(|| panic!("{text} has a slope in words"));
        let readable = slope.text.replace('σ', "sigmoid");
        let at = 0.6;
        let described = Expression::parse(&readable)
            .unwrap_or_else(|error| panic!("{text}: {readable}: {error}"))
            .loss(&[])
            .value(Point::new(at, 0.0));
        let pass = graph.pass(Point::origin(), [at, 0.0], 1.0);
        let [is] = cone.slopes(&graph, &pass, &mut vec![0.0; graph.nodes().len()])[..] else {
            panic!("one tail: {text}")
        };
        assert!((described - is).abs() < 1e-9, "{text}: {readable} is {described}, not {is}");
    }
}
