//! Which column of a table is what: by its name, or by what its numbers are.

use super::{Table, TableFault};

/// Names of two coordinates that belong together, in the order of x and y, as [`plain`] writes them.
const PAIRS: [[&str; 2]; 17] = [
    ["x", "y"],
    ["w1", "w2"],
    ["w0", "w1"],
    ["alpha", "beta"],
    ["alphas", "betas"],
    ["x1", "x2"],
    ["x0", "x1"],
    ["xs", "ys"],
    ["a", "b"],
    ["theta1", "theta2"],
    ["theta0", "theta1"],
    ["u", "v"],
    ["p1", "p2"],
    ["d1", "d2"],
    ["dir1", "dir2"],
    ["xcoordinate", "ycoordinate"],
    ["xcoordinates", "ycoordinates"],
];

/// Names of an input and the output that is wanted for it.
const OF_SAMPLES: [[&str; 2]; 8] = [
    ["x", "y"],
    ["x", "target"],
    ["x", "label"],
    ["x", "t"],
    ["input", "output"],
    ["input", "target"],
    ["feature", "target"],
    ["feature", "label"],
];

/// Names of a loss, the surest first.
const LOSSES: [&[&str]; 3] = [
    &["loss"],
    &["losses", "z", "f", "value", "values", "cost", "error", "objective", "mse", "lossvals", "zs", "energy"],
    &["trainloss", "trainingloss", "testloss", "valloss", "validationloss", "meanloss", "nll", "j", "l"],
];

/// Names of a column that only counts the rows.
const INDICES: [&str; 7] = ["", "index", "idx", "id", "unnamed:0", "row", "no"];

/// A name in small letters, without units, brackets and marks: `f(x, y)` is f, `w_1` and `w₁` are w1, `α` is alpha.
pub(in crate::landscapes) fn plain(name: &str) -> String {
    let name = name.split(['(', '[']).next().unwrap_or_default().to_lowercase();
    let mut out = String::new();
    for c in name.chars() {
        match c {
            'α' => out.push_str("alpha"),
            'β' => out.push_str("beta"),
            'θ' => out.push_str("theta"),
            '₀'..='₉' => out.push(char::from(b'0' + (u32::from(c) - u32::from('₀')) as u8)),
            '_' | '-' | '"' | '\'' | '$' | '\\' | '.' => {}
            _ if c.is_whitespace() => {}
            _ => out.push(c),
        }
    }
    out
}

/// The first pair both names of which are among these, each at its place.
fn pair_in(names: &[String], pairs: &[[&str; 2]]) -> Option<[usize; 2]> {
    let place = |wanted: &str| names.iter().position(|name| name == wanted);
    pairs.iter().find_map(|[x, y]| Some([place(x)?, place(y)?]))
}

/// Which of these names are coordinates x and y, if a known pair is among them.
pub(in crate::landscapes) fn coordinates_in(names: &[String]) -> Option<[usize; 2]> {
    pair_in(names, &PAIRS)
}

/// Which of these names are losses: all of the surest kind that there is.
pub(in crate::landscapes) fn losses_in(names: &[String]) -> Vec<usize> {
    let of_kind = |kind: &&[&str]| {
        let found = names.iter().enumerate().filter(|(_, name)| kind.contains(&name.as_str()));
        found.map(|(place, _)| place).collect::<Vec<usize>>()
    };
    LOSSES.iter().map(of_kind).find(|found| !found.is_empty()).unwrap_or_default()
}

/// The columns of a table that are used, in the order in which they were asked for, and what is to be said of it.
#[derive(Debug, PartialEq)]
pub struct Roles<const N: usize> {
    /// Their places in the table.
    pub columns: [usize; N],
    /// How the input was interpreted, where that is not obvious.
    pub notes: Vec<String>,
}

impl Table {
    /// What a column is called, or its number where it has no name.
    fn title(&self, column: usize) -> String {
        match self.names().get(column) {
            Some(name) if !name.is_empty() => format!("'{name}'"),
            _ => format!("column {}", column + 1),
        }
    }

    fn plain_names(&self) -> Vec<String> {
        self.names().iter().map(|name| plain(name)).collect()
    }

    /// The columns that hold numbers, without one that only counts the rows where there are more than `needed`.
    fn candidates(&self, needed: usize) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.width())
            .filter(|column| !self.is_empty(*column) && self.columns[*column].text.is_none())
            .collect();
        let is_index = |column: usize| {
            let name = self.names().get(column).map(|name| plain(name));
            let may_be = name.is_none_or(|name| INDICES.contains(&name.as_str()));
            may_be && self.counts(column)
        };
        if found.len() > needed && is_index(found[0]) {
            found.remove(0);
        }
        found
    }

    /// Whether a column holds nothing at all, as behind a last separator.
    fn is_empty(&self, column: usize) -> bool {
        let name = self.names().get(column).map_or("", String::as_str);
        name.is_empty()
            && (0..self.rows()).all(|row| self.number(row, column).is_nan())
            && self.columns[column].text.is_none()
    }

    /// The columns of a pair x, y; `what` is what a row holds, for errors.
    ///
    /// # Errors
    /// [`TableFault::Unclear`] where several columns could be either.
    pub fn pair(&self, what: &str) -> Result<Roles<2>, TableFault> {
        let names = self.plain_names();
        let known = pair_in(&names, &OF_SAMPLES).or_else(|| coordinates_in(&names));
        let found = self.candidates(2);
        // A named column that is not a number is an error to be reported, not one to be left out.
        let columns = match (known, found.as_slice()) {
            (Some(known), _) => known,
            _ if self.width() == 2 => [0, 1],
            (None, &[x, y]) => [x, y],
            (None, found) if found.len() < 2 => {
                return Err(TableFault::Unclear(format!(
                    "{what} need two columns of numbers, x and y, and {} here",
                    match found.len() {
                        0 => "there is none".to_owned(),
                        _ => format!("only {} is one", self.title(found[0])),
                    }
                )));
            }
            (None, found) => {
                return Err(TableFault::Unclear(format!(
                    "any two of {} could be x and y; name two of them x and y in a header",
                    self.listed(found)
                )));
            }
        };
        self.check_names(&columns, &names)?;
        Ok(Roles { notes: self.notes_on(&columns, &["x", "y"]), columns })
    }

    /// The columns of x, y and the loss of a grid.
    ///
    /// # Errors
    /// [`TableFault::Unclear`] where several columns could be one of them.
    pub fn grid(&self) -> Result<Roles<3>, TableFault> {
        let names = self.plain_names();
        self.check_rows()?;
        let found = self.candidates(3);
        let losses: Vec<usize> = losses_in(&names);
        let coordinates = coordinates_in(&names).or_else(|| self.coordinates_beside(&losses, &found));
        let Some([x, y]) = coordinates else { return Err(self.unclear("x and y", &found)) };
        let is_free = |column: &usize| ![x, y].contains(column);
        let losses: Vec<usize> = losses.into_iter().filter(is_free).collect();
        let rest: Vec<usize> = found.into_iter().filter(is_free).collect();
        let loss = match (losses.as_slice(), rest.as_slice()) {
            (&[loss], _) | (&[], &[loss]) => loss,
            (&[], rest) => return Err(self.unclear("the loss", rest)),
            (losses, _) => return Err(self.unclear("the loss", losses)),
        };
        let columns = [x, y, loss];
        self.check_names(&columns, &names)?;
        Ok(Roles { notes: self.notes_on(&columns, &["x", "y", "loss"]), columns })
    }

    /// The columns of x and y where no names tell them: the two beside the losses, or two whose values cross.
    fn coordinates_beside(&self, losses: &[usize], found: &[usize]) -> Option<[usize; 2]> {
        let rest: Vec<usize> = found.iter().copied().filter(|column| !losses.contains(column)).collect();
        match rest.as_slice() {
            &[x, y] if !losses.is_empty() => Some([x, y]),
            _ => self.crossing(found),
        }
    }

    /// Holds a table to have rows.
    fn check_rows(&self) -> Result<(), TableFault> {
        let what = match (self.rows(), self.names().is_empty()) {
            (0, true) => "it is empty",
            (0, false) => "it has a header and no numbers below it",
            _ => return Ok(()),
        };
        Err(TableFault::Unclear(format!(
            "{what}; a grid is a table with the header x,y,loss and a line for every point"
        )))
    }

    /// Holds the names of the columns that are used to be the only ones of their kind.
    fn check_names(&self, columns: &[usize], names: &[String]) -> Result<(), TableFault> {
        let twice = columns.iter().find_map(|column| {
            let name = names.get(*column).filter(|name| !name.is_empty())?;
            let other = (0..names.len()).find(|other| other != column && names[*other] == *name)?;
            Some([*column.min(&other), *column.max(&other)])
        });
        twice.map_or(Ok(()), |[first, second]| {
            let called = if self.names()[first] == self.names()[second] {
                format!("columns {} and {} are both called {}", first + 1, second + 1, self.title(first))
            } else {
                format!("{} and {} are the same name", self.title(first), self.title(second))
            };
            Err(TableFault::Unclear(format!("{called}; name each column once")))
        })
    }

    /// Whether the table is a whole grid of losses, or losses in rows and columns: no list of pairs.
    pub(in crate::landscapes) fn is_grid(&self) -> bool {
        let is_whole = |roles: Roles<3>| self.crosses([roles.columns[0], roles.columns[1]]);
        let is_matrix = self.names().is_empty() && self.width() > 3;
        let is_named = self.width() > 2 && !losses_in(&self.plain_names()).is_empty();
        is_named || self.pair("").is_err() && (is_matrix || self.grid().is_ok_and(is_whole))
    }

    /// The two columns that cross each other everywhere, as the coordinates of a whole grid do: of three columns the first
    /// two where none do, of more only if no others do.
    fn crossing(&self, found: &[usize]) -> Option<[usize; 2]> {
        let pairs = || (0..found.len()).flat_map(|i| (i + 1..found.len()).map(move |j| [found[i], found[j]]));
        let mut crossing = pairs().filter(|pair| self.crosses(*pair));
        match (crossing.next(), crossing.next()) {
            (Some(pair), None) => Some(pair),
            (None, _) if found.len() == 3 => Some([found[0], found[1]]),
            (Some(pair), Some(_)) if found.len() == 3 && pair == [found[0], found[1]] => Some(pair),
            _ => None,
        }
    }

    /// Whether every number of one column stands beside every number of the other, once.
    fn crosses(&self, [a, b]: [usize; 2]) -> bool {
        let different = |column: usize| {
            let mut all: Vec<f64> = (0..self.rows()).map(|row| self.number(row, column)).collect();
            all.sort_unstable_by(f64::total_cmp);
            all.dedup();
            all.len()
        };
        let (count_a, count_b) = (different(a), different(b));
        if count_a < 2 || count_b < 2 || count_a.checked_mul(count_b) != Some(self.rows()) {
            return false;
        }
        let mut pairs: Vec<[u64; 2]> =
            (0..self.rows()).map(|row| [a, b].map(|column| self.number(row, column).to_bits())).collect();
        pairs.sort_unstable();
        pairs.windows(2).all(|two| two[0] != two[1])
    }

    fn listed(&self, columns: &[usize]) -> String {
        let titles: Vec<String> = columns.iter().take(8).map(|column| self.title(*column)).collect();
        let more = if columns.len() > titles.len() { ", …" } else { "" };
        format!("{}{more}", titles.join(", "))
    }

    fn unclear(&self, what: &str, among: &[usize]) -> TableFault {
        let why = match among.len() {
            0 => format!("no column could be {what}"),
            1 => format!("only {} could be {what}", self.listed(among)),
            _ => format!(
                "which of {} is {what} is not clear: give it that name, or leave the others out",
                self.listed(among)
            ),
        };
        TableFault::Unclear(format!("{why}; a grid is a table with the header x,y,loss"))
    }

    /// How the input was interpreted: nothing where the names say so, and nothing was left out.
    fn notes_on(&self, columns: &[usize], roles: &[&str]) -> Vec<String> {
        let mut notes = self.notes().to_vec();
        let names = self.plain_names();
        let is_plain =
            columns.iter().zip(roles).all(|(column, role)| names.get(*column).is_some_and(|name| name == role));
        if !is_plain {
            let read: Vec<String> =
                columns.iter().zip(roles).map(|(column, role)| format!("{} as {role}", self.title(*column))).collect();
            notes.push(format!("read {}", read.join(", ")));
        }
        let left: Vec<usize> =
            (0..self.width()).filter(|column| !columns.contains(column) && !self.is_empty(*column)).collect();
        if !left.is_empty() {
            notes.push(format!("left out {}", self.listed(&left)));
        }
        notes
    }
}
