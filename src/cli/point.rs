//! Points, `X,Y`, on the command line and in files; what cannot be read is marked with a caret.

use std::fs;
use std::path::Path;

use super::exit::Exit;
use super::say;
use crate::landscapes::{Table, number};
use crate::numbers::Point;

/// Reads `X,Y`.
pub(super) fn parse(text: &str) -> Result<Point, Exit> {
    read(text)
}

/// Reads a table with columns x and y, by whatever names: at least one point. What was taken for what is said.
pub(super) fn read_file(path: &Path) -> Result<Vec<Point>, Exit> {
    let name = path.display().to_string();
    #[expect(clippy::disallowed_methods, reason = "the command line reads the files it is given")]
    let bytes = fs::read(path).map_err(|error| Exit::Failed(format!("cannot read '{name}': {error}")))?;
    let table = Table::read(&bytes).map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    if table.rows() == 0 {
        return Err(Exit::Wrong(format!("{name} holds no points: expected the header x,y and lines 'X,Y' below it")));
    }
    let roles = table.pair("points").map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    let [x, y] = roles.columns;
    table
        .check(x, "x", false)
        .and_then(|()| table.check(y, "y", false))
        .map_err(|fault| Exit::Wrong(fault.within(&name)))?;
    for note in &roles.notes {
        say(&format!("note: {name}: {note}"));
    }
    Ok((0..table.rows()).map(|row| Point::new(table.number(row, x), table.number(row, y))).collect())
}

fn read(text: &str) -> Result<Point, Exit> {
    let Some((x, y)) = text.split_once(',') else {
        return Err(marked("expected a point X,Y, a comma between two numbers, but found ", text, text.len()));
    };
    if let Some(more) = y.find(',') {
        return Err(marked("expected a point X,Y, two numbers and no more, but found ", text, x.len() + 1 + more));
    }
    let coordinate = |word: &str, column: usize| {
        let indent = word.len() - word.trim_start().len();
        let message = format!("'{}' is not a finite number in ", word.trim());
        number("", word).map_err(|_| marked(&message, text, column + indent))
    };
    Ok(Point::new(coordinate(x, 0)?, coordinate(y, x.len() + 1)?))
}

/// The message with the text at its end, and on the next line a caret under the byte at `offset`.
fn marked(message: &str, text: &str, offset: usize) -> Exit {
    let column = message.chars().count() + 1 + text[..offset].chars().count();
    Exit::Wrong(format!("{message}'{text}'\n{:column$}^", ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_with_signs_and_spaces() {
        for (text, x, y) in [("1,2", 1.0, 2.0), ("-1.5,-2e-3", -1.5, -2e-3), (" 1 , +2 ", 1.0, 2.0)] {
            assert_eq!(parse(text).unwrap(), Point::new(x, y), "{text}");
        }
    }

    #[test]
    fn the_caret_stands_under_what_is_wrong() {
        for (text, under) in
            [("1,abc", "abc"), ("nan,2", "nan,2"), ("1, 1e999", "1e999"), ("1,2,3", ",3"), ("12", "'"), ("é,ö", "é,ö")]
        {
            let message = parse(text).unwrap_err().to_string();
            let (first, caret) = message.split_once('\n').unwrap();
            let below: String = first.chars().skip(caret.chars().count() - 1).collect();
            assert_eq!(below.trim_end_matches('\''), under.trim_end_matches('\''), "{message}");
        }
    }
}
