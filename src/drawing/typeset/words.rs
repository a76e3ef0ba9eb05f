//! How far letters reach above and below their baseline, as shares of their size: fonts tell only of whole lines.

/// Above and below the baseline.
pub(super) fn reach(text: &str) -> [f32; 2] {
    text.chars().map(of).fold([0.0, 0.0], |[above, below], [a, b]| [f32::max(above, a), f32::max(below, b)])
}

fn of(letter: char) -> [f32; 2] {
    const LOW: [f32; 2] = [0.55, 0.01];
    const HIGH: [f32; 2] = [0.74, 0.01];
    match letter {
        'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'w' | 'x' | 'z' | 'α' | 'ε' | 'ι' | 'κ' | 'ν'
        | 'ο' | 'π' | 'σ' | 'τ' | 'υ' | 'ω' => LOW,
        'g' | 'p' | 'q' | 'y' | 'γ' | 'η' | 'μ' | 'ρ' | 'φ' | 'χ' => [0.55, 0.24],
        'j' | 'β' | 'ζ' | 'ξ' | 'ψ' | 'Q' => [0.76, 0.24],
        ',' | ';' => [0.1, 0.14],
        '.' | '…' => [0.12, 0.01],
        '+' | '−' | '=' | '·' | '×' | '<' | '>' | '≈' | '≤' | '≥' | '→' | '⋯' => [0.57, 0.05],
        '(' | ')' | '[' | ']' | '{' | '}' | '|' | '‖' | '⟨' | '⟩' | '∑' | '∏' | '∫' => [0.78, 0.2],
        _ => HIGH,
    }
}
