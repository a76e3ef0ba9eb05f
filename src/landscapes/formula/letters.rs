//! The letters of a formula: the variables of a network, which become parameters, and which mean something else.

use crate::landscapes::Parameter;

/// The variables of a network's output.
pub(in crate::landscapes) const VARIABLES: [&str; 3] = ["w1", "w2", "x"];

/// The letters as they are typeset.
pub(super) const SYMBOLS: [&str; 3] = ["w₁", "w₂", "x"];

/// The variable that is another number for every sample.
pub(super) const INPUT: usize = 2;

/// The Greek letters that are parameters, with the names under which the command line knows them.
pub(super) const GREEK: &[(&str, &str)] = &[
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
pub(super) const LATIN: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// A Greek letter by its sign or its name: sign and name.
pub(super) fn greek(word: &str) -> Option<(&'static str, &'static str)> {
    GREEK.iter().find(|(symbol, name)| [*symbol, *name].contains(&word)).copied()
}

/// A letter in one spelling: that of a Greek letter is its sign.
pub(super) fn canonical(word: &str) -> &str {
    greek(word).map_or(word, |(symbol, _)| symbol)
}

/// The parameter that a letter, or the spelled name of a Greek one, stands for: a slider from −5 to 5, at first 1.
pub(super) fn parameter(word: &str) -> Option<Parameter> {
    let latin = || (word.len() == 1).then(|| LATIN.find(word).map(|at| &LATIN[at..=at])).flatten();
    let (symbol, name) = greek(word).or_else(|| latin().map(|letter| (letter, letter)))?;
    Some(
        Parameter::linear(name, symbol, 1.0, [-5.0, 5.0])
            .described(symbol, "A number of your formula: any value will do."),
    )
}

/// Whether a letter before a bracket is always meant as a function, and what to say of it.
pub(super) fn always_function(word: &str) -> Option<&'static str> {
    match canonical(word) {
        "φ" => Some("φ(…) is not known as a function: write the activation by its name, such as tanh(…) or relu(…)"),
        "Φ" => Some("Φ(…), the normal distribution, is not known as a function: sigmoid(…) is close to it"),
        "Γ" => Some("Γ(…), the gamma function, is not known"),
        "Θ" => Some("Θ(…) is not known as a function: the step from 0 to 1 is step(…)"),
        _ => None,
    }
}

/// Whether the name of a Greek letter is also that of a function in many libraries.
pub(super) fn names_function(word: &str) -> bool {
    ["gamma", "beta", "zeta", "eta", "psi", "theta", "Gamma", "Theta", "xi"].contains(&word)
}

/// Whether a letter often names a function: as a slider before a bracket it is worth a note.
pub(super) fn often_function(parameter: &Parameter) -> bool {
    const OFTEN: &str = "fghFGHJLPQRSTUVWZψΨζδχ";
    OFTEN.contains(parameter.symbol)
}

/// Letters that mean something else beside a network's formula, and what to tell whoever writes them in it.
pub(super) const RESERVED: &[(&str, &str)] = &[
    ("y", "'y' is the output that is wanted: write the output of the network alone"),
    ("n", "'n' is the number of samples: choose another letter"),
    ("w", "'w' is not known: the two weights are w1 and w2"),
];

/// Whether a formula in these variables is the output of a network.
pub(super) fn is_of_network(variables: &[&str]) -> bool {
    variables == VARIABLES
}

/// Whether a letter is none of the user's own in a formula in these variables.
pub(super) fn is_reserved(word: &str, variables: &[&str]) -> bool {
    is_of_network(variables) && RESERVED.iter().any(|(letter, _)| *letter == word)
}

#[cfg(test)]
mod tests {
    use super::super::names::{constant, function};
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
