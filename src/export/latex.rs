//! Text as LaTeX sets it, signs of mathematics in mathematics.

/// Signs that LaTeX knows by a command of its mathematics.
const SIGNS: &[(char, &str)] = &[
    ('−', "-"),
    ('·', "\\cdot "),
    ('×', "\\times "),
    ('±', "\\pm "),
    ('≤', "\\le "),
    ('≥', "\\ge "),
    ('≈', "\\approx "),
    ('≠', "\\ne "),
    ('→', "\\to "),
    ('∞', "\\infty "),
    ('∇', "\\nabla "),
    ('∂', "\\partial "),
    ('‖', "\\Vert "),
    ('√', "\\surd "),
    ('½', "\\tfrac12 "),
    ('α', "\\alpha "),
    ('β', "\\beta "),
    ('γ', "\\gamma "),
    ('δ', "\\delta "),
    ('Δ', "\\Delta "),
    ('ε', "\\varepsilon "),
    ('η', "\\eta "),
    ('θ', "\\theta "),
    ('κ', "\\kappa "),
    ('λ', "\\lambda "),
    ('μ', "\\mu "),
    ('µ', "\\mu "),
    ('π', "\\pi "),
    ('ρ', "\\rho "),
    ('σ', "\\sigma "),
    ('τ', "\\tau "),
    ('φ', "\\varphi "),
    ('ω', "\\omega "),
    ('ᵀ', "^{\\top}"),
    ('₀', "_{0}"),
    ('₁', "_{1}"),
    ('₂', "_{2}"),
    ('′', "'"),
    ('″', "''"),
];

/// Raised digits, from 0.
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// The text, so that LaTeX sets it as it is read; letters that it may not know stay.
pub(super) fn latex(text: &str) -> String {
    let mut out = String::new();
    let mut power = String::new();
    for letter in text.chars().chain(['\0']) {
        let raised = RAISED.chars().zip('0'..='9').find(|(known, _)| *known == letter);
        if let Some(digit) = raised.map(|(_, digit)| digit).or((letter == '⁻').then_some('-')) {
            power.push(digit);
            continue;
        }
        if !power.is_empty() {
            out.extend(["$^{", power.as_str(), "}$"]);
            power.clear();
        }
        match letter {
            '\0' => {}
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '&' | '_' | '#' | '$' | '{' | '}' => out.extend(['\\', letter]),
            '–' => out.push_str("--"),
            '’' => out.push('\''),
            '…' => out.push_str("\\dots{}"),
            '\u{a0}' | '\u{202f}' => out.push('~'),
            '\n' => out.push(' '),
            other => match SIGNS.iter().find(|(sign, _)| *sign == other) {
                Some((_, command)) => out.extend(["$", command.trim_end(), "$"]),
                None => out.push(other),
            },
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_mathematics_and_what_latex_reserves_is_escaped() {
        for (text, expected) in [
            ("a drop of 1.2·10⁻³, 42 % of it", "a drop of 1.2$\\cdot$10$^{-3}$, 42 \\% of it"),
            ("η = 2/λ", "$\\eta$ = 2/$\\lambda$"),
            ("a_b {c} \\d", "a\\_b \\{c\\} \\textbackslash{}d"),
            ("x² − 3\ny", "x$^{2}$ $-$ 3 y"),
        ] {
            assert_eq!(latex(text), expected);
        }
    }
}
