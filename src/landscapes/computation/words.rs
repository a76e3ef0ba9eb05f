//! What is said of a node: what is done there, from what it comes, its derivative; and how a sample is judged.

use super::texts::{name, one, product, slope, two, written};
use super::{Computation, Cone, Id, Mixed, Node, One, Operation, Source, Two};
use crate::landscapes::formula::graph::Exact;
use crate::landscapes::networks::criterion::Judge;
use crate::numbers::numerals::parameter;

/// How tightly a text holds together, the loosest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// a + b
    Sum,
    /// A number with a sign, which needs brackets unless it comes first.
    Signed,
    /// a · b
    Product,
    /// a²
    Power,
    /// A name, or something in brackets.
    Atom,
}

/// A text, and how tightly it holds together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What is written.
    pub text: String,
    /// How tightly it holds.
    pub hold: Hold,
}

/// Longer than this a formula is no help.
const LONGEST: usize = 56;

impl Text {
    /// A name.
    pub fn name(text: impl Into<String>) -> Self {
        Self { text: text.into(), hold: Hold::Atom }
    }

    /// A number that is written like this.
    pub fn number(text: String) -> Self {
        let hold = match () {
            () if text.starts_with('−') => Hold::Signed,
            () if text.contains('·') => Hold::Product,
            () => Hold::Atom,
        };
        Self { text, hold }
    }

    pub(super) fn new(text: impl Into<String>, hold: Hold) -> Self {
        Self { text: text.into(), hold }
    }

    /// In brackets where it holds less tightly than its place needs.
    pub fn within(&self, least: Hold) -> String {
        if self.hold >= least { self.text.clone() } else { format!("({})", self.text) }
    }

    /// As the first of a product or a sum, where a sign needs no brackets.
    pub fn first(&self, least: Hold) -> String {
        if self.hold == Hold::Signed { self.text.clone() } else { self.within(least) }
    }

    pub(super) fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// Whether it is too long to be read.
    pub fn is_long(&self) -> bool {
        self.text.chars().count() > LONGEST
    }
}

/// A constant as it is written.
pub(super) fn constant(value: f64) -> String {
    parameter(value)
}

/// Digits below the line: ₁₂.
pub(crate) fn lowered(number: usize) -> String {
    const DIGITS: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    number.to_string().chars().filter_map(|digit| digit.to_digit(10)).map(|digit| DIGITS[digit as usize]).collect()
}

impl Node {
    /// What is done there, as short as can be: `·`, `+`, `tanh`, `²`; the name of what is given.
    pub fn sign(&self) -> String {
        let Source::Operation(operation) = self.source else { return self.name.clone() };
        match operation {
            Operation::Two(function, ..) => match function {
                Two::Add => "+",
                Two::Subtract => "−",
                Two::Multiply => "×",
                Two::Divide => "÷",
                Two::Power => "aᵇ",
                Two::Atan2 => "atan2",
                Two::Hypot => "√(a² + b²)",
                Two::Min => "min",
                Two::Max => "max",
            }
            .to_owned(),
            Operation::One(function, _) => match function {
                One::Negate => "−".to_owned(),
                One::Square => "( )²".to_owned(),
                One::Recip => "1/( )".to_owned(),
                One::Sqrt => "√".to_owned(),
                One::Abs => "| |".to_owned(),
                _ => name(function).to_owned(),
            },
            Operation::Mixed(function, _, Exact(c)) => {
                let number = Text::number(constant(c));
                match function {
                    Mixed::Plus if c < 0.0 => format!("− {}", constant(-c)),
                    Mixed::Plus => format!("+ {}", number.text),
                    Mixed::From => format!("{} −", number.text),
                    Mixed::Times => format!("× {}", number.within(Hold::Product)),
                    Mixed::Over => format!("÷ {}", number.within(Hold::Product)),
                    Mixed::Power => format!("( )^{}", number.within(Hold::Atom)),
                }
            }
            Operation::Select(..) => "if".to_owned(),
            Operation::Constant(_) | Operation::Input(_) => self.name.clone(),
        }
    }
}

impl Computation {
    /// The head of a cone in the texts of its tails; a constant is itself.
    pub fn written(&self, cone: &Cone, tail: impl Fn(Id) -> Text) -> Text {
        self.texts(cone, tail).pop().map_or_else(|| Text::name(""), |(_, text)| text)
    }

    /// The texts of all steps of a cone, the head last.
    fn texts(&self, cone: &Cone, tail: impl Fn(Id) -> Text) -> Vec<(Id, Text)> {
        let mut known: Vec<(Id, Text)> = cone.tails.iter().map(|id| (*id, tail(*id))).collect();
        let begin = known.len();
        for &step in cone.steps.iter().rev() {
            let empty = Text::name("");
            let of = |id: Id| known.iter().find(|(known, _)| *known == id).map_or(&empty, |(_, text)| text);
            let mut text = match self.nodes[step].source {
                Source::Operation(operation) => written(operation.map(of)),
                Source::Loss([o, y]) => self.judge.judged(of(o), of(y)),
                Source::Given(_) => Text::name(self.nodes[step].name.clone()),
            };
            // What grows beyond reading is not carried along.
            if text.text.len() > 8 * LONGEST {
                text = Text::name("…");
            }
            known.push((step, text));
        }
        known.drain(..begin);
        known
    }

    /// The derivative of a cone's head by one of its tails, where one way leads from it to the head and what it says is
    /// short; written in the names of the tails and of the head.
    pub fn slope_written(&self, cone: &Cone, tail: Id, name: impl Fn(Id) -> Text) -> Option<Text> {
        let texts = self.texts(cone, &name);
        let text_of = |id: Id| match texts.iter().find(|(known, _)| *known == id) {
            Some((_, text)) if id != cone.head => text.clone(),
            _ => name(id),
        };
        let mut factors = Vec::new();
        let mut here = tail;
        while here != cone.head {
            let uses = cone.steps.iter().flat_map(|step| {
                let operands = self.nodes[*step].operands.iter().enumerate();
                operands.filter(|(_, operand)| **operand == here).map(|(position, _)| (*step, position))
            });
            let [(step, position)] = uses.collect::<Vec<_>>()[..] else { return None };
            let Source::Operation(operation) = self.nodes[step].source else { return None };
            let known: Vec<Text> = self.nodes[step].operands.iter().map(|id| text_of(*id)).collect();
            let mut place = 0;
            let operands = operation.map(|_| {
                place += 1;
                &known[place - 1]
            });
            let own = slope(operands, position, &text_of(step));
            factors.push(own.into_iter().next()?);
            here = step;
        }
        factors.reverse();
        Some(product(&factors)).filter(|text| text.text.chars().count() <= LONGEST / 2)
    }

    /// What one of `count` samples adds to the loss for an output where another is wanted.
    pub fn judged(&self, o: &Text, y: &Text, count: usize) -> Text {
        self.over(self.judge.judged(o, y), count)
    }

    /// Its derivative by the output; where classes are judged, `o` is the probability σ(o).
    pub fn judged_slope(&self, o: &Text, y: &Text, count: usize) -> Text {
        self.over(self.judge.judged_slope(o, y), count)
    }

    /// Whether the derivative of the loss is that of a probability, σ(o).
    pub fn judges_classes(&self) -> bool {
        self.judge.wants_classes()
    }

    fn over(&self, text: Text, count: usize) -> Text {
        if self.is_mean() { Text::new(format!("{}/{count}", text.within(Hold::Product)), Hold::Product) } else { text }
    }
}

impl Judge {
    /// One sample's loss as it is written.
    fn judged(self, o: &Text, y: &Text) -> Text {
        let error = two(Two::Subtract, o, y);
        match self {
            Self::Sse | Self::Mse => one(One::Square, &error),
            Self::Mae => one(One::Abs, &error),
            Self::Huber => Text::name(format!("huber({})", error.text)),
            Self::CrossEntropy => {
                let product = two(Two::Multiply, y, o);
                Text::new(
                    format!("ln(1 + exp {}) − {}", o.within(Hold::Product), product.within(Hold::Product)),
                    Hold::Sum,
                )
            }
        }
    }

    /// Its derivative by the output.
    fn judged_slope(self, o: &Text, y: &Text) -> Text {
        let error = two(Two::Subtract, o, y);
        match self {
            Self::Sse | Self::Mse => Text::new(format!("2({})", error.text), Hold::Product),
            Self::Mae => Text::name(format!("sign({})", error.text)),
            Self::Huber => Text::name(format!("clip({}, ±1)", error.text)),
            Self::CrossEntropy => error,
        }
    }
}
