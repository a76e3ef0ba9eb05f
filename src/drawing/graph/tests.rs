use proptest::prelude::*;

use super::*;
use crate::landscapes::{Landscape, networks};
use crate::numbers::Vector;

fn graph(landscape: &Landscape, at: Point, sample: Option<usize>) -> Graph {
    let loss = landscape.loss();
    Graph::of(&loss.anatomy().unwrap(), at, &loss.backprop(at).unwrap(), sample)
}

fn product(graph: &Graph, weight: Name) -> f64 {
    graph.path(weight).iter().map(|edge| edge.slope.as_ref().unwrap().value.unwrap()).product()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The derivatives of the loss come from dual numbers, and know nothing of the graph.
    #[test]
    fn products_along_the_edges_are_the_derivatives(w1 in -4.0..4.0, w2 in -4.0..4.0, seed in 0_u64..1000) {
        let at = Point::new(w1, w2);
        for entry in networks::ENTRIES {
            let landscape = Landscape::parse(&format!("{}:seed={seed}", entry.id)).unwrap();
            let loss = landscape.loss();
            if loss.anatomy().is_none() {
                prop_assert!(entry.id == "depth", "{} has one hidden unit", entry.id);
                continue;
            }
            let share = loss.scale().unwrap();
            let mut sum = Vector::zeros();
            for sample in 0..loss.samples().unwrap() {
                let graph = graph(&landscape, at, Some(sample));
                let alone = loss.batch(at, &[sample]).unwrap();
                let products = Name::WEIGHTS.map(|weight| product(&graph, weight));
                let own = Vector::from(products);
                prop_assert!((own - alone.gradient * share).norm() <= 1e-13 * own.norm(), "{} at {at}, sample {sample}", entry.id);
                for (weight, product) in Name::WEIGHTS.into_iter().zip(products) {
                    let told = graph.node(weight).unwrap().backward.unwrap();
                    prop_assert!((told - product).abs() <= 1e-13 * product.abs(), "{}: {told} is told for {product}", entry.id);
                }
                let part = graph.node(Name::Loss).unwrap().forward;
                prop_assert!((part - alone.value * share).abs() <= 1e-13 * part, "{}: {part} of the loss", entry.id);
                sum += own;
            }
            let whole = graph(&landscape, at, None);
            let told = Vector::from(Name::WEIGHTS.map(|weight| whole.node(weight).unwrap().backward.unwrap()));
            let gradient = loss.first_order(at).gradient;
            let size = whole.parts.iter().map(|part| Vector::from(*part).norm()).sum::<f64>();
            prop_assert!((sum - gradient).norm().max((told - gradient).norm()) <= 1e-13 * size, "{} at {at}", entry.id);
            let value = whole.node(Name::Loss).unwrap().forward;
            prop_assert!((value - loss.value(at)).abs() <= 1e-13 * value, "{}: {value}", entry.id);
        }
    }
}

#[test]
fn every_value_is_computed_once_on_the_way_and_every_derivative_on_the_way_back() {
    for (id, told) in [
        ("linreg", "oL|Low₂w₁"),
        ("logistic", "oL|Low₂w₁"),
        ("relu", "uoL|Louw₂w₁"),
        ("deep_linear", "hoL|Low₂hw₁"),
        ("tanh2", "uhoL|Low₂huw₁"),
    ] {
        let graph = graph(&Landscape::parse(id).unwrap(), Point::new(0.5, 1.0), Some(0));
        let stages = graph.stages();
        let names = |back: bool| -> String {
            let of = |stage: &Stage| match *stage {
                Stage::Forward(name) if !back => Some(name.symbol()),
                Stage::Backward(name) if back => Some(name.symbol()),
                _ => None,
            };
            stages.iter().filter_map(of).collect()
        };
        assert_eq!(format!("{}|{}", names(false), names(true)), told, "{id}");
        assert_eq!(stages[0], Stage::Inputs, "{id}: first come the inputs");
        for node in &graph.nodes {
            let [forward, backward] = graph.known(node.name, &stages);
            assert_eq!([forward, backward], [true, !node.name.is_data()], "{id}: {} in the end", node.symbol);
            assert!(!graph.known(node.name, &stages[..1])[1], "{id}: nothing back before it went forward");
        }
    }
}

#[test]
fn what_happens_is_told_with_numbers() {
    let tanh2 = Landscape::parse("tanh2").unwrap();
    let graph_of = |sample| graph(&tanh2, Point::new(0.5, -1.2), sample);
    let one = graph_of(Some(2));
    let [x, y] = tanh2.data().unwrap().samples()[2];
    let n = tanh2.data().unwrap().len();
    let (h, o) = (libm::tanh(0.5 * x), -1.2 * libm::tanh(0.5 * x));
    assert_eq!(
        one.told(Stage::Forward(Name::O)),
        format!("o = w₂ · h = −1.20 · {} = {}", factor(h), few(o)),
        "forward"
    );
    let back = 2.0 * (o - y) / n as f64;
    assert_eq!(
        one.told(Stage::Backward(Name::O)),
        format!("∂L/∂o = 2(o − y)/{n} = 2({} − {})/{n} = {}", few(o), factor(y), few(back)),
        "the way back begins with the loss"
    );
    let [symbols, numbers] = one.chain(Name::W1);
    assert_eq!(symbols, "∂L/∂w₁ = ∂L/∂o · ∂o/∂h · ∂h/∂u · ∂u/∂w₁", "the chain rule");
    let factors = [-1.2, 1.0 - h * h, x].map(factor).join(" · ");
    assert_eq!(numbers, format!("= {} · {factors} = {}", few(back), few(back * -1.2 * (1.0 - h * h) * x)));
    let [sum, _] = graph_of(None).chain(Name::W2);
    assert_eq!(sum, "∂L/∂w₂ = Σ ∂L/∂o · ∂o/∂w₂", "over all samples it is a sum");
}

#[test]
fn a_unit_that_is_off_says_so() {
    let relu = Landscape::parse("relu").unwrap();
    let at = Point::new(1.0, -1.0);
    let off = relu.data().unwrap().samples().iter().position(|[x, _]| x - 1.0 < 0.0).unwrap();
    let [_, numbers] = graph(&relu, at, Some(off)).chain(Name::W1);
    assert!(numbers.ends_with("= 0: the unit is off"), "{numbers}");
}
