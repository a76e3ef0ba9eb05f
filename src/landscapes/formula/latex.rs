//! The commands of LaTeX that a formula may be written in.

use super::lexer::Token;
use super::tree::{Comparison, Unary};

/// What a command stands for.
pub(super) enum Command {
    /// Nothing: space, and the size of brackets.
    Nothing,
    Symbol(Token),
    /// An arrow behind the names of variables.
    Arrow,
    /// A name stands in the braces behind it: `\operatorname{relu}`.
    Name,
    /// A name stands in the braces behind it, and a single letter there is a vector: `\mathbf{x}`.
    Vector,
    /// `\sqrt`, perhaps with the degree of the root behind it.
    Root,
    /// A name by itself: `\sin`, `\theta`.
    Word,
}

/// Commands that only set what follows.
const NOTHING: &[&str] = &[
    "left",
    "right",
    "big",
    "Big",
    "bigg",
    "Bigg",
    "bigl",
    "bigr",
    "Bigl",
    "Bigr",
    "biggl",
    "biggr",
    "Biggl",
    "Biggr",
    "quad",
    "qquad",
    "displaystyle",
    "textstyle",
    "limits",
    "nolimits",
    "thinspace",
];

/// Commands that set a name in another type.
const NAMES: &[&str] = &["operatorname", "mathrm", "text", "textrm", "mathit", "mathsf", "rm"];

/// Commands that set a vector.
const VECTORS: &[&str] = &["mathbf", "boldsymbol", "bm", "vec", "overrightarrow"];

/// What a command of this name stands for.
pub(super) fn command(name: &str) -> Command {
    if NOTHING.contains(&name) {
        return Command::Nothing;
    }
    if NAMES.contains(&name) {
        return Command::Name;
    }
    if VECTORS.contains(&name) {
        return Command::Vector;
    }
    Command::Symbol(match name {
        "cdot" | "times" | "ast" => Token::Star,
        "div" => Token::Slash,
        "frac" | "dfrac" | "tfrac" => Token::Fraction,
        "lvert" | "rvert" | "vert" | "mid" | "lVert" | "rVert" | "Vert" => Token::Bar,
        "lbrace" => Token::Open('}'),
        "rbrace" => Token::Close('}'),
        "lt" => Token::Compare(Comparison::Less),
        "gt" => Token::Compare(Comparison::Greater),
        "le" | "leq" | "leqslant" => Token::Compare(Comparison::LessOrEqual),
        "ge" | "geq" | "geqslant" => Token::Compare(Comparison::GreaterOrEqual),
        "ne" | "neq" => Token::Compare(Comparison::NotEqual),
        "land" | "wedge" => Token::And,
        "lor" | "vee" => Token::Or,
        "lnot" | "neg" => Token::Not,
        "sqrt" => return Command::Root,
        "to" | "mapsto" | "rightarrow" => return Command::Arrow,
        _ => return Command::Word,
    })
}

/// Whether a command sets a vector.
pub(super) fn is_vector(name: &str) -> bool {
    VECTORS.contains(&name)
}

/// The root of a degree that is written in brackets behind `\sqrt`.
pub(super) fn root(degree: &str) -> Option<Unary> {
    match degree.trim() {
        "2" => Some(Unary::Sqrt),
        "3" => Some(Unary::Cbrt),
        _ => None,
    }
}

/// The sign of a Greek letter, `\varphi` and `\phi` alike; every other name as it is.
pub(super) fn letter(name: &str) -> &str {
    let greek = |name| super::letters::greek(name).map(|(symbol, _)| symbol);
    let variant = || name.strip_prefix("var").and_then(|name| if name == "pi" { Some("π") } else { greek(name) });
    greek(name).or_else(variant).unwrap_or(name)
}
