//! Letters before brackets: products, functions that are known, and functions that are not.

use super::{close, read, value};
use crate::landscapes::formula::letters::{GREEK, LATIN};
use crate::landscapes::formula::{Expression, NetworkFormula};

#[test]
fn a_letter_before_a_sum_is_a_product() {
    for (text, expected) in [
        ("a(x+1)", 4.0),
        ("λ(x²+y²)", 13.0),
        ("x(x+1)", 12.0),
        ("2x(y-1)", -18.0),
        ("xy(x+1)", -24.0),
        ("a[x+1]", 4.0),
        ("a (x + 1)", 4.0),
        ("ax(2x+1)", 21.0),
        ("e(x-2)", std::f64::consts::E),
        ("2(x)", 6.0),
        ("(x)(y)", -6.0),
        ("x²(y)", -18.0),
        ("f(x+1)", 4.0),
    ] {
        let found = value(text, 3.0, -2.0);
        assert!(close(found, expected), "{text} = {found}, not {expected}");
    }
}

#[test]
fn sigma_before_a_bracket_is_the_sigmoid() {
    for text in ["σ(x)", "σ (x)", "sigma(x)", "\\sigma(x)", "\\sigma\\left(x\\right)", "σ[x]", "ς(x)", "𝜎(x)"] {
        assert!(close(value(text, 3.0, 0.0), value("sigmoid(x)", 3.0, 0.0)), "{text}");
        assert_eq!(read(text).pretty(), "sigmoid(x)", "{text}");
        assert!(read(text).notes()[0].contains("sigmoid"), "{text}");
    }
    assert_eq!(read("σ x + σ² + σ·(x + 1)").parameters().len(), 1, "elsewhere it is a letter");
    assert!(read("σ·(x + 1)").notes().is_empty(), "a product is nothing special");
    assert_eq!(read("σ·(x + 1)").pretty(), "σ·(x + 1)", "which reads back");
    let network = NetworkFormula::parse("σ(w1 x + w2)").expect("a network");
    assert_eq!(network.pretty(), "sigmoid(w₁·x + w₂)", "in a network");
}

#[test]
fn every_letter_before_a_variable_is_refused() {
    let greek = GREEK.iter().flat_map(|(symbol, name)| [*symbol, *name]).chain(["ϕ", "\\phi", "\\Gamma", "𝜑"]);
    let latin = (0..LATIN.len()).map(|at| &LATIN[at..=at]).filter(|letter| !["X", "Y"].contains(letter));
    for letter in greek.chain(latin).filter(|letter| !["σ", "sigma"].contains(letter)) {
        for inside in ["x", "x, y", "xy", "a", "2", "(x)", "((x, y))", "-x", "+y", "|x|", "x+1, y", "sin(x), y"] {
            let text = format!("{letter}({inside})");
            let Err(error) = Expression::parse(&text) else { panic!("{text} is no product for whoever reads it") };
            assert!(error.message.contains(['·', 'x']), "{text}: {error}");
        }
    }
}

#[test]
fn what_reads_like_an_unknown_function_is_refused() {
    for (text, underlined, words) in [
        ("f(x)", "f(x", "write f·x for a product"),
        ("H(x, y)", "H(x, y", "H·(…) for a product"),
        ("x(y)", "x(y", "x·y"),
        ("f(xy)", "f(xy", "f·(xy)"),
        ("e(x)", "e(x", "e^(x) or exp(x)"),
        ("φ(x+1)", "φ", "by its name, such as tanh(…)"),
        ("φ(x)", "φ", "φ·(…)"),
        ("Φ(x-1)", "Φ", "normal distribution"),
        ("Γ(x+1)", "Γ", "gamma function"),
        ("gamma(x)", "gamma", "the gamma function, gamma(…), is not known: write gamma·(…)"),
        ("beta(x,y)", "beta", "the beta function, beta(…), is not known"),
        ("gamma(x+1)", "gamma", "gamma·(…)"),
        ("lambda(x²+y²)", "lambda", "lambda·(…)"),
        ("alpha (x+1)", "alpha", "alpha·(…)"),
        ("foo(x)", "foo", "f·o·o·(…)"),
        ("f((x))", "f((x", "write f·x for a product"),
        ("f(-x)", "f(-x", "f·(-x)"),
        ("f(x+1, y)", "f(x+1, y", "no function: write its expression"),
        ("mu(x+y)", "mu", "'mu' is a letter, no function: write mu·(…)"),
        ("nu(x+y)", "nu", "nu·(…)"),
        ("xi (x+y)", "xi", "xi·(…)"),
        ("2mu(x+y)", "mu", "mu·(…)"),
        ("a_1(x+y)", "a_1", "'a_1' is not known: write a"),
        ("β_2(x+y)", "β_2", "'β_2' is not known"),
        ("x + a₂", "a₂", "'a₂' is not known"),
        ("xsinx", "xsinx", "did you mean 'x·sin(x)'?"),
        ("axsinx", "axsinx", "did you mean 'a·x·sin(x)'?"),
        ("sinxcosy", "sinxcosy", "did you mean 'sin(x)·cos(y)'?"),
        ("sinhx", "sinhx", "did you mean 'sinh(x)'?"),
        ("xyexpx", "xyexpx", "did you mean 'x·y·exp(x)'?"),
        ("lnx", "lnx", "did you mean 'ln(x)'?"),
        ("x.T", "x.T", "'x.T' is a transpose, but a weight is a number: write x alone"),
        ("x.sin()", "x.sin", "write sin(x)"),
        ("x.pow(2)", "x.pow", "write x^2"),
        ("x.dot(y)", "x.dot", "write x·y"),
        ("x.y", "x.y", "write x·y"),
        ("x.shape", "x.shape", "a point cannot stand behind 'x', which is a number: write x alone"),
        ("(x+y).sum()", ".", "write the terms with + between them"),
        ("(x+y).exp()", ".", "write exp(…)"),
        ("foobar(x+1)", "foobar", "a product is written with a sign"),
        ("E^x", "E", "e^x or exp(x)"),
        ("E**(-x)", "E", "e^x or exp(x)"),
        ("2E^-x", "E", "e^x or exp(x)"),
    ] {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], underlined, "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
    assert!(close(value("E x + E²", 3.0, 0.0), 4.0), "E is a letter elsewhere");
    assert!(close(value("(E)^x", 3.0, 0.0), 1.0) && read("(E)^x").pretty() == "(E)^x", "in brackets too");
}

#[test]
fn mistakes_in_networks_are_refused_as_well() {
    for (text, words) in [
        ("φ(w1 x + w2)", "by its name"),
        ("w2 g(x)", "g·x"),
        ("w2(x)", "w2·x"),
        ("phi(w1 x)", "phi·(…)"),
        ("act(w1 x)", "a·c·t·(…)"),
        ("S(w1 x + w2)", "write the activation by its name, such as tanh(…), or S·(…) for a product"),
        ("w2 S(w1 x) + a", "S·(w1 x)"),
        ("h (w1 x + w2)", "h·(…)"),
        ("λ(w1 x + w2)", "λ·(…)"),
        ("a[w1 x + w2]", "a·(…)"),
        ("mu(w1 x + w2)", "mu·(…)"),
        ("g((x))", "g·x"),
        ("w2 tanhx", "did you mean"),
        ("gelu(w1 x)", "sigmoid(1.702·x)"),
        ("w2 silu(w1 x)", "x·sigmoid(x)"),
    ] {
        let error = NetworkFormula::parse(text).expect_err(text);
        assert!(error.message.contains(words), "{text}: {error}");
    }
}
