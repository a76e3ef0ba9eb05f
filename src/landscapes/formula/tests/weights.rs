//! Names with an index: which of them are the two weights, and what is refused.

use super::{close, read, value};
use crate::landscapes::Landscape;
use crate::landscapes::formula::{Expression, NetworkFormula};
use crate::landscapes::networks::Data;
use crate::landscapes::networks::criterion::Judge;
use crate::numbers::Point;
use std::sync::Arc;

/// Two names with an index, the first weight first.
const PAIRS: &[[&str; 2]] = &[
    ["x[0]", "x[1]"],
    ["x[1]", "x[2]"],
    ["x(1)", "x(2)"],
    ["x{1}", "x{2}"],
    ["x_0", "x_1"],
    ["x_1", "x_2"],
    ["x_{0}", "x_{1}"],
    ["x_{1}", "x_{2}"],
    ["x0", "x1"],
    ["x1", "x2"],
    ["x₀", "x₁"],
    ["x₁", "x₂"],
    ["w1", "w2"],
    ["w0", "w1"],
    ["w[0]", "w[1]"],
    ["w_1", "w_2"],
    ["W1", "W2"],
    ["X[0]", "X[1]"],
    ["θ₀", "θ₁"],
    ["θ1", "θ2"],
    ["theta[0]", "theta[1]"],
    ["theta_1", "theta_2"],
    ["\\theta_{1}", "\\theta_{2}"],
    ["theta(1)", "theta(2)"],
    ["β0", "β1"],
    ["b_0", "b_1"],
    ["y1", "y2"],
    ["a1", "a2"],
    ["params[0]", "params[1]"],
    ["weights[0]", "weights[1]"],
    ["𝑥₁", "𝑥₂"],
    ["ｘ１", "ｘ２"],
    ["х[0]", "х[1]"],
    ["x[ 0 ]", "x[ 1 ]"],
    // One weight in two spellings.
    ["x1", "x[2]"],
    ["theta_0", "θ₁"],
];

#[test]
fn two_names_with_an_index_are_the_two_weights() {
    for [first, second] in PAIRS {
        let text = format!("100*({second}-{first}**2)**2 + (1-{first})**2 + a {first}");
        let plain = "100*(y-x**2)**2 + (1-x)**2 + a x";
        for [x, y] in [[1.0, 1.0], [0.5, -2.0]] {
            assert!(close(value(&text, x, y), value(plain, x, y)), "{text}");
        }
        let expression = read(&text);
        let names: Vec<&str> = expression.parameters().iter().map(|parameter| parameter.name).collect();
        assert_eq!(names, ["a"], "{text}: no slider for a weight");
        let shown = |name: &str| name.replace(['х', '𝑥', 'ｘ'], "x").replace('１', "1").replace('２', "2");
        let note = format!("{} and {} were read as the two weights, x and y.", shown(first), shown(second));
        assert!(expression.notes().contains(&note), "{text}: {:?}", expression.notes());
        assert_eq!(read(&expression.pretty()).pretty(), expression.pretty(), "{text}");
        let spelled = format!("formula:{text}");
        assert_eq!(Landscape::parse(&spelled).unwrap().to_string(), spelled, "{text}");
    }
    // The second may come first, and letters may touch.
    for (text, plain) in
        [("x2 - 3x1", "y - 3x"), ("x1x2 + 2x1^2x2", "x y + 2x^2 y"), ("x₁²x₂", "x^2 y"), ("x[0](x[1]+1)", "x·(y+1)")]
    {
        assert!(close(value(text, 3.0, -2.0), value(plain, 3.0, -2.0)), "{text}");
    }
    assert!(close(value("x0^2", 3.0, 5.0), 9.0), "0 alone is the first");
}

#[test]
fn indices_that_may_be_others_are_refused() {
    for (text, underlined, words) in [
        ("x[1]^2", "x[1]", "alone does not say which weight it is: write x or y"),
        ("x1", "x1", "write x or y"),
        ("w1^2", "w1", "write x or y"),
        ("x₂", "x₂", "write x or y"),
        ("x2", "x2", "x^2 for a power or 2x for a product"),
        ("x3^2", "x3", "x^3 for a power"),
        ("x(2)", "x(2)", "2·x for a product"),
        ("x[0] + x[2]", "x[2]", "0 and 1, or 1 and 2"),
        ("x[2] + x[3]", "x[3]", "0 and 1, or 1 and 2"),
        ("x1 + x2 + x3", "x3", "one weight too many"),
        ("x0 x1 x2", "x2", "one weight too many"),
        ("x[0] + y", "x[0]", "cannot stand beside y: write the two weights x and y"),
        ("x1^2 + x", "x1", "cannot stand beside x"),
        ("x + w1", "w1", "cannot stand beside x"),
        ("tanh(w1 x + w2)", "w1", "typed as network:EXPR"),
        ("axy + x2", "x2", "cannot stand beside x"),
        ("x^2 + a[0]", "a[0]", "write 0·a for a product"),
        ("x + a1", "a1", "a slider has no index"),
        ("a1 x1^2 + a2 x2^2", "a1", "a slider has no index"),
        ("a1 b1", "a1", "several names have an index"),
        ("x1 + y1", "x1", "write x or y"),
        ("x[-1] + x", "x[-1]", "counts from the end: write the two weights x[0] and x[1]"),
        ("x[-1]^2+x[0]", "x[-1]", "counts from the end"),
        ("a(3)", "a(3)", "'a' is a letter, no function: write 3·a for a product"),
        ("λ(2) x", "λ(2)", "2·λ for a product"),
        ("x[0, 1]", "x[0, 1", "no element here"),
        ("x [0]", "x [0", "write x[0] without a space for a weight, x·0 for a product"),
        ("x [ 0 ]^2", "x [ 0", "write x[0] without a space"),
        ("x_i", "x_i", "not known"),
    ] {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], underlined, "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

#[test]
fn the_weights_of_a_network_have_an_index_too() {
    let data = Arc::new(Data::edited(vec![[0.5, 1.0], [-3.0, 0.25]]).unwrap());
    let loss = |text: &str| {
        let formula = NetworkFormula::parse(text).unwrap_or_else(|error| panic!("{}", error.marked(text)));
        formula.loss(&[], Judge::Mse, Arc::clone(&data)).value(Point::new(0.75, -1.5))
    };
    for (first, second, is_noted) in [
        ("w1", "w2", false),
        ("w_1", "w_2", false),
        ("w₁", "w₂", false),
        ("w_{1}", "w_{2}", false),
        ("w[1]", "w[2]", true),
        ("w[0]", "w[1]", true),
        ("w0", "w1", true),
        ("w_0", "w_1", true),
        ("W1", "W2", true),
        ("W[0]", "W[1]", true),
        ("θ₀", "θ₁", true),
        ("theta[0]", "theta[1]", true),
        ("b0", "b1", true),
        ("\\beta_0", "\\beta_1", true),
        ("𝑤₁", "𝑤₂", false),
    ] {
        let text = format!("y = {second}*np.tanh({first}*x) + a");
        assert!(close(loss(&text), loss("w2 tanh(w1 x) + a")), "{text}");
        let formula = NetworkFormula::parse(&text).unwrap();
        assert_eq!(!formula.notes().is_empty(), is_noted, "{text}: {:?}", formula.notes());
        assert_eq!(NetworkFormula::parse(&formula.pretty()).unwrap().pretty(), formula.pretty(), "{text}");
    }
    assert!(close(loss("W1 x"), loss("w1 x")), "one weight");
    for (text, words) in [
        ("w3 x", "the two weights are w1 and w2"),
        ("w1 x + w3", "'w3' is not known: the two weights are w1 and w2"),
        ("w3 x + w1", "'w3' is not known: the two weights are w1 and w2"),
        ("w0 x + w1 + w2", "the two weights are w1 and w2"),
        ("w[1] x", "alone does not say which weight it is: write w1 or w2"),
        ("w1 x1 + w2 x2", "one input here, x"),
        ("w1 x[0]", "for a product"),
        ("w x + b", "the two weights are w1 and w2"),
        ("θ1 x", "alone does not say"),
        ("f(t) = w1 t", "the input is x"),
        ("x = w1", "cannot be the output"),
    ] {
        let error = NetworkFormula::parse(text).expect_err(text);
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

#[test]
fn a_left_side_names_two_weights_at_most() {
    for (text, underlined) in [
        ("f(x,y,z)=x+y+z", "z"),
        ("f(x,y,z)=x+y", "z"),
        ("f(a,x,y)=a x+y", "a"),
        ("f(u,v,w)=u+v+w", "w"),
        ("lambda x, y, z: x+y+z", "z"),
        ("(x,y,z) -> x+y+z", "z"),
        ("f(x;a,b)=a x+b", "b"),
    ] {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], underlined, "{text}: {error}");
        assert!(error.message.contains("a loss has two weights"), "{text}: {error}");
    }
    for (text, plain) in [
        ("f((x, y)) = x^2+y", "x^2+y"),
        ("f((x)) = x^2", "x^2"),
        ("f((u, v)) = u^2+v", "x^2+y"),
        ("f(x; y) = x^2+y", "x^2+y"),
        ("f(x, y; a) = a x^2+y", "a x^2+y"),
        ("f(u, v; a, b) = a u^2+b v", "a x^2+b y"),
    ] {
        assert!(close(value(text, 3.0, -2.0), value(plain, 3.0, -2.0)), "{text}");
        assert_eq!(read(text).parameters(), read(plain).parameters(), "{text}");
    }
}
