//! Which names of a formula are its variables: their own, those that its left side declares, and two names with an index,
//! such as `x[0]` and `x[1]`.

use std::ops::Range;

use super::error::{FormulaError, short};
use super::heading::Headed;
use super::letters::{self, canonical, is_of_network};
use super::lexer::{Lexeme, Raw, Token};
use super::names;

/// The names of the variables.
pub(super) struct Naming<'a> {
    pub(super) variables: &'a [&'a str],
    /// Further names, with the index of the variable that each stands for.
    others: Vec<(String, usize)>,
}

/// How an index is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    /// `x1`
    Digits,
    /// `x_1`, `x₁`
    Lowered,
    /// `x[1]`, `x(1)`
    Brackets,
}

/// A name with an index.
struct Indexed<'a> {
    base: &'a str,
    number: u32,
    style: Style,
    span: Range<usize>,
}

/// Bases that are weights before all others where several have an index.
const WEIGHTS: [&str; 5] = ["x", "w", "θ", "X", "W"];

impl Naming<'_> {
    /// The variable of this name.
    pub(super) fn variable(&self, name: &str) -> Option<usize> {
        let other = || self.others.iter().find(|(known, _)| known == name).map(|(_, index)| *index);
        other().or_else(|| self.variables.iter().position(|known| *known == name))
    }

    /// The variables that are written as one letter.
    pub(super) fn letter(&self, letter: char) -> Option<usize> {
        self.variable(letter.encode_utf8(&mut [0; 4]))
    }
}

/// An element that is written with brackets, `x[0]` or `x(1)`: its name, and how many lexemes it takes.
pub(super) fn element(lexemes: &[Lexeme<'_>]) -> Option<(String, usize)> {
    let (base, number, span) = bracketed(lexemes)?;
    let length = lexemes.iter().take_while(|lexeme| lexeme.span.end <= span.end).count();
    Some((format!("{}{number}", canonical(base)), length))
}

/// Base, index and place of an element with brackets at the beginning of these lexemes.
fn bracketed<'a>(lexemes: &[Lexeme<'a>]) -> Option<(&'a str, u32, Range<usize>)> {
    let (name, [open, inside, close]) = match lexemes {
        // As Mathematica writes it, x[[1]].
        [name, first, open, inside, close, last, ..]
            if [first.raw, last.raw] == [open.raw, close.raw] && open.raw == Raw::Symbol(Token::Open(']')) =>
        {
            (name, [first, inside, last])
        }
        [name, open, inside, close, ..] => (name, [open, inside, close]),
        _ => return None,
    };
    let (
        Raw::Word(word),
        Raw::Symbol(Token::Open(ends)),
        Raw::Symbol(Token::Number(number)),
        Raw::Symbol(Token::Close(end)),
    ) = (name.raw, open.raw, inside.raw, close.raw)
    else {
        return None;
    };
    let is_index = number.fract() == 0.0 && (0.0..1e6).contains(&number) && name.span.end == open.span.start;
    let is_letter = word.base.chars().count() == 1 || letters::greek(word.base).is_some();
    let is_called =
        names::function(word.base).is_some() || names::constant(word.base).is_some() || is_function(word.base);
    let may_be = ends == ']' || is_letter;
    (is_index && ends == end && word.is_bare() && may_be && !is_called).then_some((
        word.base,
        number as u32,
        name.span.start..close.span.end,
    ))
}

/// Whether a letter before a bracket is a function.
fn is_function(letter: &str) -> bool {
    canonical(letter) == "σ" || letters::always_function(letter).is_some()
}

/// Finds out what the formula calls its variables.
///
/// # Errors
/// [`FormulaError`] where names have an index and it is not sure which are the two weights.
pub(super) fn naming<'a>(
    text: &str,
    headed: &Headed<'_, '_>,
    variables: &'a [&'a str],
    notes: &mut Vec<String>,
) -> Result<Naming<'a>, FormulaError> {
    let mut naming = Naming { variables, others: Vec::new() };
    declare(headed, &mut naming, notes)?;
    refuse_from_the_end(text, headed.body)?;
    let indexed = indexed(headed.body);
    let Some(base) = base_of_weights(&indexed, &naming)? else { return Ok(naming) };
    let weights: Vec<&Indexed<'_>> = indexed.iter().filter(|name| name.base == base).collect();
    if let Some(own) = own(headed.body, &naming).filter(|_| !is_of_network(variables)) {
        return beside(text, base, &weights, &own).map_or(Ok(naming), Err);
    }
    let declared = headed
        .declared
        .iter()
        .filter(|(word, _)| canonical(word.base) == base)
        .filter_map(|(word, _)| word.digits().parse().ok());
    let mut numbers: Vec<u32> = weights.iter().map(|name| name.number).chain(declared).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let first = first_index(text, &numbers, &weights, variables)?;
    naming.others.extend((0..2).map(|index| (format!("{base}{}", first + index), index as usize)));
    let is_usual = is_of_network(variables)
        && base == "w"
        && first == 1
        && weights.iter().all(|name| name.style != Style::Brackets);
    if !is_usual {
        let typed = numbers.iter().filter_map(|number| weights.iter().find(|name| name.number == *number));
        let typed: Vec<(&str, usize)> =
            typed.map(|name| (&text[name.span.clone()], (name.number - first) as usize)).collect();
        notes.extend(note(&typed, variables));
    }
    Ok(naming)
}

/// "`x[0]` and `x[1]` were read as the two weights, x and y."
fn note(typed: &[(&str, usize)], variables: &[&str]) -> Option<String> {
    Some(match typed {
        [(one, index)] => format!("{} was read as the weight {}.", short(one), variables[*index]),
        [(one, first), (two, second), ..] => format!(
            "{} and {} were read as the two weights, {} and {}.",
            short(one),
            short(two),
            variables[*first],
            variables[*second]
        ),
        [] => return None,
    })
}

/// Names that the left side declares: `f(u, v) =` makes u and v the two weights.
fn declare(headed: &Headed<'_, '_>, naming: &mut Naming<'_>, notes: &mut Vec<String>) -> Result<(), FormulaError> {
    let used = |name: &str| {
        headed.body.iter().enumerate().any(|(at, lexeme)| {
            matches!(lexeme.raw, Raw::Word(known) if known.is_bare() && mentions(known.base, name))
                && bracketed(&headed.body[at..]).is_none()
        })
    };
    let names: Vec<&str> =
        headed.declared.iter().filter(|(word, _)| word.is_bare()).map(|(word, _)| word.base).collect();
    let is_own = |name: &&str| naming.variables.contains(name);
    let foreign = headed.declared.iter().filter(|(word, _)| word.is_bare() && !is_own(&word.base));
    if let [_, _, third, ..] = &headed.declared[..]
        && !is_of_network(naming.variables)
    {
        let (word, span) = foreign.clone().next_back().unwrap_or(third);
        let message = format!(
            "a loss has two weights, '{}' is one too many: write f(x, y) = …; every other letter of the formula is a slider",
            short(&word.name())
        );
        return Err(FormulaError::new(message, span.clone()));
    }
    let Some((foreign, _)) = foreign.clone().find(|(word, _)| used(word.base)) else { return Ok(()) };
    if names.iter().filter(|name| is_own(name)).count() >= 2 {
        return Ok(());
    }
    let refused =
        |message: String| Err(FormulaError::new(message, headed.body.first().map_or(0..0, |first| first.span.clone())));
    if is_of_network(naming.variables) {
        let name = short(foreign.base);
        return refused(format!("'{name}' is no name here: the input is x, the two weights are w1 and w2"));
    }
    let free: Vec<usize> = (0..2).filter(|index| !names.contains(&naming.variables[*index])).collect();
    let declared: Vec<(&str, usize)> =
        names.iter().filter(|name| !is_own(name)).copied().zip(free.iter().copied()).collect();
    if names.len() > 2 || declared.iter().any(|(_, index)| used(naming.variables[*index])) {
        return refused("a loss has two weights: write them x and y; every other letter is a slider".to_owned());
    }
    notes.extend(note(&declared, naming.variables));
    naming.others.extend(declared.into_iter().map(|(name, index)| (canonical(name).to_owned(), index)));
    Ok(())
}

/// Whether a word is this name, or a product of letters with it.
fn mentions(word: &str, name: &str) -> bool {
    word == name || names::function(word).is_none() && name.chars().count() == 1 && word.contains(name)
}

/// Every name with an index that does not belong to a function.
fn indexed<'a>(body: &[Lexeme<'a>]) -> Vec<Indexed<'a>> {
    let at = |at: usize| {
        if let Some((base, number, span)) = bracketed(&body[at..]) {
            return Some(Indexed { base: canonical(base), number, style: Style::Brackets, span });
        }
        let Raw::Word(word) = body[at].raw else { return None };
        let is_letter = word.base.chars().count() == 1 || letters::greek(word.base).is_some();
        let known = word.index.is_empty() || !word.modules.is_empty() || names::function(&word.name()).is_some();
        if known || !(is_letter || word.lowered) || names::function(word.base).is_some() {
            return None;
        }
        let style = if word.lowered { Style::Lowered } else { Style::Digits };
        let number = word.digits().parse().unwrap_or(u32::MAX);
        Some(Indexed { base: canonical(word.base), number, style, span: body[at].span.clone() })
    };
    (0..body.len()).filter_map(at).collect()
}

/// The base whose indices are the two weights.
fn base_of_weights<'a>(indexed: &[Indexed<'a>], naming: &Naming<'_>) -> Result<Option<&'a str>, FormulaError> {
    let is_network = is_of_network(naming.variables);
    // The input of a network has no index.
    let candidates = || indexed.iter().filter(|name| !(is_network && name.base == "x"));
    let Some(first) = candidates().next() else { return Ok(None) };
    let known = WEIGHTS.iter().find_map(|weight| candidates().find(|name| name.base == *weight));
    if let Some(known) = known {
        return Ok(Some(known.base));
    }
    if candidates().all(|name| name.base == first.base) {
        return Ok(Some(first.base));
    }
    let [a, b] = if is_network { ["w1", "w2"] } else { ["x", "y"] };
    let message =
        format!("several names have an index here: write the two weights {a} and {b}, and sliders as single letters");
    Err(FormulaError::new(message, first.span.clone()))
}

/// The first mention of a variable by its own name, with its place.
fn own(body: &[Lexeme<'_>], naming: &Naming<'_>) -> Option<(String, Range<usize>)> {
    body.iter().enumerate().find_map(|(at, lexeme)| {
        let Raw::Word(word) = lexeme.raw else { return None };
        if !word.is_bare() || bracketed(&body[at..]).is_some() || names::function(word.base).is_some() {
            return None;
        }
        let whole = naming.variable(canonical(word.base)).map(|_| word.base.to_owned());
        let is_name = letters::greek(word.base).is_some()
            || names::constant(word.base).is_some()
            || super::words::is_connective(word.base);
        let letter = || word.base.chars().find(|letter| naming.letter(*letter).is_some()).map(String::from);
        let name = whole.or_else(|| if is_name { None } else { letter() })?;
        Some((name, lexeme.span.clone()))
    })
}

/// What to say of weights with an index beside x or y; nothing where the index is that of another letter.
fn beside(text: &str, base: &str, weights: &[&Indexed<'_>], own: &(String, Range<usize>)) -> Option<FormulaError> {
    let first = weights.first().filter(|_| WEIGHTS.contains(&base) || base == "y")?;
    let shown = short(&text[first.span.clone()]);
    let hint = match base {
        "w" | "W" => "; the output of a network, in w1, w2 and x, is typed as network:EXPR".to_owned(),
        _ => power_or_product(first),
    };
    let message = format!("'{shown}' cannot stand beside {}: write the two weights x and y{hint}", own.0);
    Some(FormulaError::new(message, first.span.clone()))
}

/// Whether a name that no weight has stands before round brackets: `a(3)`.
fn is_call(text: &str, name: &Indexed<'_>) -> bool {
    name.style == Style::Brackets && !WEIGHTS.contains(&name.base) && text[name.span.clone()].ends_with(')')
}

/// Refuses an index that counts from the end: `x[-1]`.
fn refuse_from_the_end(text: &str, body: &[Lexeme<'_>]) -> Result<(), FormulaError> {
    for lexemes in body.windows(5) {
        let [name, open, sign, number, close] = lexemes else { continue };
        let (
            Raw::Word(word),
            Raw::Symbol(Token::Open(']')),
            Raw::Symbol(Token::Minus),
            Raw::Symbol(Token::Number(_)),
            Raw::Symbol(Token::Close(']')),
        ) = (name.raw, open.raw, sign.raw, number.raw, close.raw)
        else {
            continue;
        };
        let span = name.span.start..close.span.end;
        let (shown, base) = (short(&text[span.clone()]), short(word.base));
        let message =
            format!("'{shown}' counts from the end: write the two weights {base}[0] and {base}[1], or x and y");
        return Err(FormulaError::new(message, span));
    }
    Ok(())
}

/// ", x^2 for a power or 2x for a product", for x2 and x(2).
fn power_or_product(name: &Indexed<'_>) -> String {
    let Indexed { base, number, .. } = name;
    match name.style {
        Style::Digits if *number < 2 || ["w", "W", "θ"].contains(base) => String::new(),
        Style::Digits => format!(", {base}^{number} for a power or {number}{base} for a product"),
        Style::Brackets => format!(", or {number}·{base} for a product"),
        Style::Lowered => String::new(),
    }
}

/// The index of the first weight: 0 or 1.
fn first_index(text: &str, numbers: &[u32], weights: &[&Indexed<'_>], variables: &[&str]) -> Result<u32, FormulaError> {
    let Some(name) = weights.last() else { return Ok(1) };
    let shown = short(&text[name.span.clone()]);
    // w1 and w2 are what the weights of a network are called anyway.
    let is_called_so = is_of_network(variables) && ["w", "W"].contains(&name.base) && name.style != Style::Brackets;
    let [a, b, ..] = variables else { return Ok(1) };
    let is_in_brackets = matches!(numbers, [1 | 2]) && name.style == Style::Brackets;
    let message = match numbers {
        [0] | [0, 1] => return Ok(0),
        [1, 2] => return Ok(1),
        [1 | 2] if is_called_so => return Ok(1),
        _ if is_of_network(variables) && ["w", "W"].contains(&name.base) && !is_in_brackets => {
            // Of several the one that is neither.
            let name = weights.iter().find(|name| !matches!(name.number, 1 | 2)).unwrap_or(name);
            let shown = short(&text[name.span.clone()]);
            let message = format!("'{shown}' is not known: the two weights are w1 and w2");
            return Err(FormulaError::new(message, name.span.clone()));
        }
        [number] if is_call(text, name) => {
            format!(
                "'{}' is a letter, no function: write {number}·{} for a product",
                short(name.base),
                short(name.base)
            )
        }
        [_] => format!("'{shown}' alone does not say which weight it is: write {a} or {b}{}", power_or_product(name)),
        [_, _] => format!("the indices of the two weights are 0 and 1, or 1 and 2: write {a} and {b}"),
        _ => format!("'{shown}' is one weight too many: there are two, {a} and {b}"),
    };
    Err(FormulaError::new(message, name.span.clone()))
}
