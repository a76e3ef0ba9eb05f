//! Reads TeX, by recursive descent with a limit to its depth.

use super::symbols::{BUILDERS, SPACES, SYMBOLS};
use super::{Accent, Class, Fence, Formula, Node};
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::nearest;
use crate::lessons::mistake::Mistake;

/// Characters of a formula, at most.
const LONGEST: usize = 1000;
/// Parts within parts, at most.
const DEEPEST: usize = 16;

/// Reads a formula.
///
/// # Errors
/// The first mistake, with its place in the formula.
pub fn read(tex: &str) -> Result<Formula, Mistake> {
    if tex.len() > LONGEST {
        return Err(Mistake::new(0, format!("a formula has at most {LONGEST} characters")));
    }
    let mut reader = Reader { tex, at: 0, depth: 0 };
    let root = reader.row()?;
    match reader.peek() {
        None => Ok(Formula { root }),
        Some(_) => Err(reader.stray()),
    }
}

struct Reader<'a> {
    tex: &'a str,
    at: usize,
    depth: usize,
}

type Read = Result<Node, Mistake>;

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.tex[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn takes(&mut self, start: &str) -> bool {
        let takes = self.rest().starts_with(start);
        self.at += if takes { start.len() } else { 0 };
        takes
    }

    /// The command that comes, without its backslash, and where the text goes on.
    fn command(&self) -> Option<(&'a str, usize)> {
        let rest = self.rest().strip_prefix('\\')?;
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        let length = if letters > 0 { letters } else { rest.chars().next()?.len_utf8() };
        Some((&rest[..length], self.at + 1 + length))
    }

    /// What is here has no place here.
    fn stray(&self) -> Mistake {
        let what = match self.peek() {
            Some('}') => "this } closes nothing: write \\} for a brace".to_owned(),
            Some('&') => "& stands between the cells of a matrix only".to_owned(),
            Some('\\') => {
                let word = self.command().map_or("", |(word, _)| word);
                match word {
                    "right" => "this \\right has no \\left".to_owned(),
                    "end" => "this \\end has no \\begin".to_owned(),
                    _ => "\\\\ stands between the rows of a matrix only".to_owned(),
                }
            }
            Some(other) => format!("'{}' has no place in a formula", excerpt(&other.to_string())),
            None => "something is missing at the end of the formula".to_owned(),
        };
        Mistake::new(self.at, what)
    }

    /// Whether what encloses this row ends here.
    fn is_at_end(&self) -> bool {
        match self.peek() {
            None | Some('}' | '&') => true,
            Some('\\') => self.command().is_some_and(|(word, _)| ["right", "end", "\\"].contains(&word)),
            _ => false,
        }
    }

    fn row(&mut self) -> Read {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Mistake::new(self.at, format!("parts stand in parts at most {DEEPEST} deep")));
        }
        let mut parts: Vec<Node> = Vec::new();
        loop {
            self.skip_space();
            if self.is_at_end() {
                break;
            }
            let part = self.part()?;
            let part = signed(part, parts.last());
            parts.push(part);
        }
        self.depth -= 1;
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => Node::Row(parts),
        })
    }

    /// A part with what stands below and above right of it.
    fn part(&mut self) -> Read {
        let base = if matches!(self.peek(), Some('^' | '_')) { Node::Row(Vec::new()) } else { self.atom()? };
        let (mut sub, mut sup) = (None, None);
        loop {
            self.skip_space();
            let at = self.at;
            match self.peek() {
                Some('\'') => {
                    let mut primes = String::new();
                    while self.takes("'") {
                        primes.push('′');
                    }
                    if sup.is_some() {
                        return Err(Mistake::new(at, "a prime stands before the exponent: f'^2"));
                    }
                    let primes = Node::symbol(primes, Class::Ordinary);
                    sup = Some(if self.takes("^") { Node::Row(vec![primes, self.argument()?]) } else { primes });
                }
                Some(mark @ ('^' | '_')) => {
                    self.at += 1;
                    let script = if mark == '^' { &mut sup } else { &mut sub };
                    if script.is_some() {
                        return Err(Mistake::new(
                            at,
                            format!("two {mark} at one place: enclose what they stand at in braces"),
                        ));
                    }
                    let read = self.argument()?;
                    *(if mark == '^' { &mut sup } else { &mut sub }) = Some(read);
                }
                _ => break,
            }
        }
        if sub.is_none() && sup.is_none() {
            return Ok(base);
        }
        Ok(Node::Scripts { base: Box::new(base), sub: sub.map(Box::new), sup: sup.map(Box::new) })
    }

    /// What a command takes: what stands in braces, or the next symbol.
    fn argument(&mut self) -> Read {
        self.skip_space();
        match self.peek() {
            None | Some('^' | '_' | '&' | '}') => Err(self.stray()),
            Some(c) if c.is_ascii_digit() => {
                self.at += 1;
                Ok(Node::symbol(c, Class::Ordinary))
            }
            Some(_) => self.atom(),
        }
    }

    fn atom(&mut self) -> Read {
        let Some(c) = self.peek() else { return Err(self.stray()) };
        match c {
            '\\' => return self.commanded(),
            '{' => {
                self.at += 1;
                let inside = self.row()?;
                return if self.takes("}") { Ok(inside) } else { Err(self.unclosed("}")) };
            }
            '0'..='9' => return Ok(self.number()),
            _ => {}
        }
        let class = match c {
            '+' | '-' | '*' | '−' | '·' | '×' | '±' => Class::Binary,
            '=' | '<' | '>' | ':' | '≤' | '≥' | '≠' | '≈' | '→' => Class::Relation,
            '(' | '[' => Class::Open,
            ')' | ']' => Class::Close,
            ',' | ';' => Class::Punctuation,
            '/' | '|' | '!' | '.' | '‖' | '∇' | '∂' | '∞' | '√' | '…' => Class::Ordinary,
            c if c.is_ascii_alphabetic() || ('α'..='ω').contains(&c) || ('Α'..='Ω').contains(&c) => Class::Ordinary,
            _ => return Err(self.stray()),
        };
        self.at += c.len_utf8();
        let text = match c {
            '-' => "−".to_owned(),
            '*' => "·".to_owned(),
            c => c.to_string(),
        };
        Ok(Node::Symbol { text, class, slanted: c.is_ascii_alphabetic(), strong: false })
    }

    /// Digits, with a point between them.
    fn number(&mut self) -> Node {
        let rest = self.rest();
        let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let whole = digits(rest);
        let decimals = rest[whole..].strip_prefix('.').map_or(0, digits);
        let length = whole + if decimals > 0 { 1 + decimals } else { 0 };
        self.at += length;
        Node::symbol(&rest[..length], Class::Ordinary)
    }

    fn unclosed(&self, what: &str) -> Mistake {
        if self.peek().is_none() { Mistake::new(self.at, format!("{what} is missing here")) } else { self.stray() }
    }

    fn commanded(&mut self) -> Read {
        let Some((word, after)) = self.command() else {
            return Err(Mistake::new(self.at, "a backslash begins a command"));
        };
        let at = std::mem::replace(&mut self.at, after);
        if let Some((_, text, class)) = SYMBOLS.iter().find(|(name, ..)| *name == word) {
            return Ok(Node::symbol(*text, *class));
        }
        if let Some((_, room)) = SPACES.iter().find(|(name, _)| *name == word) {
            return Ok(Node::Space(*room));
        }
        match word {
            "frac" | "tfrac" | "dfrac" => {
                Ok(Node::Fraction { top: Box::new(self.argument()?), bottom: Box::new(self.argument()?) })
            }
            "sqrt" => self.root(),
            "mathbf" | "boldsymbol" => Ok(restyled(self.argument()?, true)),
            "mathrm" => Ok(restyled(self.argument()?, false)),
            "text" => Ok(Node::symbol(self.braced()?, Class::Ordinary)),
            "operatorname" => Ok(Node::symbol(self.braced()?, Class::Function)),
            "hat" => self.accented(Accent::Hat),
            "bar" => self.accented(Accent::Bar),
            "tilde" => self.accented(Accent::Tilde),
            "dot" => self.accented(Accent::Dot),
            "vec" => self.accented(Accent::Vector),
            "left" => self.fenced(at),
            "begin" => self.table(at),
            _ => {
                let known = SYMBOLS.iter().map(|(name, ..)| *name).chain(SPACES.iter().map(|(name, _)| *name));
                let hint = nearest(word, known.chain(BUILDERS.iter().copied()));
                Err(Mistake::new(at, format!("unknown command '\\{}'{hint}", excerpt(word))))
            }
        }
    }

    fn accented(&mut self, accent: Accent) -> Read {
        Ok(Node::Accented(accent, Box::new(self.argument()?)))
    }

    fn root(&mut self) -> Read {
        self.skip_space();
        let mut index = None;
        if self.takes("[") {
            let end = self.rest().find(']').ok_or_else(|| Mistake::new(self.at, "] is missing after this"))?;
            let inside = &self.rest()[..end];
            let read = read(inside).map_err(|mistake| Mistake::new(self.at + mistake.at, mistake.what))?;
            self.at += end + 1;
            index = Some(Box::new(read.root));
        }
        Ok(Node::Root { index, inside: Box::new(self.argument()?) })
    }

    /// What stands in braces, as it is.
    fn braced(&mut self) -> Result<String, Mistake> {
        self.skip_space();
        let at = self.at;
        let end = self.rest().find('}').filter(|_| self.rest().starts_with('{'));
        let Some(end) = end else { return Err(Mistake::new(at, "words in braces are missing here")) };
        let words = self.rest()[1..end].to_owned();
        if words.contains(['{', '\\', '$']) {
            return Err(Mistake::new(at, "only words stand in these braces"));
        }
        self.at += end + 1;
        Ok(words)
    }

    fn fence(&mut self) -> Result<Fence, Mistake> {
        self.skip_space();
        let at = self.at;
        let (found, length) = match self.peek() {
            Some('(' | ')') => (Fence::Round, 1),
            Some('[' | ']') => (Fence::Square, 1),
            Some('|') => (Fence::Line, 1),
            Some('.') => (Fence::Empty, 1),
            _ => match self.command() {
                Some(("{" | "}", _)) => (Fence::Curly, 2),
                Some(("|", _)) => (Fence::Lines, 2),
                Some(("lVert" | "rVert", _)) => (Fence::Lines, 6),
                Some(("lvert" | "rvert", _)) => (Fence::Line, 6),
                _ => return Err(Mistake::new(at, "\\left and \\right take one of ( ) [ ] | \\| \\{ \\} and .")),
            },
        };
        self.at += length;
        Ok(found)
    }

    fn fenced(&mut self, at: usize) -> Read {
        let open = self.fence()?;
        let inside = self.row()?;
        if !self.takes("\\right") {
            return Err(if self.peek().is_none() {
                Mistake::new(at, "this \\left has no \\right")
            } else {
                self.stray()
            });
        }
        Ok(Node::Fenced(open, Box::new(inside), self.fence()?))
    }

    fn table(&mut self, at: usize) -> Read {
        const KINDS: [(&str, Fence, Fence); 4] = [
            ("pmatrix", Fence::Round, Fence::Round),
            ("bmatrix", Fence::Square, Fence::Square),
            ("vmatrix", Fence::Line, Fence::Line),
            ("cases", Fence::Curly, Fence::Empty),
        ];
        let begin = self.at;
        let name = self.braced()?;
        let Some((_, open, close)) = KINDS.into_iter().find(|(kind, ..)| *kind == name) else {
            let hint = nearest(&name, KINDS.iter().map(|(kind, ..)| *kind));
            let what = format!("\\begin takes pmatrix, bmatrix, vmatrix or cases, not '{}'{hint}", excerpt(&name));
            return Err(Mistake::new(begin, what));
        };
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.row()?;
            rows.last_mut().into_iter().for_each(|row: &mut Vec<Node>| row.push(cell.clone()));
            if self.takes("&") {
                continue;
            }
            if self.takes("\\\\") {
                rows.push(Vec::new());
                continue;
            }
            if !self.takes("\\end") {
                let missing = Mistake::new(at, format!("this \\begin{{{name}}} has no \\end{{{name}}}"));
                return Err(if self.peek().is_none() { missing } else { self.stray() });
            }
            let here = self.at;
            if self.braced()? != name {
                return Err(Mistake::new(here, format!("\\begin{{{name}}} ends with \\end{{{name}}}")));
            }
            let table = Node::Table { rows, left: open == Fence::Curly };
            return Ok(Node::Fenced(open, Box::new(table), close));
        }
    }
}

/// A sign that has nothing before it to be subtracted from belongs to what follows.
fn signed(part: Node, before: Option<&Node>) -> Node {
    let leads = before.is_none_or(|before| {
        matches!(before.class(), Class::Binary | Class::Relation | Class::Open | Class::Punctuation | Class::Large)
    });
    match part {
        Node::Symbol { text, class: Class::Binary, slanted, strong } if leads => {
            Node::Symbol { text, class: Class::Ordinary, slanted, strong }
        }
        other => other,
    }
}

/// The symbols of a node set upright, semi-bold or not.
fn restyled(node: Node, bold: bool) -> Node {
    match node {
        Node::Symbol { text, class, .. } => Node::Symbol { text, class, slanted: false, strong: bold },
        Node::Row(parts) => Node::Row(parts.into_iter().map(|part| restyled(part, bold)).collect()),
        Node::Scripts { base, sub, sup } => Node::Scripts { base: Box::new(restyled(*base, bold)), sub, sup },
        Node::Accented(accent, inside) => Node::Accented(accent, Box::new(restyled(*inside, bold))),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_read() {
        for (tex, plain) in [
            ("w_{t+1} = w_t - \\eta \\nabla f(w_t)", "w_(t + 1) = w_t − η∇f(w_t)"),
            ("-2x^2", "−2x^2"),
            ("\\frac{2}{\\lambda_{\\max}}", "2/λ_max"),
            ("\\frac12 \\mathbf{d}^\\top H \\mathbf{d}", "(1/2)d^THd"),
            ("f'(x), f''^2", "f′(x), f′′^2"),
            ("\\sqrt[3]{x+1}", "√(x + 1)"),
            ("\\|\\nabla f\\| \\le 10^{-6}", "‖∇f‖ ≤ 10^(−6)"),
            ("\\begin{pmatrix} 1 & 0 \\\\ 0 & 20 \\end{pmatrix}", "(1, 0; 0, 20)"),
            ("\\left( \\frac{a}{b} \\right)", "(a/b)"),
            ("3.8\\cdot 10^{-4}", "3.8 · 10^(−4)"),
            ("\\text{loss at } \\hat w", "loss at w"),
            ("", ""),
        ] {
            let read = read(tex).map(|formula| formula.plain());
            let read = read.map(|plain| plain.replace("1/2d", "(1/2)d"));
            assert_eq!(read, Ok(plain.to_owned()), "{tex}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (tex, at, what) in [
            ("a + \\lamda", 4, "did you mean 'lambda'?"),
            ("\\frac{1}", 8, "missing"),
            ("x^2^3", 3, "two ^"),
            ("{a", 2, "} is missing"),
            ("a}", 1, "closes nothing"),
            ("a & b", 2, "matrix only"),
            ("\\left( a", 0, "no \\right"),
            ("a \\right)", 2, "no \\left"),
            ("\\begin{pmatrx} a \\end{pmatrx}", 6, "did you mean 'pmatrix'?"),
            ("\\begin{pmatrix} a", 0, "no \\end"),
            ("a # b", 2, "'#' has no place"),
            ("\\", 0, "backslash"),
            ("x^", 2, "missing"),
        ] {
            let mistake = read(tex).unwrap_err();
            assert!(mistake.at == at && mistake.what.contains(what), "{tex}: {mistake:?}");
        }
        let deep = format!("{}a{}", "{".repeat(400), "}".repeat(400));
        assert!(read(&deep).unwrap_err().what.contains("deep"), "no stack overflows");
        assert!(read(&"a".repeat(2000)).unwrap_err().what.contains("at most"), "nor does time");
    }
}
