//! Points, `X,Y`, on the command line and in files; what cannot be read is marked with a caret.

use std::path::Path;

use super::exit::Exit;
use super::say;
use super::table::place;
use crate::import::{is_standard_input, read_input};
use crate::landscapes::excerpt::{marked, of_path, short};
use crate::landscapes::{Landscape, STANDARD_INPUT, Table, number};
use crate::numbers::Point;

/// A file of more points is refused: they are all read before the first is answered.
const MAX_POINTS: usize = 1_000_000;

/// Reads `X,Y`.
pub(super) fn parse(text: &str) -> Result<Point, Exit> {
    read(text).map_err(Exit::Wrong)
}

/// A place as it was given: `X,Y`, or of a loss of one weight `X` alone. Which of them is right the landscape tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Place {
    Point(Point),
    /// X, and what to say of it where there are two weights.
    Single(f64, String),
}

/// Reads `X,Y` or `X`.
pub(super) fn parse_place(text: &str) -> Result<Place, Exit> {
    let single = number("", text).ok().filter(|_| !text.contains(','));
    match (read(text), single) {
        (Ok(point), _) => Ok(Place::Point(point)),
        (Err(message), Some(x)) => Ok(Place::Single(x, message)),
        (Err(message), None) => Err(Exit::Wrong(message)),
    }
}

impl Place {
    /// The place on a landscape.
    pub(super) fn on(&self, landscape: &Landscape) -> Result<Point, Exit> {
        match self {
            Self::Single(x, _) if landscape.dimension().is_one() => Ok(Point::new(*x, 0.0)),
            _ => self.on_two_weights(),
        }
    }

    /// The place where there are two weights.
    pub(super) fn on_two_weights(&self) -> Result<Point, Exit> {
        match self {
            Self::Point(at) => Ok(*at),
            Self::Single(_, message) => Err(Exit::Wrong(message.clone())),
        }
    }
}

/// Reads a table with columns x and y, by whatever names: at least one point; `-` is standard input. How it was interpreted
/// is said.
pub(super) fn read_file(path: &Path) -> Result<Vec<Point>, Exit> {
    let name = if is_standard_input(path) { STANDARD_INPUT.to_owned() } else { of_path(path) };
    let table = Table::read_rows(&read_input(path)?, MAX_POINTS).map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    if table.rows() == 0 {
        return Err(Exit::Wrong(format!("{name} holds no points: expected the header x,y and lines 'X,Y' below it")));
    }
    if table.rows() > MAX_POINTS {
        return Err(Exit::Wrong(format!(
            "{name} holds more than {MAX_POINTS} points\ndivide it among several files, each with the header"
        )));
    }
    let roles = table.pair("points").map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    let [x, y] = roles.columns;
    let sound = table.check(x, "x", false).and_then(|()| table.check(y, "y", false));
    sound.map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    for note in &roles.notes {
        say(&format!("note: {name}: {note}"));
    }
    Ok((0..table.rows()).map(|row| Point::new(table.number(row, x), table.number(row, y))).collect())
}

/// Up to this many points are checked for a missing value; to check more would take as long as to answer.
const MOST_LOOKED_AT: usize = 10_000;

/// Says which points have no value, and why if more is known than that.
pub(super) fn note_undefined(landscape: &Landscape, points: &[Point]) {
    let is_undefined = |at: &&Point| !landscape.loss().value(**at).is_finite();
    let undefined: Vec<&Point> = points.iter().take(MOST_LOOKED_AT).filter(is_undefined).collect();
    let Some(first) = undefined.first() else { return };
    let place = place(**first, landscape.dimension());
    let others = match undefined.len() - 1 {
        0 => String::new(),
        1 => ", and there is none at another point".to_owned(),
        more => format!(", and there is none at {more} other points"),
    };
    let what = landscape.hole(**first).map_or_else(
        || format!("the loss has no finite value at {place}"),
        |gap| format!("there is no value at {place}: it lies {}", gap.lies),
    );
    say(&format!("note: {what}{others}."));
}

fn read(text: &str) -> Result<Point, String> {
    const WANTED: &str = "expected a point X,Y";
    let Some((x, y)) = text.split_once(',') else {
        let end = text.len();
        return Err(marked(text, end..end, &format!("{WANTED}, a comma between two numbers")));
    };
    if let Some(more) = y.find(',') {
        let comma = x.len() + 1 + more;
        return Err(marked(text, comma..comma + 1, &format!("{WANTED}, two numbers and no more")));
    }
    let coordinate = |word: &str, column: usize| {
        let begin = column + word.len() - word.trim_start().len();
        let refused = || {
            let message = format!("'{}' is not a finite number", short(word.trim(), 24));
            marked(text, begin..begin + word.trim().len(), &message)
        };
        number("", word).map_err(|_| refused())
    };
    Ok(Point::new(coordinate(x, 0)?, coordinate(y, x.len() + 1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_a_place_where_there_is_one_weight() {
        let [one, two] = ["formula:x^3/3-x", "bowl"].map(|text| Landscape::parse(text).unwrap());
        for (text, x) in [("0.5", 0.5), (" -2 ", -2.0)] {
            let place = parse_place(text).unwrap();
            assert_eq!(place.on(&one).unwrap(), Point::new(x, 0.0), "{text}");
            let message = place.on(&two).unwrap_err().to_string();
            assert!(message.contains("expected a point X,Y"), "{text}: {message}");
        }
        let both = parse_place("0.5,3").unwrap();
        assert_eq!(both.on(&one).unwrap(), Point::new(0.5, 3.0), "y is kept as it is given");
        assert!(parse_place("1,2,3").is_err() && parse_place("abc").is_err(), "no places");
    }

    #[test]
    fn points_are_read_with_signs_and_spaces() {
        for (text, x, y) in [("1,2", 1.0, 2.0), ("-1.5,-2e-3", -1.5, -2e-3), (" 1 , +2 ", 1.0, 2.0)] {
            assert_eq!(parse(text).unwrap(), Point::new(x, y), "{text}");
        }
    }

    #[test]
    fn the_caret_stands_under_what_is_wrong() {
        let long = "1".repeat(70_000);
        for (text, under) in [
            ("1,abc", "abc'"),
            ("nan,2", "nan,2'"),
            ("1, 1e999", "1e999'"),
            ("1,2,3", ",3'"),
            ("12", "': "),
            ("é,ö", "é,ö'"),
            (" ,1", ",1'"),
            (&long, "', column 70001: expected a point"),
            (&format!("{long},2"), "1111"),
            (&format!("1,{long}x"), "1111"),
            (&format!("1,2,{long}"), ",1111"),
        ] {
            let message = parse(text).unwrap_err().to_string();
            let (first, caret) = message.split_once('\n').unwrap();
            let below: String = first.chars().skip(caret.find('^').unwrap()).collect();
            assert!(below.starts_with(under) && first.chars().count() < 200, "{message}");
        }
    }
}
