//! A network as a graph of computations: what flows forward through its nodes, each edge's own derivative, and what flows back.

use crate::landscapes::networks::{Anatomy, LossKind, SampleValues};
use crate::numbers::numerals::{grouped, significant};
use crate::numbers::{Point, Real as _};

/// What a node holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    /// The input.
    X,
    /// The first weight.
    W1,
    /// The second weight.
    W2,
    /// What enters the hidden unit.
    U,
    /// What leaves it.
    H,
    /// The output.
    O,
    /// The wanted output.
    Y,
    /// The loss, or what one sample adds to it.
    Loss,
}

/// Number of names.
const NAMES: usize = 8;

impl Name {
    /// The two weights.
    pub const WEIGHTS: [Self; 2] = [Self::W1, Self::W2];

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::W1 => "w₁",
            Self::W2 => "w₂",
            Self::U => "u",
            Self::H => "h",
            Self::O => "o",
            Self::Y => "y",
            Self::Loss => "L",
        }
    }

    /// Whether it is given by the samples, so that nothing comes back to it.
    pub fn is_data(self) -> bool {
        matches!(self, Self::X | Self::Y)
    }

    /// Whether it is a weight.
    pub fn is_weight(self) -> bool {
        Self::WEIGHTS.contains(&self)
    }

    /// ∂L by it.
    fn derivative(self) -> String {
        format!("∂L/∂{}", self.symbol())
    }
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Columns from the left, the first being 0.
    pub column: f64,
    /// Above the others.
    pub above: bool,
}

/// A node with its values.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it holds.
    pub name: Name,
    /// What is written in it.
    pub symbol: &'static str,
    /// Where it stands.
    pub place: Place,
    /// Its value; over all samples the mean, of the loss the whole.
    pub forward: f64,
    /// ∂L by it, over all samples the sum; `None` for data.
    pub backward: Option<f64>,
    /// How its value came to be, with numbers.
    pub forward_words: String,
    /// How its derivative came to be, with numbers.
    pub backward_words: String,
}

/// An edge along which values go forward and, unless it comes from data, derivatives back.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Where it comes from.
    pub from: Name,
    /// Where it leads.
    pub to: Name,
    /// Its own derivative; `None` where it comes from data.
    pub slope: Option<Slope>,
}

/// The derivative of an edge's head by its tail.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// How it is written: "∂u/∂w₁".
    pub symbol: String,
    /// What it is: "x".
    pub formula: String,
    /// Its value for the chosen sample; `None` over all samples, for each of which it is another.
    pub value: Option<f64>,
}

/// A stage of the way through the graph and back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Only weights and data are there.
    Inputs,
    /// A value is computed.
    Forward(Name),
    /// A derivative is.
    Backward(Name),
}

/// The graph of a network at some weights, for one sample or over all of them.
#[derive(Clone, Debug)]
pub struct Graph {
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its edges.
    pub edges: Vec<Edge>,
    /// The number of columns.
    pub columns: usize,
    /// The chosen sample; `None` for all.
    pub sample: Option<usize>,
    /// What every sample adds to ∂L/∂w₁ and ∂L/∂w₂.
    pub parts: Vec<[f64; 2]>,
}

/// How many stages the way through a network and back has.
pub fn stage_count(anatomy: &Anatomy) -> usize {
    Graph::of(anatomy, Point::origin(), &[], None).stages().len()
}

/// Three significant digits, two beside a power of ten: products can be followed, and there is room for them.
pub fn few(value: f64) -> String {
    // Rounded first: 0.09999 is 0.100, and not 0.1000.
    let rounded: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    significant(rounded, if (1e-3..1e5).contains(&rounded.abs()) { 3 } else { 2 })
}

/// The same as a factor: a negative one in brackets.
fn factor(value: f64) -> String {
    if value < 0.0 { format!("({})", few(value)) } else { few(value) }
}

/// What stands at the nodes, by name.
#[derive(Clone, Copy, Default)]
struct Values {
    forward: [f64; NAMES],
    backward: [f64; NAMES],
}

impl Values {
    fn of(at: Point, sample: &SampleValues, share: f64) -> Self {
        let &SampleValues { x, y, u, h, o, loss, dl_do, dl_dh, dl_du, dl_dw1, dl_dw2 } = sample;
        Self {
            forward: [x, at.x, at.y, u, h, o, y, share * loss],
            backward: [0.0, dl_dw1, dl_dw2, dl_du, dl_dh, dl_do, 0.0, 1.0],
        }
    }

    /// Means forward, but for the loss, which is a sum; sums backward, but for where the derivative sets out.
    fn over(all: &[Self]) -> Self {
        let mut sum = Self::default();
        for values in all {
            for name in 0..NAMES {
                sum.forward[name] += values.forward[name];
                sum.backward[name] += values.backward[name];
            }
        }
        let loss = Name::Loss as usize;
        for (name, value) in sum.forward.iter_mut().enumerate().filter(|(name, _)| *name != loss) {
            *value = if name == Name::W1 as usize || name == Name::W2 as usize {
                all.first().map_or(f64::NAN, |one| one.forward[name])
            } else {
                *value / all.len() as f64
            };
        }
        sum.backward[loss] = 1.0;
        sum
    }

    fn at(&self, name: Name) -> f64 {
        self.forward[name as usize]
    }

    fn back(&self, name: Name) -> f64 {
        self.backward[name as usize]
    }
}

/// Everything the parts of a graph are made from.
struct Maker<'a> {
    anatomy: &'a Anatomy,
    values: Values,
    sample: Option<usize>,
    count: usize,
    /// The factor with which a sample's loss enters the network's.
    share: f64,
}

impl Graph {
    /// The graph at weights `at` whose samples hold `passes`; `sample` is one of them, or all if it is none.
    pub fn of(anatomy: &Anatomy, at: Point, passes: &[SampleValues], sample: Option<usize>) -> Self {
        let share = if anatomy.mean { 1.0 / passes.len() as f64 } else { 1.0 };
        let chosen = sample.and_then(|index| Some((index, passes.get(index)?)));
        let values = match chosen {
            Some((_, one)) => Values::of(at, one, share),
            None => Values::over(&passes.iter().map(|one| Values::of(at, one, share)).collect::<Vec<_>>()),
        };
        let sample = chosen.map(|(index, _)| index);
        let maker = Maker { anatomy, values, sample, count: passes.len(), share };
        let edges = maker.edges();
        Self {
            nodes: maker.nodes(&edges),
            edges,
            columns: maker.row().len(),
            sample,
            parts: passes.iter().map(|one| [one.dl_dw1, one.dl_dw2]).collect(),
        }
    }

    /// The node of this name, if the network has it.
    pub fn node(&self, name: Name) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// The edges from the loss back to a weight; their slopes' product is its derivative.
    pub fn path(&self, weight: Name) -> Vec<&Edge> {
        let mut path = Vec::new();
        let mut here = weight;
        while let Some(edge) = self.edges.iter().find(|edge| edge.from == here) {
            here = edge.to;
            path.push(edge);
        }
        path.reverse();
        path
    }

    /// The way through it and back, stage by stage.
    pub fn stages(&self) -> Vec<Stage> {
        let computed = |name: Name| !name.is_data() && !name.is_weight();
        let forward: Vec<Name> = self.nodes.iter().map(|node| node.name).filter(|name| computed(*name)).collect();
        let mut stages = vec![Stage::Inputs];
        stages.extend(forward.iter().copied().map(Stage::Forward));
        for name in forward.into_iter().rev() {
            stages.push(Stage::Backward(name));
            // Weights have their turn as soon as what they lead to has had its.
            let weights = self.edges.iter().filter(|edge| edge.to == name && edge.from.is_weight());
            stages.extend(weights.map(|edge| Stage::Backward(edge.from)).rev());
        }
        stages
    }

    /// Whether a node's value, and whether its derivative, is there once these stages are done.
    pub fn known(&self, name: Name, done: &[Stage]) -> [bool; 2] {
        let given = name.is_data() || name.is_weight();
        [given || done.contains(&Stage::Forward(name)), done.contains(&Stage::Backward(name))]
    }

    /// What happens at a stage, with numbers.
    pub fn told(&self, stage: Stage) -> String {
        let words =
            |name: Name, back: bool| {
                let node = self.node(name);
                node.map_or_else(String::new, |node| {
                    if back { node.backward_words.clone() } else { node.forward_words.clone() }
                })
            };
        match stage {
            Stage::Inputs => format!("{} go in, with the weights", self.whose("x and y")),
            Stage::Forward(name) => words(name, false),
            Stage::Backward(name) => words(name, true),
        }
    }

    fn whose(&self, what: &str) -> String {
        let count = grouped(self.parts.len());
        match self.sample {
            Some(index) => format!("{what} of sample {} of {count}", index + 1),
            None => format!("{what} of all {count} samples"),
        }
    }

    /// The chain rule for a weight: in symbols, and with numbers.
    pub fn chain(&self, weight: Name) -> [String; 2] {
        let path = self.path(weight);
        let slopes: Vec<&Slope> = path.iter().filter_map(|edge| edge.slope.as_ref()).collect();
        let symbols: Vec<&str> = slopes.iter().map(|slope| slope.symbol.as_str()).collect();
        let (whole, product) = (weight.derivative(), symbols.join(" · "));
        let total = self.node(weight).and_then(|node| node.backward).unwrap_or(f64::NAN);
        if self.sample.is_none() {
            return [format!("{whole} = Σ {product}"), format!("= {}", self.sum(weight, total))];
        }
        let factors: Vec<String> =
            slopes.iter().enumerate().filter_map(|(place, slope)| Some((place, slope.value?))).map(written).collect();
        let off = slopes.iter().any(|slope| slope.value == Some(0.0) && slope.formula.starts_with("1 if"));
        let why = if off { ": the unit is off" } else { "" };
        let left = if symbols.len() > 1 { format!("{whole} = {product}") } else { whole };
        [left, format!("= {} = {}{why}", factors.join(" · "), few(total))]
    }

    /// The sum of what the samples add, the largest named.
    fn sum(&self, weight: Name, total: f64) -> String {
        let parts = self.parts.iter().map(|part| part[usize::from(weight == Name::W2)]).enumerate();
        let largest = parts.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
        let rest = if self.parts.len() > 1 { " + …" } else { "" };
        let first = largest.map(|(index, part)| format!("{} from sample {}{rest} = ", few(part), index + 1));
        format!("{}{}", first.unwrap_or_default(), few(total))
    }
}

/// A factor of a product: the first needs no brackets.
fn written((place, value): (usize, f64)) -> String {
    if place == 0 { few(value) } else { factor(value) }
}

impl Maker<'_> {
    /// The nodes from the input to the loss; where one is the same as the next, the next alone.
    fn row(&self) -> Vec<Name> {
        let Anatomy { two_layers, .. } = *self.anatomy;
        let all = [Name::X, Name::U, Name::H, Name::O, Name::Loss];
        all.into_iter()
            .filter(|name| match name {
                Name::U => !self.anatomy.is_linear(),
                Name::H => two_layers,
                _ => true,
            })
            .collect()
    }

    /// The node that w₁ and x lead to, and the one that w₂ leads to.
    fn heads(&self, row: &[Name]) -> [Name; 2] {
        [row[1], if self.anatomy.two_layers { Name::O } else { row[1] }]
    }

    fn edges(&self) -> Vec<Edge> {
        let row = self.row();
        let [first, second] = self.heads(&row);
        let plain = |from, to| Edge { from, to, slope: None };
        let mut edges = vec![plain(Name::X, first), self.edge(Name::W1, first), self.edge(Name::W2, second)];
        edges.extend(row[1..].windows(2).map(|pair| self.edge(pair[0], pair[1])));
        edges.push(plain(Name::Y, Name::Loss));
        edges
    }

    fn edge(&self, from: Name, to: Name) -> Edge {
        let (formula, value) = self.slope(from, to);
        let symbol = format!("∂{}/∂{}", to.symbol(), from.symbol());
        Edge { from, to, slope: Some(Slope { symbol, formula, value: self.sample.map(|_| value) }) }
    }

    /// The derivative of a head by its tail: as a formula, and for this sample.
    fn slope(&self, from: Name, to: Name) -> (String, f64) {
        let Self { anatomy, values, .. } = self;
        match (from, to) {
            (Name::W1, _) => ("x".to_owned(), values.at(Name::X)),
            (Name::W2, Name::O) if anatomy.two_layers => ("h".to_owned(), values.at(Name::H)),
            (Name::W2, _) => ("1".to_owned(), 1.0),
            (_, Name::Loss) => {
                let slope = anatomy.loss_slope(values.at(Name::O), values.at(Name::Y));
                (
                    self.judged_slope(if anatomy.kind == LossKind::Squares { "o" } else { "σ(o)" }, "y"),
                    self.share * slope,
                )
            }
            (Name::H, Name::O) => ("w₂".to_owned(), values.at(Name::W2)),
            _ => (anatomy.unit.slope.replace("{h}", to.symbol()), anatomy.unit_slope(values.at(Name::U))),
        }
    }

    /// One sample's part of the loss for an output and a wanted one, as it is written.
    fn judged(&self, o: &str, y: &str) -> String {
        let inner = match self.anatomy.kind {
            LossKind::Squares => return self.over_n(&format!("({o} − {y})²")),
            LossKind::CrossEntropy => format!("ln(1 + exp {o}) − {y} · {o}"),
        };
        if self.anatomy.mean { self.over_n(&format!("({inner})")) } else { inner }
    }

    /// Its derivative by the output; `o` is the probability σ(o) where classes are judged.
    fn judged_slope(&self, o: &str, y: &str) -> String {
        let twice = if self.anatomy.kind == LossKind::Squares { "2" } else { "" };
        self.over_n(&format!("{twice}({o} − {y})"))
    }

    fn over_n(&self, formula: &str) -> String {
        if self.anatomy.mean { format!("{formula}/{}", self.count) } else { formula.to_owned() }
    }

    fn nodes(&self, edges: &[Edge]) -> Vec<Node> {
        let row = self.row();
        let at = |column: f64, above: bool| Place { column, above };
        // Two weights side by side stand so far apart that both have room for their numbers.
        let output = row.iter().position(|name| *name == Name::O).unwrap_or(0) as f64;
        let [first, second] = match (self.anatomy.two_layers, self.anatomy.is_linear()) {
            (true, false) => [1.0, output],
            (true, true) => [0.6, output],
            (false, _) => [0.4, 1.2],
        };
        let last = (row.len() - 1) as f64;
        let above = [(Name::W1, at(first, true)), (Name::W2, at(second, true)), (Name::Y, at(last, true))];
        let along = row.iter().enumerate().map(|(column, name)| (*name, at(column as f64, false)));
        along.chain(above).map(|(name, place)| self.node(name, place, edges)).collect()
    }

    fn node(&self, name: Name, place: Place, edges: &[Edge]) -> Node {
        let symbol = match (name, self.sample, self.anatomy.mean) {
            (Name::Loss, Some(_), true) => "ℓ/n",
            (Name::Loss, Some(_), false) => "ℓ",
            _ => name.symbol(),
        };
        let edge = edges.iter().find(|edge| edge.from == name);
        Node {
            name,
            symbol,
            place,
            forward: self.values.at(name),
            backward: (!name.is_data()).then(|| self.values.back(name)),
            forward_words: self.forward_words(name),
            backward_words: self.backward_words(name, edge),
        }
    }

    fn forward_words(&self, name: Name) -> String {
        let value = few(self.values.at(name));
        let count = grouped(self.count);
        let symbol = name.symbol();
        let Some(index) = self.sample else {
            return match name {
                Name::W1 | Name::W2 => format!("{symbol} = {value} for every sample"),
                Name::Loss => format!("L = Σ {} = {value}", self.judged("o", "y")),
                _ => format!("{symbol}: the mean over {count} samples is {value}"),
            };
        };
        match name {
            Name::W1 | Name::W2 => format!("{symbol} = {value}"),
            Name::X | Name::Y => format!("{symbol} = {value}, of sample {} of {count}", index + 1),
            _ => self.computed(name, &value),
        }
    }

    /// How a node that is computed comes to its value.
    fn computed(&self, name: Name, value: &str) -> String {
        let v = |name: Name| factor(self.values.at(name));
        let symbol = name.symbol();
        let first = self.row()[1] == name;
        let [open, close] = self.anatomy.unit.around;
        match name {
            Name::Loss => {
                let [o, y] = [few(self.values.at(Name::O)), v(Name::Y)];
                let own = if self.anatomy.mean { "ℓ/n" } else { "ℓ" };
                format!("{own} = {} = {} = {value}", self.judged("o", "y"), self.judged(&o, &y))
            }
            _ if first && self.anatomy.two_layers => {
                format!("{symbol} = w₁ · x = {} · {} = {value}", few(self.values.at(Name::W1)), v(Name::X))
            }
            _ if first => {
                let [w1, w2] = Name::WEIGHTS.map(|weight| self.values.at(weight));
                format!("{symbol} = w₁ · x + w₂ = {} · {} + {} = {value}", few(w1), v(Name::X), factor(w2))
            }
            Name::O if self.anatomy.two_layers => {
                format!("o = w₂ · h = {} · {} = {value}", few(self.values.at(Name::W2)), v(Name::H))
            }
            _ => format!("{symbol} = {open}u{close} = {open}{}{close} = {value}", few(self.values.at(Name::U))),
        }
    }

    fn backward_words(&self, name: Name, edge: Option<&Edge>) -> String {
        let (value, count) = (few(self.values.back(name)), grouped(self.count));
        let derivative = name.derivative();
        let Some((slope, head)) = edge.and_then(|edge| Some((edge.slope.as_ref()?, edge.to))) else {
            return match name {
                Name::Loss => "∂L/∂L = 1: the way back begins".to_owned(),
                _ => format!("{} is given: nothing comes back to it", name.symbol()),
            };
        };
        let Some(own) = slope.value else {
            let what = if name.is_weight() {
                "what {n} samples add, summed: the slope of the map"
            } else {
                "the sum over {n} samples"
            };
            return format!("{derivative} = {value}, {}", what.replace("{n}", &count));
        };
        if head == Name::Loss {
            return format!("{derivative} = {} = {} = {value}", slope.formula, self.judged_slope_numbers());
        }
        let before = few(self.values.back(head));
        format!("{derivative} = {} · {} = {before} · {} = {value}", head.derivative(), slope.symbol, factor(own))
    }

    fn judged_slope_numbers(&self) -> String {
        let [o, y] = [Name::O, Name::Y].map(|name| self.values.at(name));
        let o = if self.anatomy.kind == LossKind::Squares { o } else { o.sigmoid() };
        self.judged_slope(&few(o), &factor(y))
    }
}

#[cfg(test)]
mod tests {
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
}
