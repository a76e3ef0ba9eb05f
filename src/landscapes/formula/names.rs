//! The names a formula may contain: functions, constants, and the letters that become parameters.

use super::tree::{Binary, Unary};
use crate::landscapes::Parameter;

/// A function of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    /// One argument.
    One(Unary),
    /// Two arguments.
    Two(Binary),
    /// Two arguments or more, taken pairwise from the left.
    Many(Binary),
    /// `if(condition, then, otherwise)`.
    If,
}

/// Every function by name.
pub(super) const FUNCTIONS: &[(&str, Function)] = &[
    ("sin", Function::One(Unary::Sin)),
    ("cos", Function::One(Unary::Cos)),
    ("tan", Function::One(Unary::Tan)),
    ("asin", Function::One(Unary::Asin)),
    ("acos", Function::One(Unary::Acos)),
    ("atan", Function::One(Unary::Atan)),
    ("atan2", Function::Two(Binary::Atan2)),
    ("sinh", Function::One(Unary::Sinh)),
    ("cosh", Function::One(Unary::Cosh)),
    ("tanh", Function::One(Unary::Tanh)),
    ("exp", Function::One(Unary::Exp)),
    ("ln", Function::One(Unary::Ln)),
    ("log10", Function::One(Unary::Log10)),
    ("log2", Function::One(Unary::Log2)),
    ("sqrt", Function::One(Unary::Sqrt)),
    ("cbrt", Function::One(Unary::Cbrt)),
    ("abs", Function::One(Unary::Abs)),
    ("sign", Function::One(Unary::Sign)),
    ("floor", Function::One(Unary::Floor)),
    ("relu", Function::One(Unary::Relu)),
    ("sigmoid", Function::One(Unary::Sigmoid)),
    ("softplus", Function::One(Unary::Softplus)),
    ("gauss", Function::One(Unary::Gauss)),
    ("step", Function::One(Unary::Step)),
    ("mod", Function::Two(Binary::Mod)),
    ("min", Function::Many(Binary::Min)),
    ("max", Function::Many(Binary::Max)),
    ("if", Function::If),
];

/// Words that join conditions.
pub(super) const CONNECTIVES: [&str; 3] = ["and", "or", "not"];

/// Words that people try, and what to tell them.
const HINTS: &[(&str, &str)] = &[
    ("log", "'log' is ambiguous: write ln, log10 or log2"),
    ("pow", "'pow' is not known: write a power as x^y"),
    ("ceil", "'ceil' is not known: write −floor(−x)"),
    ("round", "'round' is not known: write floor(x + 0.5)"),
    ("heaviside", "'heaviside' is not known: write step(x)"),
    ("sec", "'sec' is not known: write 1/cos(x)"),
    ("csc", "'csc' is not known: write 1/sin(x)"),
    ("cot", "'cot' is not known: write 1/tan(x)"),
    ("arcsin", "'arcsin' is not known: write asin"),
    ("arccos", "'arccos' is not known: write acos"),
    ("arctan", "'arctan' is not known: write atan"),
];

/// The Greek letters that are parameters, with the names under which the command line knows them.
const GREEK: &[(&str, &str)] = &[
    ("α", "alpha"),
    ("β", "beta"),
    ("γ", "gamma"),
    ("δ", "delta"),
    ("ε", "epsilon"),
    ("ζ", "zeta"),
    ("η", "eta"),
    ("θ", "theta"),
    ("ι", "iota"),
    ("κ", "kappa"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("ν", "nu"),
    ("ξ", "xi"),
    ("ρ", "rho"),
    ("σ", "sigma"),
    ("τ", "tau"),
    ("υ", "upsilon"),
    ("φ", "phi"),
    ("χ", "chi"),
    ("ψ", "psi"),
    ("ω", "omega"),
    ("Γ", "Gamma"),
    ("Δ", "Delta"),
    ("Θ", "Theta"),
    ("Λ", "Lambda"),
    ("Ξ", "Xi"),
    ("Σ", "Sigma"),
    ("Φ", "Phi"),
    ("Ψ", "Psi"),
    ("Ω", "Omega"),
];

/// The Latin letters, cut into slices for names.
const LATIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// The function of this name.
pub(super) fn function(word: &str) -> Option<Function> {
    FUNCTIONS.iter().find(|(name, _)| *name == word).map(|(_, function)| *function)
}

/// The constant of this name.
pub(super) fn constant(word: &str) -> Option<f64> {
    match word {
        "pi" | "π" => Some(std::f64::consts::PI),
        "e" => Some(std::f64::consts::E),
        _ => None,
    }
}

/// The parameter that a letter, or the spelled name of a Greek one, stands for: a slider from −5 to 5, at first 1.
pub(super) fn parameter(word: &str) -> Option<Parameter> {
    let greek = GREEK.iter().find(|(symbol, name)| [*symbol, *name].contains(&word)).copied();
    let latin = || (word.len() == 1).then(|| LATIN.find(word).map(|at| &LATIN[at..=at])).flatten();
    let (symbol, name) = greek.or_else(|| latin().map(|letter| (letter, letter)))?;
    Some(Parameter::linear(name, symbol, 1.0, [-5.0, 5.0]).told(symbol, "A number of your formula: any value will do."))
}

/// Letters that mean something else beside a network's formula, and what to tell whoever writes them in it.
const RESERVED: &[(&str, &str)] = &[
    ("y", "'y' is the output that is wanted: write the output of the network alone"),
    ("n", "'n' is the number of samples: choose another letter"),
    ("w", "'w' is not known: the two weights are w1 and w2"),
];

/// Whether a formula in these variables is the output of a network.
fn is_of_network(variables: &[&str]) -> bool {
    variables == super::network::VARIABLES
}

/// Whether a letter is none of the user's own in a formula in these variables.
pub(super) fn is_reserved(word: &str, variables: &[&str]) -> bool {
    is_of_network(variables) && RESERVED.iter().any(|(letter, _)| *letter == word)
}

/// What to say of a word in a network's formula, if it is one that only networks know.
fn unknown_in_network(word: &str) -> Option<String> {
    if let Some((_, hint)) = RESERVED.iter().find(|(letter, _)| *letter == word) {
        return Some((*hint).to_owned());
    }
    let shown = super::error::short(word);
    let digits = word.trim_start_matches(['w', 'W']);
    if digits.len() < word.len() && digits.chars().all(|c| c.is_ascii_digit()) && !["W1", "W2"].contains(&word) {
        return Some(format!("'{shown}' is not known: the two weights are w1 and w2"));
    }
    let weight = ["w1", "w2"].into_iter().find(|weight| word.len() > 2 && word.ends_with(weight))?;
    Some(format!("'{shown}' is not known: write {}·{weight}", word.trim_end_matches(weight)))
}

/// What to say of a word that is no name.
pub(super) fn unknown(word: &str, variables: &[&str]) -> String {
    let shown = super::error::short(word);
    let lower = word.to_lowercase();
    if let Some(hint) = is_of_network(variables).then(|| unknown_in_network(word)).flatten() {
        return hint;
    }
    if let Some((_, hint)) = HINTS.iter().find(|(name, _)| *name == lower) {
        return (*hint).to_owned();
    }
    if variables.contains(&lower.as_str()) || function(&lower).is_some() || constant(&lower).is_some() {
        return format!("'{shown}' is not known: write {lower}, in small letters");
    }
    let function_before = |rest: fn(&str) -> bool| {
        FUNCTIONS.iter().find(|(name, _)| word.strip_prefix(name).is_some_and(|tail| !tail.is_empty() && rest(tail)))
    };
    if let Some((name, _)) = function_before(|tail| tail.chars().count() <= 2) {
        return format!("'{shown}' is not known; did you mean '{name}({})'?", &word[name.len()..]);
    }
    if variables == ["x", "y"] && ["w1", "w2", "w₁", "w₂", "x₁", "x₂"].contains(&word) {
        return format!("'{shown}' is not known: the two weights are called x and y here");
    }
    let base = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if base.len() < word.len() && (variables.contains(&base) || base.chars().count() == 1) {
        let number = &word[base.len()..];
        return format!("'{shown}' is not known: write {base}^{number} for a power or {number}{base} for a product");
    }
    let names = FUNCTIONS.iter().map(|(name, _)| *name).chain(CONNECTIVES).chain(["pi"]);
    let near = crate::landscapes::nearest(word, names);
    if word.chars().count() <= 2 || near.is_empty() && word.chars().count() <= 4 {
        let product: Vec<String> = word.chars().map(String::from).collect();
        return format!("'{shown}' is not known: write a product of letters as {}", product.join("·"));
    }
    format!("'{shown}' is not known{near}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_but_constants_is_a_parameter_and_no_name_means_two_things() {
        for letter in LATIN.chars().map(String::from) {
            let known = parameter(&letter).expect("a Latin letter");
            assert_eq!((known.name, known.symbol), (letter.as_str(), letter.as_str()), "{letter}");
        }
        assert_eq!(parameter("lambda"), parameter("λ"), "spelled");
        for (_, name) in GREEK {
            assert!(function(name).is_none() && constant(name).is_none(), "{name} means two things");
        }
        assert!(["π", "pi", "", "ab", "é"].iter().all(|word| parameter(word).is_none()), "no parameters");
    }
}
