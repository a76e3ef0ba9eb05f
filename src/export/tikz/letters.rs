//! Letters as LaTeX has them.

/// What stands for a letter that LaTeX does not take as it is.
const COMMANDS: &[(char, &str)] = &[
    ('\\', "\\textbackslash{}"),
    ('{', "\\{"),
    ('}', "\\}"),
    ('$', "\\$"),
    ('&', "\\&"),
    ('#', "\\#"),
    ('%', "\\%"),
    ('_', "\\_"),
    ('^', "\\textasciicircum{}"),
    ('~', "\\textasciitilde{}"),
    // A comma would divide a list of figures.
    (',', "{,}"),
    ('−', "$-$"),
    ('–', "--"),
    ('—', "---"),
    ('·', "$\\cdot$"),
    ('×', "$\\times$"),
    ('±', "$\\pm$"),
    ('∓', "$\\mp$"),
    ('∇', "$\\nabla$"),
    ('∂', "$\\partial$"),
    ('∞', "$\\infty$"),
    ('∑', "$\\sum$"),
    ('∫', "$\\int$"),
    ('√', "$\\surd$"),
    ('≤', "$\\leq$"),
    ('≥', "$\\geq$"),
    ('≠', "$\\neq$"),
    ('≈', "$\\approx$"),
    ('∥', "$\\parallel$"),
    ('‖', "$\\|$"),
    ('∈', "$\\in$"),
    ('←', "$\\leftarrow$"),
    ('→', "$\\rightarrow$"),
    ('↑', "$\\uparrow$"),
    ('↓', "$\\downarrow$"),
    ('○', "$\\circ$"),
    ('●', "$\\bullet$"),
    ('△', "$\\triangle$"),
    ('▽', "$\\triangledown$"),
    ('□', "$\\square$"),
    ('◆', "$\\blacklozenge$"),
    ('◇', "$\\lozenge$"),
    ('…', "\\dots{}"),
    ('½', "$\\frac12$"),
    ('¼', "$\\frac14$"),
    ('ℓ', "$\\ell$"),
    ('ℝ', "$\\mathbb{R}$"),
    ('α', "$\\alpha$"),
    ('β', "$\\beta$"),
    ('γ', "$\\gamma$"),
    ('δ', "$\\delta$"),
    ('Δ', "$\\Delta$"),
    ('ε', "$\\varepsilon$"),
    ('η', "$\\eta$"),
    ('θ', "$\\theta$"),
    ('κ', "$\\kappa$"),
    ('λ', "$\\lambda$"),
    ('μ', "$\\mu$"),
    ('π', "$\\pi$"),
    ('ρ', "$\\rho$"),
    ('σ', "$\\sigma$"),
    ('τ', "$\\tau$"),
    ('φ', "$\\varphi$"),
    ('ω', "$\\omega$"),
    ('ŵ', "$\\hat w$"),
    ('ᵀ', "$^{\\mathsf T}$"),
    ('′', "$'$"),
    ('’', "'"),
    ('‘', "`"),
    ('“', "``"),
    ('”', "''"),
    ('°', "$^\\circ$"),
    ('\u{a0}', "~"),
    ('\u{2009}', "\\,"),
    ('\u{202f}', "\\,"),
];

const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";

/// A text for LaTeX; a letter that is neither plain nor in the list is left out.
pub(in crate::export) fn latex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let digit = |row: &str| row.chars().position(|other| other == letter);
        if let Some((_, command)) = COMMANDS.iter().find(|(known, _)| *known == letter) {
            out.push_str(command);
        } else if let Some(digit) = digit(RAISED) {
            out.extend(["$^{", &digit.to_string(), "}$"]);
        } else if let Some(digit) = digit(LOWERED) {
            out.extend(["$_{", &digit.to_string(), "}$"]);
        } else if letter == '⁻' || letter == '⁺' {
            out.push_str(if letter == '⁻' { "$^{-}$" } else { "$^{+}$" });
        } else if letter == '₋' || letter == '₊' {
            out.push_str(if letter == '₋' { "$_{-}$" } else { "$_{+}$" });
        } else if (letter.is_ascii() && !letter.is_control()) || ('à'..='ü').contains(&letter) {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_letter_is_a_command_by_itself() {
        assert_eq!(latex("50 % of f_1 & {x}"), "50 \\% of f\\_1 \\& \\{x\\}");
        assert_eq!(latex("−η∇f, 10⁴²"), "$-$$\\eta$$\\nabla$f{,} 10$^{4}$$^{2}$");
        assert_eq!(latex("a\u{1f600}\u{7}b"), "ab", "what LaTeX has no letter for");
    }
}
