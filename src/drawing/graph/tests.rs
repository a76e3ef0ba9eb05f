//! What a graph shows is held against the loss, its words against its numbers.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::words::number;
use super::*;
use crate::landscapes::computation::Hold;
use crate::landscapes::{Landscape, networks};
use crate::numbers::Vector;

fn factor(value: f64) -> String {
    number(value).within(Hold::Product)
}

fn graph(landscape: &Landscape, at: Point, sample: Option<usize>, room: Room) -> Graph {
    Graph::of(landscape, at, sample, room).unwrap()
}

/// ∂L by every node, from the slopes of the edges alone.
fn multiplied_out(graph: &Graph) -> Vec<f64> {
    let mut back = vec![0.0; graph.nodes.len()];
    *back.last_mut().unwrap() = 1.0;
    for edge in graph.edges.iter().rev() {
        if let Some(slope) = &edge.slope {
            back[edge.from] += back[edge.to] * slope.value.unwrap();
        }
    }
    back
}

/// The catalog, chains of layers, and formulas of every kind.
static ALL: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
    let others = [
        "depth:layers=2,act=linear,n=5",
        "depth:layers=20,act=tanh,n=5",
        "depth:layers=20,act=relu,n=5",
        "network:w2*tanh(w1*x),loss=ce,n=5",
        "network:tanh(w1*x)*w2+0.1*x^2,loss=mae,n=5",
        "network:w2*tanh(w1*x+0.3)+w1*relu(w2*x-0.2)+0.1*sin(w1*w2)*x^2,n=5",
        "network:w1,loss=sse,n=5",
        "network:(sin(w1 x) + cos(w1 x) + sin(2 w1 x) + cos(2 w2 x) + exp(w1) + exp(w2)) tanh(w1 + w2 x),n=5",
    ];
    let texts = networks::ENTRIES.iter().map(|entry| entry.id).chain(others);
    texts.map(|text| Landscape::parse(text).unwrap()).collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Whatever is seen of a network: the derivatives of the loss come from dual numbers, and know nothing of the graph.
    #[test]
    fn products_along_the_edges_are_the_derivatives(w1 in -2.0..2.0, w2 in -2.0..2.0) {
        let at = Point::new(w1, w2);
        for landscape in ALL.iter() {
            for room in [Room::Small, Room::Large] {
                let loss = landscape.sampled_loss().unwrap();
                let share = loss.scale();
                for sample in 0..3 {
                    let graph = graph(landscape, at, Some(sample), room);
                    let alone = loss.batch(at, &[sample]);
                    let back = multiplied_out(&graph);
                    let weights = [0, 1].map(|weight| graph.weight(weight).unwrap());
                    let own = Vector::from(weights.map(|node| back[node]));
                    prop_assert!((own - alone.gradient * share).norm() <= 1e-11 * own.norm(), "{landscape} at {at}, sample {sample}");
                    for (node, back) in graph.nodes.iter().zip(back) {
                        let Some(backward) = node.backward else { continue };
                        prop_assert!((backward - back).abs() <= 1e-11 * own.norm().max(back.abs()), "{landscape}: {} has {backward} for {back}", node.name);
                    }
                    let part = graph.nodes.last().unwrap().forward;
                    prop_assert!((part - alone.value * share).abs() <= 1e-12 * part.abs(), "{landscape}: {part} of the loss");
                }
                let whole = graph(landscape, at, None, room);
                let slope = Vector::from([0, 1].map(|weight| whole.nodes[whole.weight(weight).unwrap()].backward.unwrap()));
                let gradient = landscape.loss().first_order(at).gradient;
                let size = whole.parts.iter().map(|part| Vector::from(*part).norm()).sum::<f64>();
                prop_assert!((slope - gradient).norm() <= 1e-11 * size, "{landscape} at {at}");
                for (index, node) in whole.nodes.iter().enumerate() {
                    let shares: Vec<f64> = whole.leaving(index).filter_map(|(_, edge)| Some(edge.slope.as_ref()?.share)).collect();
                    let Some(backward) = node.backward.filter(|_| !shares.is_empty()) else { continue };
                    let size = shares.iter().map(|share| share.abs()).sum::<f64>();
                    let sum = shares.iter().sum::<f64>();
                    prop_assert!((sum - backward).abs() <= 1e-9 * size, "{landscape}: shares of {} are {sum}, not {backward}", node.name);
                }
            }
        }
    }
}

#[test]
fn nodes_keep_their_distance_and_edges_lead_on() {
    for landscape in ALL.iter() {
        for room in [Room::Small, Room::Large] {
            let graph = graph(landscape, Point::new(0.5, -0.7), None, room);
            let [columns, rows] = graph.size;
            assert!(columns <= 10.0 && rows <= 5.5, "{landscape}: {columns} columns, {rows} rows");
            assert!(room == Room::Large || graph.is_row && columns <= 5.0, "{landscape}: a row of five in a corner");
            for (index, a) in graph.nodes.iter().enumerate() {
                for b in &graph.nodes[..index] {
                    let apart = [a.place.column - b.place.column, a.place.row - b.place.row].map(f64::abs);
                    assert!(
                        apart[0] > 0.55 || apart[1] > 0.9,
                        "{landscape}: {} and {} stand on each other",
                        a.name,
                        b.name
                    );
                }
            }
            for edge in &graph.edges {
                assert!(edge.from < edge.to, "{landscape}: operands before what is computed from them");
            }
        }
    }
}

#[test]
fn every_value_is_computed_once_on_the_way_and_every_derivative_on_the_way_back() {
    for (id, description) in [
        ("linreg", "oL|Low₂w₁"),
        ("logistic", "oL|Low₂w₁"),
        ("relu", "uoL|Louw₂w₁"),
        ("deep_linear", "hoL|Low₂hw₁"),
        ("tanh2", "uhoL|Low₂huw₁"),
        ("depth:layers=3", "h₁h₂oL|Loh₂h₁w₂w₁"),
        ("network:tanh(w1 x) + w2 x", "v₁v₂oL|Low₂v₂v₁w₁"),
        ("network:w1 x", "oL|Low₁w₂"),
    ] {
        let graph = graph(&Landscape::parse(id).unwrap(), Point::new(0.5, 1.0), None, Room::Small);
        let stages = graph.stages();
        let names = |back: bool| -> String {
            let of = |stage: &GraphStage| match *stage {
                GraphStage::Forward(node) if !back => Some(graph.nodes[node].name.clone()),
                GraphStage::Backward(node) if back => Some(graph.nodes[node].name.clone()),
                _ => None,
            };
            stages.iter().filter_map(of).collect()
        };
        assert_eq!(format!("{}|{}", names(false), names(true)), description, "{id}");
        assert_eq!(stages[0], GraphStage::Inputs, "{id}: first come the inputs");
        for (index, node) in graph.nodes.iter().enumerate() {
            let [forward, backward] = graph.known(index, &stages);
            assert_eq!([forward, backward], [true, node.backward.is_some()], "{id}: {} in the end", node.name);
            assert!(!graph.known(index, &stages[..1])[1], "{id}: nothing back before it went forward");
        }
    }
}

#[test]
fn what_happens_is_described_with_numbers() {
    let tanh2 = Landscape::parse("tanh2").unwrap();
    let graph_of = |sample| graph(&tanh2, Point::new(0.5, -1.2), sample, Room::Small);
    let one = graph_of(Some(2));
    let [x, y] = tanh2.data().unwrap().samples()[2];
    let n = tanh2.data().unwrap().len();
    let (h, o) = (libm::tanh(0.5 * x), -1.2 * libm::tanh(0.5 * x));
    let output = one.nodes.iter().position(|node| node.name == "o").unwrap();
    assert_eq!(
        one.description(GraphStage::Forward(output)),
        format!("o = w₂ · h = −1.20 · {} = {}", factor(h), few(o)),
        "forward"
    );
    let back = 2.0 * (o - y) / n as f64;
    assert_eq!(
        one.description(GraphStage::Backward(output)),
        format!("∂L/∂o = 2(o − y)/{n} = 2({} − {})/{n} = {}", few(o), factor(y), few(back)),
        "the backward pass begins with the loss"
    );
    let [symbols, numbers] = one.chain(0);
    assert_eq!(symbols, "∂L/∂w₁ = ∂L/∂o · ∂o/∂h · ∂h/∂u · ∂u/∂w₁", "the chain rule");
    let factors = [-1.2, 1.0 - h * h, x].map(factor).join(" · ");
    assert_eq!(numbers, format!("= {} · {factors} = {}", few(back), few(back * -1.2 * (1.0 - h * h) * x)));
    let [sum, _] = graph_of(None).chain(1);
    assert_eq!(sum, "∂L/∂w₂ = Σ ∂L/∂o · ∂o/∂w₂", "over all samples it is a sum");
}

#[test]
fn tied_weights_have_a_sum_of_products() {
    let depth = Landscape::parse("depth:layers=5,act=tanh").unwrap();
    let one = graph(&depth, Point::new(0.5, -0.4), Some(1), Room::Large);
    let [symbols, numbers] = one.chain(0);
    assert_eq!(
        symbols, "∂L/∂w₁ = ∂L/∂o · ∂o/∂w₁ + ∂L/∂o · ∂o/∂h₄ · ∂h₄/∂w₁ + ∂L/∂h₃ · ∂h₃/∂w₁ + …",
        "from the last layer back"
    );
    let weight = one.weight(0).unwrap();
    let last = one.leaving(weight).last().unwrap().1.slope.as_ref().unwrap();
    let output = one.nodes.iter().find(|node| node.name == "o").unwrap();
    let first = format!("= {} · {} + ", few(output.backward.unwrap()), factor(last.value.unwrap()));
    assert!(numbers.starts_with(&first), "{numbers} begins with {first}");
    assert!(numbers.ends_with(&format!("+ … = {}", few(one.nodes[weight].backward.unwrap()))), "{numbers}");
    let long =
        graph(&Landscape::parse("depth:layers=20,act=tanh").unwrap(), Point::new(0.5, -0.4), Some(1), Room::Small);
    let names: Vec<&str> = long.nodes.iter().map(|node| node.name.as_str()).collect();
    assert_eq!(names, ["w₁", "w₂", "x", "h₁", "h₁₉", "o", "y", "ℓ/n"], "first and last layers");
    assert!(long.edges.iter().any(|edge| edge.layers == 17), "17 layers are left out");
    assert!(long.nodes[4].forward_words.ends_with("18 layers further on"), "{}", long.nodes[4].forward_words);
}

#[test]
fn a_unit_that_is_off_says_so() {
    let relu = Landscape::parse("relu").unwrap();
    let at = Point::new(1.0, -1.0);
    let off = relu.data().unwrap().samples().iter().position(|[x, _]| x - 1.0 < 0.0).unwrap();
    let one = graph(&relu, at, Some(off), Room::Small);
    let [_, numbers] = one.chain(0);
    assert!(numbers.ends_with("= 0: the unit is off"), "{numbers}");
    let output = one.nodes.iter().position(|node| node.name == "o").unwrap();
    assert!(one.nodes[output].is_off && one.description(GraphStage::Forward(output)).ends_with("= 0: the unit is off"));
    let all = graph(&relu, Point::new(0.1, -1.0), None, Room::Small);
    assert!(all.nodes[output].is_off, "for every sample");
    assert!(
        all.nodes[output].forward_words.ends_with("a unit is off for all of them"),
        "{}",
        all.nodes[output].forward_words
    );
}

#[test]
fn a_difference_that_nearly_cancels_can_be_followed() {
    let landscape = Landscape::parse("tanh2").unwrap().with_samples(vec![[1.0, 0.5], [-0.4, 0.2]]).unwrap();
    let w1 = 0.6;
    let at = Point::new(w1, 0.501 / libm::tanh(w1));
    let graph = graph(&landscape, at, Some(0), Room::Small);
    let output = graph.nodes.iter().position(|node| node.name == "o").unwrap();
    let description = graph.description(GraphStage::Backward(output));
    assert!(description.contains("2(0.50100 − 0.5") && description.ends_with("= 0.00100"), "{description}");
}
