//! What to say of a word that is not a name of the language.

use super::letters::{RESERVED, greek, is_of_network};
use super::names::{CONNECTIVES, constant, function, functions};

/// Words that people try, and what to tell them.
const HINTS: &[(&str, &str)] = &[
    ("lg", "'lg' is log10 in some books and log2 in others: write one of them"),
    ("sqr", "'sqr' is a square in some languages and a root in others: write x^2 or sqrt(x)"),
    ("round", "'round' is not known: write floor(x + 0.5)"),
    ("trunc", "'trunc' is not known: write sign(x)·floor(|x|)"),
    ("fix", "'fix' is not known: write sign(x)·floor(|x|)"),
    ("int", "'int' is not known: write floor(x), or sign(x)·floor(|x|)"),
    ("frac", "'frac' is not known: write x − floor(x)"),
    ("fmod", "'fmod' is not known: mod(a, b) is near, with the sign of b"),
    ("remainder", "'remainder' is not known: mod(a, b) is near, with the sign of b"),
    ("heaviside", "'heaviside' is not known: write step(x)"),
    ("heavisidetheta", "'HeavisideTheta' is not known: write step(x)"),
    ("binom", "'binom' is not known: write the number itself, or a·(a − 1)/2 for a over 2"),
    ("nchoosek", "'nchoosek' is not known: write the number itself, or a·(a − 1)/2 for a over 2"),
    ("comb", "'comb' is not known: write the number itself, or a·(a − 1)/2 for a over 2"),
    ("choose", "'choose' is not known: write the number itself, or a·(a − 1)/2 for a over 2"),
    ("hat", "'hat' is an accent, and a name has none here: write the letter alone"),
    ("widehat", "'widehat' is an accent, and a name has none here: write the letter alone"),
    ("tilde", "'tilde' is an accent, and a name has none here: write the letter alone"),
    ("bar", "'bar' is an accent, and a name has none here: write the letter alone, |x| for a size"),
    ("overline", "'overline' is an accent, and a name has none here: write the letter alone"),
    ("prod", "'prod' is not known: write the factors with · between them"),
    ("asinh", "'asinh' is not known: write ln(x + sqrt(x^2 + 1))"),
    ("arcsinh", "'arcsinh' is not known: write ln(x + sqrt(x^2 + 1))"),
    ("arsinh", "'arsinh' is not known: write ln(x + sqrt(x^2 + 1))"),
    ("acosh", "'acosh' is not known: write ln(x + sqrt(x^2 − 1))"),
    ("arccosh", "'arccosh' is not known: write ln(x + sqrt(x^2 − 1))"),
    ("arcosh", "'arcosh' is not known: write ln(x + sqrt(x^2 − 1))"),
    ("atanh", "'atanh' is not known: write ln((1 + x)/(1 − x))/2"),
    ("arctanh", "'arctanh' is not known: write ln((1 + x)/(1 − x))/2"),
    ("artanh", "'artanh' is not known: write ln((1 + x)/(1 − x))/2"),
    ("sech", "'sech' is not known: write 1/cosh(x)"),
    ("csch", "'csch' is not known: write 1/sinh(x)"),
    ("coth", "'coth' is not known: write 1/tanh(x)"),
    ("hypot", "'hypot' is not known: write sqrt(x^2 + y^2)"),
    ("norm", "'norm' is not known: write sqrt(x^2 + y^2)"),
    ("rsqrt", "'rsqrt' is not known: write 1/sqrt(x)"),
    ("isqrt", "'isqrt' is not known: write floor(sqrt(x))"),
    ("reciprocal", "'reciprocal' is not known: write 1/x"),
    ("negative", "'negative' is not known: write −x"),
    ("sinc", "'sinc' is not known: write sin(x)/x, or sin(π·x)/(π·x)"),
    ("clip", "'clip' is not known: write min(max(x, a), b)"),
    ("clamp", "'clamp' is not known: write min(max(x, a), b)"),
    ("logit", "'logit' is not known: write ln(x/(1 − x))"),
    ("logsigmoid", "'logsigmoid' is not known: write −softplus(−x)"),
    ("log_sigmoid", "'log_sigmoid' is not known: write −softplus(−x)"),
    ("logaddexp", "'logaddexp' is not known: write a + softplus(b − a)"),
    ("logsumexp", "'logsumexp' is not known: write a + softplus(b − a)"),
    ("silu", "'silu' is not known: write x·sigmoid(x)"),
    ("swish", "'swish' is not known: write x·sigmoid(x)"),
    ("elu", "'elu' is not known: write if(x > 0, x, exp(x) − 1)"),
    ("leaky_relu", "'leaky_relu' is not known: write max(x, 0.01·x)"),
    ("leakyrelu", "'leakyrelu' is not known: write max(x, 0.01·x)"),
    ("softmax", "'softmax' is not known: of two classes it is sigmoid(a − b)"),
    ("softsign", "'softsign' is not known: write x/(1 + |x|)"),
    ("gelu", "'gelu' is not known: x·sigmoid(1.702·x) is close to it"),
    ("erf", "'erf' is not known: tanh(1.2·x) is close to it"),
    ("sum", "'sum' is not known: write the terms with + between them"),
    ("mean", "'mean' is not known: write (x + y)/2"),
    ("dot", "'dot' is not known: write x·y"),
    ("matmul", "'matmul' is not known: write x·y"),
    ("multiply", "'multiply' is not known: write x·y"),
    ("dist", "'dist' is not known: write sqrt(x^2 + y^2)"),
    ("float", "'float' is not needed: write the number alone"),
    ("array", "'array' is not known: the two weights are numbers"),
    ("inf", "infinity is no number here: write a large one, such as 1e300"),
    ("infinity", "infinity is no number here: write a large one, such as 1e300"),
    ("nan", "'nan' is no number here"),
    ("infty", "infinity is no number here: write a large one, such as 1e300"),
    ("lfloor", "'lfloor' is not known: write floor(x)"),
    ("lceil", "'lceil' is not known: write ceil(x)"),
    ("xor", "'xor' is not known: write (a and not b) or (b and not a)"),
    ("piecewise", "'piecewise' is not known: write if(x > 0, a, b)"),
    ("cases", "'cases' is not known: write if(x > 0, a, b)"),
    ("begin", "'begin' is not known: write if(x > 0, a, b) for cases"),
    ("select", "'select' is not known: write if(x > 0, a, b)"),
    ("unitstep", "'unitstep' is not known: write step(x)"),
    ("huber", "'huber' is not known: write if(|x| < 1, x^2/2, |x| − 1/2)"),
    ("smoothstep", "'smoothstep' is not known: write x^2·(3 − 2·x)"),
    ("mish", "'mish' is not known: write x·tanh(softplus(x))"),
    ("hardtanh", "'hardtanh' is not known: write min(max(x, −1), 1)"),
    ("relu6", "'relu6' is not known: write min(max(x, 0), 6)"),
    ("sen", "'sen' is not known: write sin(x)"),
    ("factorial", "'factorial' is not known: write the product as a number"),
    ("lgamma", "'lgamma' is not known: this function cannot be used here"),
    ("besselj", "'besselj' is not known: this function cannot be used here"),
    ("then", "'then' is not known: write if(x > 0, a, b)"),
    ("when", "'when' is not known: write if(x > 0, a, b)"),
    ("rand", "'rand' is random: a loss has the same value at a point every time"),
    ("random", "'random' is random: a loss has the same value at a point every time"),
    ("randn", "'randn' is random: a loss has the same value at a point every time"),
    ("randint", "'randint' is random: a loss has the same value at a point every time"),
    ("uniform", "'uniform' is random: a loss has the same value at a point every time"),
    ("normal", "'normal' is random: a loss has the same value at a point every time"),
    ("loss", "'loss' is only a name: write its expression, such as x^2 + y^2"),
    ("cost", "'cost' is only a name: write its expression, such as x^2 + y^2"),
    ("objective", "'objective' is only a name: write its expression, such as x^2 + y^2"),
    ("func", "'func' is only a name: write its expression, such as x^2 + y^2"),
    ("fun", "'fun' is only a name: write its expression, such as x^2 + y^2"),
    ("fn", "'fn' is only a name: write its expression, such as x^2 + y^2"),
    ("function", "'function' is only a name: write its expression, such as x^2 + y^2"),
    ("error", "'error' is only a name: write its expression, such as x^2 + y^2"),
    ("energy", "'energy' is only a name: write its expression, such as x^2 + y^2"),
    ("mse", "'mse' is not known: write the mean of the squares, ((x − 1)^2 + (y − 2)^2)/2"),
    ("rmse", "'rmse' is not known: write sqrt(((x − 1)^2 + (y − 2)^2)/2)"),
    ("mae", "'mae' is not known: write the mean of the sizes, (|x − 1| + |y − 2|)/2"),
    ("minimize", "'minimize' is not needed: write the loss alone"),
    ("minimise", "'minimise' is not needed: write the loss alone"),
    ("maximize", "'maximize' is not known: write the loss with a minus before it"),
    ("maximise", "'maximise' is not known: write the loss with a minus before it"),
    ("argmin", "'argmin' is not known: write the loss alone, and its minimum is looked for"),
    ("argmax", "'argmax' is not known: write the loss with a minus before it, and its minimum is looked for"),
    ("subject", "'subject' is not known: a loss has no constraints; write a penalty, such as max(0, x − 1)^2"),
    ("such", "'such' is not known: a loss has no constraints; write a penalty, such as max(0, x − 1)^2"),
    ("for", "'for' is not known: a loss is one formula; write the terms with + between them"),
    ("with", "'with' is not known: a loss is one formula; values of letters are set by their sliders"),
    ("diff", "'diff' is computed by the program: write the formula of the loss alone"),
    ("derivative", "'derivative' is computed by the program: write the formula of the loss alone"),
    ("grad", "'grad' is computed by the program: write the formula of the loss alone"),
    ("gradient", "'gradient' is computed by the program: write the formula of the loss alone"),
    ("integral", "'integral' is not known: write the integral itself as a formula"),
    ("integrate", "'integrate' is not known: write the integral itself as a formula"),
    ("limit", "'limit' is not known: write the formula itself"),
    ("lim", "'lim' is not known: write the formula itself"),
    ("plot", "'plot' is not needed: write the loss alone"),
    ("true", "'true' is no number: write 1, or a condition such as x > 0"),
    ("false", "'false' is no number: write 0, or a condition such as x > 0"),
    ("ncr", "'ncr' is not known: write the number itself"),
    ("binomial", "'binomial' is not known: write the number itself"),
];

/// What to say of a word in a network's formula, if it is one that only networks know.
fn unknown_in_network(word: &str) -> Option<String> {
    if let Some((_, hint)) = RESERVED.iter().find(|(letter, _)| *letter == word) {
        return Some((*hint).to_owned());
    }
    let shown = super::error::short(word);
    let digits = word.trim_start_matches(['w', 'W']);
    if digits.len() < word.len() && digits.chars().all(|c| c.is_ascii_digit()) {
        return Some(format!("'{shown}' is not known: the two weights are w1 and w2"));
    }
    if word.strip_prefix(['x', 'X']).is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit())) && word != "X" {
        return Some(format!(
            "'{shown}' is not known: a network has one input here, x; with two inputs the loss is a formula with a term for each sample, as softplus(-2x-y)+softplus(-x+2y)"
        ));
    }
    let weight = ["w1", "w2"].into_iter().find(|weight| word.len() > 2 && word.ends_with(weight))?;
    Some(format!("'{shown}' is not known: write {}·{weight}", super::error::short(word.trim_end_matches(weight))))
}

/// What to write instead of a word that people try.
fn hint(word: &str) -> Option<&'static str> {
    HINTS.iter().find(|(name, _)| *name == word).map(|(_, hint)| *hint)
}

/// What to say of a name behind a module, `np.foo`, that is not a function here.
pub(super) fn unknown_in_module(modules: &str, name: &str) -> String {
    let nearest = || crate::landscapes::nearest(name, functions());
    let shown = super::error::short(&format!("{modules}{name}"));
    hint(&name.to_lowercase()).map_or_else(|| format!("'{shown}' is no function here{}", nearest()), str::to_owned)
}

/// What to say of a name behind a point, as objects have them: `x.T`, `x.sin()`, `(x + y).sum()`.
pub(super) fn behind_point(object: &str, name: &str) -> String {
    let shown = format!("{object}.{}", super::error::short(name));
    match name {
        "T" | "t" | "transpose" => format!("'{shown}' is a transpose, but a weight is a number: write {object} alone"),
        "dot" | "matmul" | "mul" | "multiply" | "inner" | "mm" => {
            format!("'{shown}' is a product: write {object}·y")
        }
        "pow" | "power" | "powi" | "powf" => format!("'{shown}' is a power: write {object}^2"),
        "sum" | "mean" | "norm" => {
            format!("'{shown}' is of a vector, but a weight is a number: write the terms with + between them")
        }
        _ if function(name).is_some() => {
            format!("'{shown}' is written as a function here: write {name}({})", object.trim_matches(['(', ')']))
        }
        _ if name.chars().count() == 1 || greek(name).is_some() => {
            format!("'{shown}' is a product with the wrong sign: write {object}·{name}")
        }
        _ => format!("a point cannot stand behind '{object}', which is a number: write {object} alone"),
    }
}

/// Letters and functions that were joined in one word, `xsinx`, as they are written: `x·sin(x)`; otherwise `None`.
fn parted(word: &str, variables: &[&str]) -> Option<String> {
    let letter = |at: usize| word[at..].chars().next().filter(|c| variables.contains(&&*c.to_string()));
    let called = |at: usize| functions().filter(|name| word[at..].starts_with(name)).max_by_key(|name| name.len());
    let (mut factors, mut at, mut has_function) = (Vec::new(), 0, false);
    while at < word.len() {
        if let Some(name) = called(at) {
            at += name.len();
            let begin = at;
            while at < word.len() && called(at).is_none() {
                at += letter(at)?.len_utf8();
            }
            let argument = if begin == at { return None } else { &word[begin..at] };
            factors.push(format!("{name}({argument})"));
            has_function = true;
        } else {
            let next = word[at..].chars().next().filter(|c| at == 0 && c.is_ascii_alphabetic());
            let letter = letter(at).or(next)?;
            factors.push(letter.to_string());
            at += letter.len_utf8();
        }
    }
    has_function.then(|| factors.join("·"))
}

/// What to say of a word that is not a name; `written` as it stands in the text, `is_called` where a bracket follows.
pub(super) fn unknown(word: &str, written: &str, is_called: bool, variables: &[&str]) -> String {
    let shown = super::error::short(written);
    let lower = word.to_lowercase();
    if let Some(hint) = is_of_network(variables).then(|| unknown_in_network(word)).flatten() {
        return hint;
    }
    if let Some(hint) = hint(&lower) {
        return hint.to_owned();
    }
    if is_called && crate::landscapes::entries().any(|entry| entry.id == lower) {
        return format!(
            "'{shown}' is a landscape of the catalog, no function: choose it by this name, without a formula"
        );
    }
    if variables.contains(&lower.as_str()) || function(&lower).is_some() || constant(&lower).is_some() {
        return format!("'{shown}' is not known: write {lower}, in small letters");
    }
    if word.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
        return format!("'{shown}' is Cyrillic: the names of a formula are Latin or Greek");
    }
    if word.contains('_') {
        return format!("'{shown}' is not known: an index is a number, such as x_1, and a slider is a single letter");
    }
    if let Some(product) = parted(word, variables).filter(|product| product.chars().count() < 40) {
        return format!("'{shown}' is not known; did you mean '{product}'?");
    }
    let base = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if base == "log" && base.len() < word.len() {
        let number = super::error::short(&word[base.len()..]);
        return format!("'{shown}' is not known: a logarithm to base {number} is written ln(x)/ln({number})");
    }
    let is_before = |name: &&str| word.strip_prefix(*name).is_some_and(|tail| (1..=2).contains(&tail.chars().count()));
    if let Some(name) = functions().filter(is_before).max_by_key(|name| name.len()) {
        return format!("'{shown}' is not known; did you mean '{name}({})'?", &word[name.len()..]);
    }
    if base.len() < word.len() && (variables.contains(&base) || base.chars().count() == 1 || greek(base).is_some()) {
        let number = super::error::short(&word[base.len()..]);
        if ["0", "1"].contains(&number.as_str()) {
            return format!("'{shown}' is not known: write {base}, a slider has no index");
        }
        return format!(
            "'{shown}' is not known: write {base}^{number} for a power or {number}{base} for a product; a slider has no index"
        );
    }
    let near = crate::landscapes::nearest(word, functions().chain(CONNECTIVES).chain(["pi"]));
    if word.chars().count() <= 2 || near.is_empty() && word.chars().count() <= 4 {
        let product: Vec<String> = word.chars().map(String::from).collect();
        let bracket = if is_called { "·(…)" } else { "" };
        return format!("'{shown}' is not known: write a product of letters as {}{bracket}", product.join("·"));
    }
    let product = if is_called && near.is_empty() { ": a product is written with a sign, a·(x + 1)" } else { "" };
    format!("'{shown}' is not known{near}{product}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_of_words_that_have_no_other_meaning() {
        for (word, hint) in HINTS {
            assert!(function(word).is_none() && constant(word).is_none(), "{word} is known");
            assert!(hint.to_lowercase().contains(word) || hint.contains("infinity"), "{word}: {hint}");
            assert_eq!(unknown(word, word, true, &super::super::VARIABLES), *hint, "{word} is not answered otherwise");
        }
    }

    #[test]
    fn a_long_word_is_not_repeated() {
        for word in ["z".repeat(100_000), "é".repeat(100_000), format!("x{}", "1".repeat(100_000)), "ж".repeat(9)] {
            for variables in [&super::super::VARIABLES[..], &super::super::letters::VARIABLES] {
                assert!(unknown(&word, &word, true, variables).chars().count() < 200, "{}", word.len());
            }
        }
    }
}
