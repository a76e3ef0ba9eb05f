//! Points, `X,Y`, on the command line and in files; what cannot be read is marked with a caret.

use std::fs;
use std::path::Path;

use super::exit::Exit;
use crate::landscapes::number;
use crate::numbers::Point;

/// Reads `X,Y`.
pub(super) fn parse(text: &str) -> Result<Point, Exit> {
    read("", text)
}

/// Reads a CSV file with the header `x,y`, at least one point.
pub(super) fn read_file(path: &Path) -> Result<Vec<Point>, Exit> {
    let name = path.display();
    #[expect(clippy::disallowed_methods, reason = "the command line reads the files it is given")]
    let text = fs::read_to_string(path).map_err(|error| Exit::Failed(format!("cannot read '{name}': {error}")))?;
    let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let header = lines.next().map(|(_, line)| line.trim_start_matches('\u{feff}').replace(' ', ""));
    if header.as_deref() != Some("x,y") {
        return Err(Exit::Wrong(format!("{name}, line 1: expected the header 'x,y'")));
    }
    let points: Vec<Point> =
        lines.map(|(index, line)| read(&format!("{name}, line {}: ", index + 1), line)).collect::<Result<_, _>>()?;
    if points.is_empty() {
        return Err(Exit::Wrong(format!("{name} holds no points: expected lines 'X,Y' below its header")));
    }
    Ok(points)
}

/// `place` says where the text stands, if not on the command line.
fn read(place: &str, text: &str) -> Result<Point, Exit> {
    let Some((x, y)) = text.split_once(',') else {
        return Err(marked(
            &format!("{place}expected a point X,Y, a comma between two numbers, but found "),
            text,
            text.len(),
        ));
    };
    if let Some(more) = y.find(',') {
        return Err(marked(
            &format!("{place}expected a point X,Y, two numbers and no more, but found "),
            text,
            x.len() + 1 + more,
        ));
    }
    let coordinate = |word: &str, column: usize| {
        let indent = word.len() - word.trim_start().len();
        let message = format!("{place}'{}' is not a finite number in ", word.trim());
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
