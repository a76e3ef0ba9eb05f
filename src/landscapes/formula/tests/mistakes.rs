//! What is wrong with formulas, and how it is said.

use super::*;

/// What is wrong: the text, the part to underline, and words of the message.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("", "", "no formula yet"),
    ("  ", "  ", "no formula yet"),
    ("x + sni(y)", "sni", "did you mean 'sin'?"),
    ("x + Sin y", "Sin", "write sin"),
    ("sinx", "sinx", "did you mean 'sin(x)'?"),
    ("X^2", "X", "write x, in small letters"),
    ("ab", "ab", "a·b"),
    ("x2", "x2", "x^2 for a power"),
    ("x + x2", "x2", "x^2 for a power"),
    ("foobarbaz(x)", "foobarbaz", "'foobarbaz' is not known"),
    ("1,5x", ",", "write a decimal point: 1.5"),
    ("sin(1,5)", "sin(1,5)", "for a decimal write 1.5"),
    ("(x, y)", ",", "separate the arguments"),
    ("x § y", "§", "'§' is no part"),
    ("if(f(x) = x^2, 1, 2)", "=", "write only what stands right"),
    ("x % 2", "%", "mod(a, b)"),
    ("x ! ", "!", "not"),
    ("x;y", ";", "commas"),
    ("xⁿ", "ⁿ", "after ^"),
    ("1e999", "1e999", "too large"),
    ("2 3", "3", "a number cannot stand right behind"),
    ("1.2.3", ".3", "a number cannot stand right behind"),
    ("(x+1)2", "2", "a number cannot stand right behind"),
    ("1/2x", "1/2x", "two ways: write (1/2)·x or 1/(2·x)"),
    ("x/2y", "x/2y", "write (x/2)·y or x/(2·y)"),
    ("x^2 / a y", "x^2 / a y", "write (x^2/a)·y or x^2/(a·y)"),
    ("x/y/2x", "x/y/2x", "two ways"),
    ("1/2(x+y)", "1/2(", "two ways"),
    ("e^2x", "e^2x", "exponent"),
    ("x^ay", "x^ay", "exponent"),
    ("e^-2x", "e^-2x", "exponent"),
    ("sin x y", "sin x y", "sin(…)"),
    ("sin -x", "sin", "in brackets"),
    ("sin 2(x+1)", "sin 2(", "sin(…)"),
    ("√x²", "√x²", "√(x²) or (√x)²"),
    ("√2x", "√2x", "√(…)"),
    ("x²^3", "x²^", "brackets"),
    ("sin⁻¹(x)", "⁻¹", "the inverse by name"),
    ("sin^x(y)", "^x", "two ways"),
    ("x +", "", "ends too early"),
    ("(x + 1", "(", "never closed"),
    ("(x + 1]", "]", "')' is expected"),
    ("x + 1)", ")", "nothing is open"),
    (")", ")", "nothing is open"),
    ("()", ")", "missing before this bracket"),
    ("|x", "|", "never closed"),
    ("x + |y", "|", "never closed"),
    ("x + * y", "*", "missing before this"),
    ("^2", "^", "something before it"),
    ("sin", "sin", "sin(x)"),
    ("max(x)", "max(x)", "2 arguments or more"),
    ("sin(x, y)", "sin(x, y)", "1 argument"),
    ("atan2(y)", "atan2(y)", "2 arguments"),
    ("if(x > 0, 1)", "if(x > 0, 1)", "3 arguments"),
    ("sin()", "sin()", "1 argument"),
    ("max x", "max", "brackets"),
    ("x < 1", "x < 1", "if(x > 0, 1, 0)"),
    ("(x < 1) x", "(x < 1)", "no number"),
    ("if(x, 1, 2)", "x", "comparison is expected"),
    ("if(x > 0, x > 1, 2)", "x > 1", "no number"),
    ("if(x > 0 and y, 1, 2)", "y", "comparison is expected"),
    ("x and y", "x", "comparison is expected"),
];

#[test]
fn what_is_wrong_is_named_and_underlined() {
    for (text, underlined, words) in MISTAKES {
        let error = Expression::parse(text).expect_err(text);
        assert_eq!(&text[error.span.clone()], *underlined, "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
}

#[test]
fn nothing_is_too_deep_or_too_long_to_be_refused() {
    for part in ["(", "-", "2^", "|", "√", "sin ", "sin(", "not ", "if(x<", "x^(", "[", "max(1,"] {
        for length in [150, 9_000, 100_000] {
            let text: String = part.chars().cycle().take(length).collect();
            let error = Expression::parse(&text).expect_err("never finished");
            assert!(text.is_char_boundary(error.span.start) && error.span.end <= text.len(), "{part}: {error}");
        }
    }
    let deep = |n: usize| format!("{}x{}", "(".repeat(n), ")".repeat(n));
    assert!(Expression::parse(&deep(199)).is_ok(), "as deep as may be");
    assert!(Expression::parse(&deep(200)).unwrap_err().message.contains("200 deep"), "one deeper");
    let long = vec!["x*y"; 2500].join("+");
    assert!(close(value(&long, 3.0, 2.0), 15_000.0), "a long sum");
    let conditions = format!("if({}, 1, 2)", vec!["x<1"; 150].join(" and "));
    assert_eq!(value(&conditions, 0.0, 0.0), 1.0, "many conditions");
}
