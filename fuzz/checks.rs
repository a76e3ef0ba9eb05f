//! What must hold of whatever comes from outside: it is read or refused, nothing panics, mistakes lie in the text, and what is read
//! is written and read again.
//!
//! The targets in this folder invent the bytes with an engine, `tests/it/changed_files.rs` by changing files that are right.

use std::path::Path;

use taylorscope::landscapes::formula::{Expression, NetworkFormula};
use taylorscope::landscapes::{InputError, Landscape, ViewBox};
use taylorscope::lessons::formula;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::quiz::{Answers, CodeFrame, PredictionKind, Span};
use taylorscope::scene::{text_of_link, with_files};
use taylorscope::state::{Lesson, Scene, read_shared};

/// A scene as TOML, also where it names a file.
pub(crate) fn scene(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Scene::read(text) {
        Ok(scene) => {
            let again = scene.write().expect("every scene has a text");
            let same = Scene::read(&again).unwrap_or_else(|faults| panic!("{faults}\n{again}"));
            assert_eq!(same.spec(), scene.spec(), "the same scene");
            let brief = scene.write_brief().expect("every scene has a short text");
            assert!(Scene::read(&brief).is_ok_and(|same| same.spec() == scene.spec()), "the same scene in short");
        }
        Err(faults) => {
            assert!(!faults.0.is_empty() && faults.0.len() <= 20, "what is wrong is named");
            let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
            for fault in faults.0 {
                assert!(plain.get(fault.span.clone()).is_some(), "the span {:?} is no part of the text", fault.span);
            }
        }
    }
    let grid = |_: &Path| -> Result<Vec<u8>, InputError> {
        Ok(b"x,y,loss\n".iter().copied().chain(b"0,0,1\n".repeat(3)).collect())
    };
    let _ = with_files(text, &grid);
}

/// A link, a command or a scene, as it is pasted.
pub(crate) fn pasted(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Err(why) = read_shared(&text) {
        assert!(!why.is_empty() && why.lines().all(|line| line.chars().count() < 3000), "what is wrong is said");
    }
    let _ = text_of_link(&text);
}

/// A lesson.
pub(crate) fn lesson(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(mistake) = formula::read(text) {
        assert!(mistake.at <= text.len(), "{mistake:?} lies in the text");
    }
    match Lesson::read(text) {
        Ok(lesson) => lesson.pages.iter().for_each(|page| drop(page.scene())),
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "something is said");
            for mistake in mistakes {
                assert!(mistake.at <= text.len(), "{mistake:?} lies in the text");
                let _ = mistake.in_text(text);
            }
        }
    }
}

/// The bits of a number, with one NaN for all.
fn bits(x: f64) -> u64 {
    if x.is_nan() { f64::NAN.to_bits() } else { x.to_bits() }
}

/// Three numbers, then a formula: asked everything there, all ways to ask agree.
pub(crate) fn formula_at(bytes: &[u8]) {
    let Some((numbers, text)) = bytes.split_at_checked(24) else { return };
    let Ok(text) = std::str::from_utf8(text) else { return };
    let [x, y, parameter] = [0, 8, 16].map(|from| {
        let mut eight = [0; 8];
        eight.copy_from_slice(&numbers[from..from + 8]);
        f64::from_le_bytes(eight)
    });
    if let Err(error) = NetworkFormula::parse(text) {
        assert!(text.get(error.span.clone()).is_some(), "the span {:?} is no part of the text", error.span);
    }
    let expression = match Expression::parse(text) {
        Ok(expression) => expression,
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "the span {:?} is no part of the text", error.span);
            let lines = if text.trim().is_empty() { 1 } else { 2 };
            assert_eq!(error.marked(text).lines().count(), lines, "text and message, and carets below");
            return;
        }
    };
    let again = Expression::parse(&expression.pretty());
    assert!(again.is_ok() || text.chars().count() > 1000, "what is set reads back: {}", expression.pretty());
    let loss = expression.loss(&vec![parameter; expression.parameters().len()]);
    let at = Point::new(x, y);
    let (value, first, second) = (loss.value(at), loss.first_order(at), loss.second_order(at));
    assert_eq!(bits(value), bits(first.value), "value and first order");
    assert_eq!(bits(value), bits(second.value), "value and second order");
    for axis in 0..2 {
        assert_eq!(bits(first.gradient[axis]), bits(second.gradient[axis]), "gradients");
    }
    let (mut row, mut values, mut orders) = ([0.0; 17], [0.0; 17], [[0.0; 6]; 17]);
    loss.value_row(&[x; 17], y, &mut row);
    loss.values(&[x; 17], &[y; 17], &mut values);
    loss.second_orders(&[x; 17], &[y; 17], &mut orders);
    for index in 0..17 {
        assert_eq!(bits(row[index]), bits(values[index]), "row and points");
        assert_eq!(bits(row[index]), bits(orders[index][0]), "row and second orders");
    }
    let view = expression.domain(&[]);
    let start = expression.suggestion(&[], &view);
    assert!(view.width() > 0.0 && view.height() > 0.0 && start.rate > 0.0, "something to show");
}

/// What a landscape from a file must be.
fn sound(landscape: Result<Landscape, InputError>) {
    match landscape {
        Ok(landscape) => {
            let spec = landscape.spec();
            let again = spec.build().unwrap_or_else(|error| panic!("{error}: it is written and read again"));
            assert_eq!(again.spec(), spec, "the same landscape");
            let ViewBox { x, y } = landscape.domain();
            assert!(x[0] < x[1] && y[0] < y[1], "something to show");
            let _ = landscape.loss().second_order(Point::new(0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1])));
        }
        Err(error) => assert!(!error.to_string().is_empty(), "why not is said"),
    }
}

/// A table of samples or losses.
pub(crate) fn table(bytes: &[u8]) {
    for landscape in ["linreg", "bowl", "network:w1*x+w2,loss=ce"] {
        sound(Landscape::parse(landscape).and_then(|landscape| landscape.with_file(Path::new("a.csv"), bytes)));
    }
}

/// Arrays as `NumPy` writes them.
pub(crate) fn arrays(bytes: &[u8]) {
    for name in ["a.npz", "a.npy"] {
        sound(Landscape::parse("bowl").and_then(|landscape| landscape.with_file(Path::new(name), bytes)));
    }
}

/// A landscape or a method in the spelling of the command line.
pub(crate) fn spelled(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(landscape) = Landscape::parse(text) {
        sound(Ok(landscape));
    }
    if let Ok(choice) = Choice::parse(text) {
        assert_eq!(Choice::parse(&choice.to_string()).as_ref(), Ok(&choice), "its own spelling");
    }
}

/// The answers of a class, pasted or in a table.
pub(crate) fn answers(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for (kind, span) in [
        (PredictionKind::Landing, Span::Step),
        (PredictionKind::Path, Span::Run),
        (PredictionKind::Outcome, Span::Step),
    ] {
        for is_one_weight in [false, true] {
            let frame = CodeFrame::new(ViewBox::square(2.0), is_one_weight, Point::new(0.5, -1.0), "bowl");
            let read = Answers::read(&text, &frame, (kind, span));
            assert!(read.guesses.len() <= text.lines().count().max(text.len()), "no more answers than there are");
            assert!(read.places().iter().all(|place| place.x.is_finite() && place.y.is_finite()), "places");
        }
    }
}
