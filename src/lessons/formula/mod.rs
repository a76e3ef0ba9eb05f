//! A formula in a subset of TeX: what it consists of, not yet laid out.
//!
//! The layout is our own: the crate there is measures by the serif fonts of `KaTeX` alone, so that it would bring ten of them
//! and twenty crates, and its formulas would look unlike the numbers beside them.

mod reader;
mod symbols;

pub use reader::read;

/// What a symbol is among others; it decides the room around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A letter, a number.
    Ordinary,
    /// Between two terms, as + is.
    Binary,
    /// Between two sides, as = is.
    Relation,
    /// It opens.
    Open,
    /// It closes.
    Close,
    /// A comma.
    Punctuation,
    /// A sum or an integral: larger, with limits.
    Large,
    /// A name of a function, such as max.
    Function,
}

/// What is drawn over a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accent {
    /// ^
    Hat,
    /// A line.
    Bar,
    /// ~
    Tilde,
    /// A dot.
    Dot,
    /// An arrow.
    Vector,
}

/// What encloses a part, as high as the part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fence {
    /// ( or ).
    Round,
    /// `[` or `]`.
    Square,
    /// { or }.
    Curly,
    /// A line.
    Line,
    /// Two lines.
    Lines,
    /// Nothing.
    Empty,
}

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A letter, a number, a sign, or a word.
    Symbol {
        /// What is written.
        text: String,
        /// What it is among others.
        class: Class,
        /// Set slanted, as a variable is.
        slanted: bool,
        /// Set semi-bold, as a vector is.
        strong: bool,
    },
    /// One beside the other.
    Row(Vec<Self>),
    /// With a part below right, above right, or both.
    Scripts {
        /// What they stand at.
        base: Box<Self>,
        /// The part below.
        sub: Option<Box<Self>>,
        /// The part above.
        sup: Option<Box<Self>>,
    },
    /// One above the other.
    Fraction {
        /// Above the line.
        top: Box<Self>,
        /// Below it.
        bottom: Box<Self>,
    },
    /// A root.
    Root {
        /// Which root; `None` for the square root.
        index: Option<Box<Self>>,
        /// What is under the root.
        inside: Box<Self>,
    },
    /// With a mark over it.
    Accented(Accent, Box<Self>),
    /// Enclosed.
    Fenced(Fence, Box<Self>, Fence),
    /// Rows of cells.
    Table {
        /// The rows.
        rows: Vec<Vec<Self>>,
        /// Cells begin at the left, not in the middle.
        left: bool,
    },
    /// Room, in heights of a letter M.
    Space(f32),
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    /// The whole.
    pub root: Node,
}

impl Formula {
    /// The formula as plain text, for screen readers.
    pub fn plain(&self) -> String {
        let mut text = String::new();
        self.root.write(&mut text);
        text.trim().to_owned()
    }
}

impl Fence {
    fn open(self) -> &'static str {
        match self {
            Self::Round => "(",
            Self::Square => "[",
            Self::Curly => "{",
            Self::Line => "|",
            Self::Lines => "‖",
            Self::Empty => "",
        }
    }

    fn close(self) -> &'static str {
        match self {
            Self::Round => ")",
            Self::Square => "]",
            Self::Curly => "}",
            _ => self.open(),
        }
    }
}

impl Node {
    /// A letter or number with nothing special about it.
    fn symbol(text: impl Into<String>, class: Class) -> Self {
        Self::Symbol { text: text.into(), class, slanted: false, strong: false }
    }

    /// Its class among its neighbors.
    pub fn class(&self) -> Class {
        match self {
            Self::Symbol { class, .. } => *class,
            Self::Scripts { base, .. } => base.class(),
            _ => Class::Ordinary,
        }
    }

    /// Of a superscript, the primes at its beginning and what is left of it.
    pub fn primes(&self) -> (Option<&Self>, Option<&Self>) {
        let is_prime = |node: &Self| matches!(node, Self::Symbol { text, .. } if !text.is_empty() && text.chars().all(|letter| letter == '′'));
        match self {
            Self::Row(parts) => match &parts[..] {
                [primes, rest] if is_prime(primes) => (Some(primes), Some(rest)),
                _ => (None, Some(self)),
            },
            primes if is_prime(primes) => (Some(primes), None),
            _ => (None, Some(self)),
        }
    }

    /// Whether it is written with more than one symbol.
    fn is_long(&self) -> bool {
        match self {
            Self::Row(parts) => parts.len() > 1,
            Self::Symbol { .. } | Self::Scripts { .. } | Self::Accented(..) | Self::Fenced(..) => false,
            _ => true,
        }
    }

    fn write_grouped(&self, text: &mut String) {
        if self.is_long() {
            text.push('(');
            self.write(text);
            text.push(')');
        } else {
            self.write(text);
        }
    }

    fn write(&self, text: &mut String) {
        match self {
            Self::Symbol { text: symbol, class: Class::Binary | Class::Relation, .. } => {
                text.push(' ');
                text.push_str(symbol);
                text.push(' ');
            }
            Self::Symbol { text: symbol, class: Class::Punctuation | Class::Function, .. } => {
                text.push_str(symbol);
                text.push(' ');
            }
            Self::Symbol { text: symbol, .. } => text.push_str(symbol),
            Self::Row(parts) => parts.iter().for_each(|part| part.write(text)),
            Self::Scripts { base, sub, sup } => {
                base.write(text);
                let (primes, sup) = sup.as_deref().map_or((None, None), Self::primes);
                if let Some(primes) = primes {
                    primes.write(text);
                }
                for (mark, script) in [('_', sub.as_deref()), ('^', sup)] {
                    if let Some(script) = script {
                        text.push(mark);
                        script.write_grouped(text);
                    }
                }
            }
            Self::Fraction { top, bottom } => {
                top.write_grouped(text);
                text.push('/');
                bottom.write_grouped(text);
            }
            Self::Root { inside, .. } => {
                text.push('√');
                inside.write_grouped(text);
            }
            Self::Accented(_, inside) => inside.write(text),
            Self::Fenced(open, inside, close) => {
                text.push_str(open.open());
                inside.write(text);
                text.push_str(close.close());
            }
            Self::Table { rows, .. } => {
                for (index, row) in rows.iter().enumerate() {
                    text.push_str(if index > 0 { "; " } else { "" });
                    for (column, cell) in row.iter().enumerate() {
                        text.push_str(if column > 0 { ", " } else { "" });
                        cell.write(text);
                    }
                }
            }
            Self::Space(_) => text.push(' '),
        }
    }
}
