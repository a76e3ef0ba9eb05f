//! Words become tokens: names are looked up, letters that were joined become products, and a call of an unknown
//! function is refused.

use std::ops::Range;

use super::characters::Usual;
use super::error::{FormulaError, short};
use super::heading::headed;
use super::letters::{self, canonical};
use super::lexer::{Lexeme, Raw, Spanned, Token, Word, lexemes};
use super::names::{self, Function};
use super::naming::{Naming, element, naming};
use super::tree::Unary;
use super::unknown::{behind_point, unknown, unknown_in_module};

/// The tokens of a formula, and what a reader should know of how they were read.
pub(super) struct Tokens {
    pub(super) tokens: Vec<Spanned>,
    pub(super) notes: Vec<String>,
}

/// Reads the words of a formula in these variables.
///
/// # Errors
/// [`FormulaError`] for what means nothing, and for what could mean two things.
pub(super) fn tokens(text: &str, variables: &[&str]) -> Result<Tokens, FormulaError> {
    let usual = Usual::of(text);
    let Tokens { mut tokens, notes } = read(&usual, variables)
        .map_err(|error| FormulaError { span: usual.origin(&error.span), message: error.message })?;
    for token in &mut tokens {
        token.span = usual.origin(&token.span);
    }
    Ok(Tokens { tokens, notes })
}

fn read(usual: &Usual, variables: &[&str]) -> Result<Tokens, FormulaError> {
    let lexemes = lexemes(&usual.text)?;
    if let Some(constraint) = lexemes.iter().find(|lexeme| is_constraint(lexeme.raw)) {
        let message = "a loss has no constraints: write a penalty instead, such as + max(0, x − 1)^2";
        return Err(FormulaError::new(message, constraint.span.clone()));
    }
    let headed = headed(&usual.text, &lexemes, variables)?;
    let mut notes: Vec<String> = usual.note.iter().cloned().collect();
    let naming = naming(&usual.text, &headed, variables, &mut notes)?;
    let mut reader = Reader { text: &usual.text, naming, tokens: Vec::with_capacity(headed.body.len()), notes };
    reader.read(headed.body)?;
    reader.refuse_calls()?;
    Ok(Tokens { tokens: reader.tokens, notes: reader.notes })
}

/// Whether a word is the `s.t.` before a constraint.
fn is_constraint(raw: Raw<'_>) -> bool {
    matches!(raw, Raw::Word(Word { modules: "s.", base: "t", .. }))
}

/// Whether a word joins conditions.
pub(super) fn is_connective(word: &str) -> bool {
    connective(word).is_some()
}

fn connective(word: &str) -> Option<Token> {
    match word {
        "and" => Some(Token::And),
        "or" => Some(Token::Or),
        "not" => Some(Token::Not),
        "else" => Some(Token::Else),
        _ => None,
    }
}

struct Reader<'a> {
    text: &'a str,
    naming: Naming<'a>,
    tokens: Vec<Spanned>,
    notes: Vec<String>,
}

impl Reader<'_> {
    fn push(&mut self, token: Token, span: Range<usize>) {
        self.tokens.push(Spanned { token, span });
    }

    fn note(&mut self, note: &str) {
        if !self.notes.iter().any(|known| known == note) {
            self.notes.push(note.to_owned());
        }
    }

    /// Notes a name that means another function in some books.
    fn note_function(&mut self, name: &str) {
        if name == "log" {
            self.note("log was read as the natural logarithm, ln; the others are log10 and log2.");
        }
    }

    fn read(&mut self, body: &[Lexeme<'_>]) -> Result<(), FormulaError> {
        let mut at = 0;
        while let Some(lexeme) = body.get(at) {
            let mut length = 1;
            match lexeme.raw {
                Raw::Symbol(token) => self.push(token, lexeme.span.clone()),
                Raw::Word(word) => {
                    if let Some((name, lexemes)) = element(&body[at..]) {
                        length = lexemes;
                        self.element(&name, word, lexeme.span.start..body[at + length - 1].span.end)?;
                    } else {
                        self.word(word, &lexeme.span, body.get(at + 1).map(|next| next.raw))?;
                        length += self.empty_brackets(&body[at + 1..]);
                    }
                }
                Raw::Mark(_) | Raw::Nothing => {}
            }
            at += length;
        }
        Ok(())
    }

    /// How many lexemes the empty brackets of a layer take, `nn.Softplus()(x)`, where a function was read before them.
    fn empty_brackets(&self, next: &[Lexeme<'_>]) -> usize {
        let is_function = matches!(self.tokens.last(), Some(Spanned { token: Token::Function(..), .. }));
        let raws = [0, 1, 2].map(|index| next.get(index).map(|lexeme| lexeme.raw));
        let open = |raw: Option<Raw<'_>>| matches!(raw, Some(Raw::Symbol(Token::Open(')'))));
        let is_empty = open(raws[0]) && raws[1] == Some(Raw::Symbol(Token::Close(')'))) && open(raws[2]);
        if is_function && is_empty { 2 } else { 0 }
    }

    /// `x[0]`.
    fn element(&mut self, name: &str, word: Word<'_>, span: Range<usize>) -> Result<(), FormulaError> {
        let Some(index) = self.naming.variable(name) else {
            let (shown, base) = (short(&self.text[span.clone()]), short(word.base));
            let number = name.trim_start_matches(|c: char| !c.is_ascii_digit());
            let message = format!("'{shown}' is not one of the weights: write {number}·{base} for a product");
            return Err(FormulaError::new(message, span));
        };
        self.push(Token::Variable(index), span);
        Ok(())
    }

    fn word(&mut self, word: Word<'_>, span: &Range<usize>, next: Option<Raw<'_>>) -> Result<(), FormulaError> {
        let is_called = matches!(next, Some(Raw::Symbol(Token::Open(_))));
        let token = if word.modules.is_empty() { self.name(word, is_called) } else { of_module(word) };
        let refused = |message: String| Err(FormulaError::new(message, span.clone()));
        match token {
            Some(Token::Parameter(_)) if is_called && word.base.chars().count() > 1 => {
                let name = word.base;
                let what = if letters::names_function(name) {
                    format!("the {name} function, {name}(…), is not known")
                } else {
                    format!("'{name}' is a letter, no function")
                };
                refused(format!("{what}: write {name}·(…) for a product"))
            }
            Some(Token::Parameter(_)) if word.base == "E" && next == Some(Raw::Symbol(Token::Caret)) => {
                refused("'E' is a letter like any other: write e^x or exp(x) for powers of Euler's number".to_owned())
            }
            Some(Token::Parameter(_)) if is_called && letters::always_function(word.base).is_some() => {
                let name = short(word.base);
                let hint = letters::always_function(word.base).unwrap_or_default();
                refused(format!("{hint}; for a product write {name}·(…)"))
            }
            Some(token) => {
                self.push(token, span.clone());
                Ok(())
            }
            None if word.is_bare() && self.letters(word.base, span.start) => Ok(()),
            None => self.before_function(word, span, is_called),
        }
    }

    /// What a name without a point in it means.
    fn name(&mut self, word: Word<'_>, is_called: bool) -> Option<Token> {
        let name = word.name();
        if let Some(index) = self.naming.variable(&format!("{}{}", canonical(word.base), word.digits())) {
            return Some(Token::Variable(index));
        }
        if is_called && word.index.is_empty() && canonical(word.base) == "σ" {
            self.note(&format!("{}(…) was read as the sigmoid, 1/(1 + e⁻ˣ).", short(word.base)));
            return Some(Token::Function("sigmoid", Function::One(Unary::Sigmoid)));
        }
        // A name in capitals before a bracket can mean nothing else: Sigmoid(x), ReLU(x).
        let lower = || (is_called && name.len() > 1).then(|| names::function(&name.to_lowercase())).flatten();
        if let Some((name, function)) = names::function(&name).or_else(lower) {
            self.note_function(name);
            return Some(Token::Function(name, function));
        }
        connective(&name).or_else(|| self.letter(&name))
    }

    /// A constant or a parameter.
    fn letter(&self, name: &str) -> Option<Token> {
        // X beside the variable x would be a slider that no one meant.
        let shouted = self.naming.variables.contains(&name.to_lowercase().as_str());
        let reserved = letters::is_reserved(name, self.naming.variables);
        names::constant(name).map(Token::Constant).or_else(|| {
            let parameter = if shouted || reserved { None } else { letters::parameter(name) };
            parameter.map(Token::Parameter)
        })
    }

    /// Reads letters that multiply, a parameter or `e` before variables: `xy`, `ax`; whether they are that.
    fn letters(&mut self, word: &str, start: usize) -> bool {
        let tokens: Option<Vec<Spanned>> = word
            .char_indices()
            .map(|(at, letter)| {
                let variable = self.naming.letter(letter).map(Token::Variable);
                let first = || if at == 0 { self.letter(letter.encode_utf8(&mut [0; 4])) } else { None };
                let token = variable.or_else(first)?;
                Some(Spanned { token, span: start + at..start + at + letter.len_utf8() })
            })
            .collect();
        let are_letters = tokens.is_some();
        self.tokens.extend(tokens.unwrap_or_default());
        are_letters
    }

    /// Reads variables that touch a function, `xsin(y)`; everything else is unknown.
    fn before_function(&mut self, word: Word<'_>, span: &Range<usize>, is_called: bool) -> Result<(), FormulaError> {
        let name = word.name();
        let refused = |message: String| Err(FormulaError::new(message, span.clone()));
        if !word.modules.is_empty() && !names::begin_with_module(word.modules) {
            let object = short(word.modules.trim_end_matches(['.', ':']));
            return refused(behind_point(&object, &name));
        }
        if !word.modules.is_empty() {
            let is_letter = self.naming.variable(&name).is_some() || letters::parameter(&name).is_some();
            return refused(if is_letter {
                format!("'{}{name}' is no function: write {name} alone", short(word.modules))
            } else {
                unknown_in_module(word.modules, &name)
            });
        }
        let mut letters = name
            .char_indices()
            .take_while(|(_, letter)| self.naming.letter(*letter).is_some())
            .map(|(at, c)| at + c.len_utf8());
        let split = letters.find_map(|at| names::function(&name[at..]).map(|function| (at, function)));
        let Some((at, (function, meaning))) = split.filter(|_| !word.lowered) else {
            let written = &self.text[span.clone()];
            return refused(unknown(&name, written, is_called, self.naming.variables));
        };
        let product: Vec<String> = short(&name[..at]).chars().map(String::from).collect();
        let product = product.join("·");
        let shown = short(&name);
        if let Some(rest) = function.strip_prefix('a').filter(|rest| names::function(rest).is_some()) {
            return refused(format!(
                "'{shown}' can be read in two ways: write {product}·{function}(…) or {product}·a·{rest}(…)"
            ));
        }
        if !is_called {
            return refused(format!("'{shown}' is not known: write {product}·{function}(…)"));
        }
        self.letters(&name[..at], span.start);
        self.note_function(function);
        self.push(Token::Function(function, meaning), span.start + at..span.end);
        Ok(())
    }

    /// Refuses a letter before a bracket that holds just names or numbers, `f(x)`: no one writes a product like this.
    fn refuse_calls(&mut self) -> Result<(), FormulaError> {
        let mut often = false;
        for at in 0..self.tokens.len().saturating_sub(1) {
            let [name, open] = [&self.tokens[at], &self.tokens[at + 1]];
            let is_letter = matches!(name.token, Token::Variable(_) | Token::Parameter(_) | Token::Constant(_));
            let Token::Open(close) = open.token else { continue };
            // The exponent of a function, sin^x(y), is refused as such.
            let is_exponent = matches!(
                self.tokens[..at],
                [.., Spanned { token: Token::Function(..), .. }, Spanned { token: Token::Caret, .. }]
            );
            if !is_letter || is_exponent {
                continue;
            }
            let inside = inside(&self.tokens[at + 2..], close);
            if matches!(name.token, Token::Parameter(_)) && letters::is_of_network(self.naming.variables) {
                return Err(self.no_activation(name, inside));
            }
            if inside.is_empty() {
                often |= matches!(name.token, Token::Parameter(parameter) if letters::often_function(&parameter));
                continue;
            }
            let (first, last) = (&inside[0], &inside[inside.len() - 1]);
            let letter = short(&self.text[name.span.clone()]);
            let content = short(&self.text[first.span.start..last.span.end]);
            let is_index = close == ']'
                && matches!(inside, [Spanned { token: Token::Number(number), .. }] if number.fract() == 0.0);
            let message = match inside {
                _ if close == ']'
                    && matches!(name.token, Token::Variable(_))
                    && (!is_index || letter.ends_with(']')) =>
                {
                    format!("'{letter}[{content}]' is no element here: write the two weights x[0] and x[1], or x and y")
                }
                _ if is_index => {
                    format!("write {letter}[{content}] without a space for a weight, {letter}·{content} for a product")
                }
                _ if inside.iter().any(|part| part.token == Token::Comma) => {
                    format!("'{letter}' is a letter, no function: write its expression, or {letter}·(…) for a product")
                }
                _ if letter == "e" => {
                    format!("write e^({content}) or exp({content}) for the power, e·({content}) for a product")
                }
                [_] => format!("'{letter}' is a letter, no function: write {letter}·{content} for a product"),
                _ => format!("'{letter}' is a letter, no function: write {letter}·({content}) for a product"),
            };
            return Err(FormulaError::new(message, name.span.start..last.span.end));
        }
        if often {
            self.note("A letter before a bracket, such as f(x + 1), was read as a slider that multiplies it.");
        }
        Ok(())
    }

    /// What to say of a letter before a bracket in a network, where it reads like an activation.
    fn no_activation(&self, name: &Spanned, inside: &[Spanned]) -> FormulaError {
        let letter = short(&self.text[name.span.clone()]);
        let (product, end) = match inside {
            [] => (format!("{letter}·(…)"), name.span.end),
            [first, .., last] => {
                (format!("{letter}·({})", short(&self.text[first.span.start..last.span.end])), last.span.end)
            }
            [only] => (format!("{letter}·{}", short(&self.text[only.span.clone()])), only.span.end),
        };
        let message = format!(
            "'{letter}' is a letter, no function: write the activation by its name, such as tanh(…), or {product} for a product"
        );
        FormulaError::new(message, name.span.start..end)
    }
}

/// What stands between brackets, the first of which is read, if it is not a product with a letter before it: names and numbers
/// alone, or arguments with commas between them. Brackets around all of it are left out. Otherwise empty.
fn inside(tokens: &[Spanned], close: char) -> &[Spanned] {
    let Some(length) = length_to(tokens, close) else { return &[] };
    let mut inside = &tokens[..length];
    while let [Spanned { token: Token::Open(close), .. }, rest @ ..] = inside
        && let Some(length) = length_to(rest, *close)
        && length + 1 == rest.len()
    {
        inside = &rest[..length];
    }
    let unsigned = match inside {
        [Spanned { token: Token::Minus | Token::Plus, .. }, rest @ ..] => rest,
        all => all,
    };
    if is_listed(inside) || unsigned.iter().all(is_plain) { inside } else { &[] }
}

/// How many tokens stand before the bracket that closes an open one.
fn length_to(tokens: &[Spanned], close: char) -> Option<usize> {
    let mut open = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.token {
            Token::Open(_) => open += 1,
            Token::Close(found) if open == 0 => return (found == close).then_some(at),
            Token::Close(_) => open -= 1,
            _ => {}
        }
    }
    None
}

/// Whether it has a comma that does not belong to a function further in.
fn is_listed(tokens: &[Spanned]) -> bool {
    let mut open = 0_i32;
    tokens.iter().any(|token| {
        match token.token {
            Token::Open(_) => open += 1,
            Token::Close(_) => open -= 1,
            _ => {}
        }
        open == 0 && token.token == Token::Comma
    })
}

/// Whether a token is a name or a number, or a bracket around one.
fn is_plain(token: &Spanned) -> bool {
    matches!(
        token.token,
        Token::Variable(_)
            | Token::Parameter(_)
            | Token::Constant(_)
            | Token::Number(_)
            | Token::Comma
            | Token::Bar
            | Token::Open(_)
            | Token::Close(_)
    )
}

/// What a name means behind the name of a module: `np.pi`, `Math.PI`, `torch.exp`.
fn of_module(word: Word<'_>) -> Option<Token> {
    if !names::are_modules(word.modules) {
        return None;
    }
    let name = word.name();
    let constant = || match name.as_str() {
        "PI" => names::constant("pi"),
        "E" => names::constant("e"),
        name => names::constant(name),
    };
    let named = names::function(&name).or_else(|| names::function(&name.to_lowercase()));
    let function = named.map(|(name, function)| Token::Function(name, function));
    function.or_else(|| constant().map(Token::Constant))
}
