//! The answers of a class: codes from a table or a text, one a line, and what they have in common.

use std::collections::HashMap;

use super::code::{is_separator, mark_of};
use super::{CodeFrame, Guess, PredictionKind, Span, StepOutcome, Truth, Verdict};
use crate::landscapes::ViewBox;
use crate::numbers::Point;

/// More answers are not taken.
pub const MAX_ANSWERS: usize = 2000;
/// A field of fewer or more letters is no attempt at a code.
const ATTEMPT: std::ops::RangeInclusive<usize> = 10..=28;
/// Guesses nearer to each other than this share of the way belong together.
const NEAR: f64 = 0.15;
/// Places nearer to each other than this share of the frame are one crowd: apart they would lie on each other in a picture.
const CROWDED: f64 = 0.025;
/// Upper ends of the bars of the histogram, as shares of the way; what is further off has one more.
pub const BARS: [f64; 4] = [0.1, 0.25, 0.5, 1.0];

/// A line without an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it, as it follows "line 3: ".
    pub why: String,
}

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// The guesses, in the order of their lines.
    pub guesses: Vec<Guess>,
    /// The lines that had none.
    pub faults: Vec<Fault>,
    /// How many of the text that was read last had been there before, and were not counted again.
    pub repeated: usize,
    /// A mark of the code of each guess, by which it is known again.
    marks: Vec<u64>,
}

/// Guesses that lie together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Their mean.
    pub at: Point,
    /// How many there are.
    pub count: usize,
}

impl Answers {
    /// Reads a table or a text with a code in each line, in any column: everything else in a line is passed over. A first line
    /// without a code is a heading.
    pub fn read(text: &str, frame: &CodeFrame, asked: (PredictionKind, Span)) -> Self {
        let mut answers = Self::default();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}');
            let fields =
                || line.split([',', ';', '\t', '|', '"', '\'']).map(str::trim).filter(|field| !field.is_empty());
            if fields().next().is_none() {
                continue;
            }
            if answers.guesses.len() == MAX_ANSWERS {
                answers.faults.push(Fault { line: index + 1, why: format!("only the first {MAX_ANSWERS} are taken") });
                break;
            }
            // A cell may have words around the code.
            let words = || fields().flat_map(|field| std::iter::once(field).chain(field.split_whitespace()));
            let found = words().map(|word| (word, frame.decode(word, asked)));
            let mut failed = None;
            let mut taken = None;
            for (word, found) in found {
                match found {
                    Ok(guess) => {
                        taken = Some((guess, mark_of(word)));
                        break;
                    }
                    Err(why) if failed.is_none() && is_attempt(word) => failed = Some(why.to_string()),
                    Err(_) => {}
                }
            }
            match (taken, failed) {
                (Some((guess, mark)), _) => {
                    answers.guesses.push(guess);
                    answers.marks.push(mark);
                }
                (None, Some(why)) => answers.faults.push(Fault { line: index + 1, why }),
                (None, None) if index == 0 => {}
                (None, None) => {
                    answers.faults.push(Fault { line: index + 1, why: "there is no code in it".to_owned() });
                }
            }
        }
        answers
    }

    /// Takes the answers of another text as well. Those that are here already do not count again: the same table may be pasted
    /// twice, or once more after it has grown. The same code counts as often as it stands in one of the texts.
    pub fn join(&mut self, other: Self) {
        let mut known: HashMap<u64, usize> = HashMap::new();
        for mark in &self.marks {
            *known.entry(*mark).or_default() += 1;
        }
        (self.faults, self.repeated) = (other.faults, 0);
        for (guess, mark) in std::iter::zip(other.guesses, other.marks) {
            match known.get_mut(&mark).filter(|left| **left > 0) {
                Some(left) => {
                    *left -= 1;
                    self.repeated += 1;
                }
                None if self.guesses.len() < MAX_ANSWERS => {
                    self.guesses.push(guess);
                    self.marks.push(mark);
                }
                None => {
                    let why = format!("only the first {MAX_ANSWERS} are taken");
                    if self.faults.last().is_none_or(|fault| fault.why != why) {
                        self.faults.push(Fault { line: MAX_ANSWERS + 1, why });
                    }
                }
            }
        }
    }

    /// The places of the guesses in crowds, the largest first: what would lie on each other in a picture of this frame.
    pub fn crowds(&self, frame: ViewBox) -> Vec<Cluster> {
        let places = self.places();
        let sides = [frame.width(), frame.height()].map(|side| if side > 0.0 { side } else { 1.0 });
        let is_near = |a: Point, b: Point| {
            let [x, y] = [(a.x - b.x) / sides[0], (a.y - b.y) / sides[1]];
            x * x + y * y <= CROWDED * CROWDED
        };
        let near = |center: Point| places.iter().filter(|at| is_near(center, **at)).count();
        let mut centers: Vec<(usize, Point)> = places.iter().map(|at| (near(*at), *at)).collect();
        centers.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let mut left = places;
        let mut crowds = Vec::new();
        for (_, center) in centers {
            let (together, others): (Vec<Point>, Vec<Point>) = left.iter().partition(|at| is_near(center, **at));
            crowds.extend(Cluster::of(&together));
            left = others;
        }
        crowds.sort_by_key(|crowd| std::cmp::Reverse(crowd.count));
        crowds
    }

    /// The places of the guesses, of a path its end.
    pub fn places(&self) -> Vec<Point> {
        self.guesses.iter().filter_map(Guess::place).collect()
    }

    /// How many guesses are off by how much: a count for each of [`BARS`], and one for those further off.
    pub fn histogram(&self, truth: &Truth) -> [usize; BARS.len() + 1] {
        let mut counts = [0; BARS.len() + 1];
        for guess in &self.guesses {
            if let Verdict::Off { distance, share } = truth.judge(guess) {
                let share = share.unwrap_or(if distance == 0.0 { 0.0 } else { f64::INFINITY });
                counts[BARS.iter().position(|end| share <= *end).unwrap_or(BARS.len())] += 1;
            }
        }
        counts
    }

    /// How many answered with each word.
    pub fn votes(&self) -> [usize; StepOutcome::ALL.len()] {
        StepOutcome::ALL.map(|outcome| self.guesses.iter().filter(|guess| **guess == Guess::Outcome(outcome)).count())
    }

    /// The place that the most of the wrong guesses have in common: off by more than the largest scoring share, within
    /// a small distance of each other; `None` where no two do, or where the answer is no place.
    pub fn most_common_wrong(&self, truth: &Truth) -> Option<Cluster> {
        let landing = truth.landing?;
        let radius = NEAR * truth.length;
        let is_wrong = |at: &Point| (at - landing).norm() > super::BANDS[1].0 * truth.length;
        let wrong: Vec<Point> = self.places().into_iter().filter(is_wrong).collect();
        let near = |center: Point| wrong.iter().filter(move |at| (*at - center).norm() <= radius);
        let best = wrong.iter().copied().max_by_key(|center| near(*center).count())?;
        let together: Vec<Point> = near(best).copied().collect();
        Cluster::of(&together).filter(|cluster| cluster.count >= 2)
    }
}

impl Cluster {
    /// These places; `None` where there are none.
    fn of(places: &[Point]) -> Option<Self> {
        let count = places.len();
        let sum = places.iter().fold(Point::origin().coords, |sum, at| sum + at.coords);
        (count > 0).then(|| Self { at: Point::from(sum / count as f64), count })
    }
}

/// Whether a field was meant to be a code.
fn is_attempt(field: &str) -> bool {
    let mut letters = field.chars().filter(|letter| !is_separator(*letter));
    let count = letters.clone().count();
    ATTEMPT.contains(&count) && letters.all(|letter| letter.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::ViewBox;

    fn frame() -> CodeFrame {
        CodeFrame::new(ViewBox::new(-2.0, 2.0, -2.0, 2.0), false, Point::new(1.0, 1.0), "a scene")
    }

    const ASKED: (PredictionKind, Span) = (PredictionKind::Landing, Span::Step);

    fn truth() -> Truth {
        let (from, landing) = (Point::new(1.0, 1.0), Point::new(0.0, 1.0));
        Truth {
            from,
            landing: Some(landing),
            path: vec![from, landing],
            length: 1.0,
            stays_within: 0.0,
            outcomes: vec![StepOutcome::Less],
            changes: None,
        }
    }

    fn code(x: f64, y: f64) -> String {
        frame().encode(&Guess::Place(Point::new(x, y)), Span::Step).unwrap()
    }

    #[test]
    fn good_codes_are_taken_and_bad_ones_named_by_their_line() {
        let [a, b, c] = [code(0.0, 1.0), code(0.5, 0.5), code(-1.0, 0.25)];
        let mistyped = a.replacen(&a[..1], if a.starts_with('A') { "B" } else { "A" }, 1);
        let text = format!(
            "\u{feff}Time,Name,Answer\n10:00,Zoë,{a}\n\n10:01;\"Kim, J.\";\"{}\"\n10:02,Ana,{mistyped}\n10:03,Bo,dunno\n10:04\tCy\tmy code is {c}\n10:05,Di,{}\n",
            b.to_lowercase(),
            &c[..12]
        );
        let answers = Answers::read(&text, &frame(), ASKED);
        assert_eq!(answers.guesses.len(), 3, "{answers:?}");
        let faults: Vec<(usize, &str)> = answers.faults.iter().map(|fault| (fault.line, fault.why.as_str())).collect();
        assert_eq!(
            faults,
            [
                (5, "a letter is wrong: its check letters do not agree"),
                (6, "there is no code in it"),
                (8, "it has 10 letters, and a code has 12 or 26"),
            ]
        );
        assert!(faults.iter().all(|(_, why)| !why.contains("Ana")), "no name is said");
    }

    #[test]
    fn guesses_are_counted_by_how_far_they_are_off_and_the_common_mistake_is_found() {
        let near_start = [(1.01, 1.0), (1.02, 1.0), (0.98, 1.03)];
        let others = [(0.0, 1.05), (0.0, 1.2), (0.4, 1.0), (0.0, 1.9), (-2.0, -2.0)];
        let text: Vec<String> = near_start.iter().chain(&others).map(|(x, y)| code(*x, *y)).collect();
        let answers = Answers::read(&text.join("\n"), &frame(), ASKED);
        assert_eq!(answers.histogram(&truth()), [1, 1, 1, 2, 3], "{:?}", answers.places());
        let cluster = answers.most_common_wrong(&truth()).unwrap();
        assert_eq!(cluster.count, 3);
        assert!((cluster.at - Point::new(1.0033, 1.01)).norm() < 1e-3, "their mean: {cluster:?}");
        let alone = Answers { guesses: answers.guesses[3..].to_vec(), ..Answers::default() };
        assert_eq!(alone.most_common_wrong(&truth()), None, "no two of them lie together");
    }

    #[test]
    fn answers_that_are_there_already_are_not_counted_again() {
        let read = |text: &str| Answers::read(text, &frame(), ASKED);
        let [a, b, c] = [code(0.0, 1.0), code(0.5, 0.5), code(-1.0, 0.25)];
        // Two of the class have the same answer.
        let table = format!("Ana,{a}\nBo,{b}\nCy,{b}");
        let mut answers = Answers::default();
        for (text, count, repeated) in [
            (table.clone(), 3, 0),
            (table.clone(), 3, 3),
            (format!("10:01;{}\n{table}\nDi,{c}", b.to_lowercase()), 5, 3),
            (format!("{a} {b} {c}"), 5, 1),
            (code(1.0, 1.0), 6, 0),
        ] {
            answers.join(read(&text));
            assert_eq!((answers.guesses.len(), answers.repeated), (count, repeated), "{text}");
        }
        let many: Vec<String> = (0..MAX_ANSWERS).map(|place| code(0.001 * place as f64 - 1.0, 0.5)).collect();
        answers.join(read(&many.join("\n")));
        answers.join(read(&many.join("\n")));
        assert_eq!(answers.guesses.len(), MAX_ANSWERS, "bounded, however many texts are brought");
    }

    #[test]
    fn answers_that_lie_on_each_other_are_one_crowd() {
        let places = [(0.5, 0.5), (0.52, 0.5), (0.5, 0.53), (-1.0, 1.0), (1.5, -1.5), (1.5, -1.51)];
        let text: Vec<String> = places.iter().map(|(x, y)| code(*x, *y)).collect();
        let answers = Answers::read(&text.join("\n"), &frame(), ASKED);
        let crowds = answers.crowds(ViewBox::new(-2.0, 2.0, -2.0, 2.0));
        assert_eq!(crowds.iter().map(|crowd| crowd.count).collect::<Vec<_>>(), [3, 2, 1], "{crowds:?}");
        assert!((crowds[0].at - Point::new(0.5067, 0.51)).norm() < 1e-3, "their mean: {crowds:?}");
        assert_eq!(Answers::default().crowds(ViewBox::new(0.0, 0.0, 0.0, 0.0)), []);
    }

    #[test]
    fn no_more_than_a_bounded_number_is_taken() {
        let text = vec![code(0.0, 0.0); MAX_ANSWERS + 10].join("\n");
        let answers = Answers::read(&text, &frame(), ASKED);
        assert_eq!((answers.guesses.len(), answers.faults.len()), (MAX_ANSWERS, 1));
        assert_eq!(answers.faults[0], Fault { line: MAX_ANSWERS + 1, why: "only the first 2000 are taken".to_owned() });
    }
}
