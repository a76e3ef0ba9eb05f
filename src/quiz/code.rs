//! A guess as a short code that can be read aloud and typed: no two letters look alike, and a typing mistake is noticed.
//!
//! A code has a version, what it answers, a mark of the question it belongs to, and the guess in the frame of the scene: 12
//! letters for a place or a word, 26 for a path. It has no name in it.

use super::check::{LONGEST, check_of, letter, value};
use super::truth::resampled;
use super::{Guess, PredictionKind, Span, StepOutcome};
use crate::landscapes::ViewBox;
use crate::numbers::{Point, Vector};

/// The version of the codes.
const VERSION: u64 = 1;
/// Bits of the version, the kind, the span and the mark of the question.
const HEADER: [u32; 4] = [2, 2, 1, 11];
/// Bits of a coordinate of a place, and how many frames wide its range is.
const PLACE: (u32, f64) = (17, 4.0);
/// Bits of a coordinate of a place on a path after the first one, and how many frames wide its range is.
const STATION: (u32, f64) = (10, 2.0);
/// Places on a path.
const STATIONS: usize = 5;
/// Bits of a word, and of the number that keeps the same word of two students apart.
const WORD: [u32; 2] = [4, 30];
/// Bits in a letter.
const LETTER: u32 = 5;
/// Letters in a group.
const GROUP: usize = 4;
/// The letters of a code, check letters included: of a place or a word, and of a path.
pub const LENGTHS: [usize; 2] = [12, 26];
const _: () = assert!(LENGTHS[1] <= LONGEST, "the check letters reach as far");

/// The question that codes belong to: where its guesses lie, and which it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodeFrame {
    center: Point,
    half: Vector,
    /// From where the step leads: a path begins there.
    from: Point,
    /// A mark of the scene, that a code of another one is noticed.
    mark: u64,
    /// A number of its own: the same word of two students has two codes, so that neither is taken for the other.
    own: u64,
}

/// Why a code is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// It has a letter that no code has.
    #[error("a code never has the letter {0}")]
    Letter(char),
    /// It is too short or too long.
    #[error("it has {0} letters, and a code has 12 or 26")]
    Length(usize),
    /// Its check letters do not belong to it.
    #[error("a letter is wrong: its check letters do not agree")]
    Mistyped,
    /// It is of a later version, or has a guess that there is not.
    #[error("it was made by another version of the program")]
    Version,
    /// It answers another kind of question.
    #[error("it answers a question about the {0}")]
    OtherKind(&'static str),
    /// It belongs to another scene.
    #[error("it belongs to another scene or another step")]
    OtherScene,
}

impl CodeFrame {
    /// The frame of a scene which is seen in this box, and described by this text, to the last digit; `from` is where the step begins.
    /// For a loss of one weight the other one stays where it is.
    pub fn new(frame: ViewBox, is_one_weight: bool, from: Point, description: &str) -> Self {
        let center = frame.center();
        let center = if is_one_weight { Point::new(center.x, from.y) } else { center };
        let half = Vector::new(frame.width() / 2.0, frame.height() / 2.0);
        // Folded to the bits there are.
        let hash = description.bytes().map(u64::from).fold(HASH, hashed);
        let mark = (hash ^ (hash >> 32) ^ (hash >> 48)) & ((1 << HEADER[3]) - 1);
        Self { center, half, from, mark, own: 0 }
    }

    /// The frame with this number of its own, which goes into the codes of words.
    #[must_use]
    pub fn with_own(self, own: u64) -> Self {
        Self { own: own & ((1 << WORD[1]) - 1), ..self }
    }

    /// A guess as a code in groups of four letters; `None` where it lies too far outside of the frame.
    pub fn encode(&self, guess: &Guess, span: Span) -> Option<String> {
        let mut bits = Bits::default();
        let kind = PredictionKind::ALL.iter().position(|kind| *kind == guess.kind())? as u64;
        let header = [VERSION, kind, u64::from(span == Span::Run), self.mark];
        for (value, width) in std::iter::zip(header, HEADER) {
            bits.push(value, width);
        }
        match guess {
            Guess::Place(at) => self.push_place(*at, PLACE, &mut bits)?,
            Guess::Path(places) => {
                let whole: Vec<Point> = std::iter::once(self.from).chain(places.iter().copied()).collect();
                for at in &resampled(&whole, STATIONS + 1)[1..] {
                    self.push_place(*at, STATION, &mut bits)?;
                }
            }
            Guess::Outcome(outcome) => {
                let index = StepOutcome::ALL.iter().position(|known| known == outcome)?;
                bits.push(index as u64, WORD[0]);
                bits.push(self.own, WORD[1]);
            }
        }
        let mut letters = bits.letters();
        letters.extend(check_of(&letters));
        let letters: Vec<char> = letters.into_iter().map(letter).collect();
        Some(grouped(&letters))
    }

    /// A text about as wide as the widest code of an answer of this kind.
    pub fn longest(kind: PredictionKind) -> String {
        let letters = vec!['Q'; LENGTHS[usize::from(kind == PredictionKind::Path)]];
        grouped(&letters)
    }

    /// The guess of a code, written in any case and grouped in any way.
    ///
    /// # Errors
    /// Why it is not a code, or not one of this question.
    pub fn decode(&self, code: &str, asked: (PredictionKind, Span)) -> Result<Guess, CodeError> {
        let clean = code.chars().filter(|letter| !is_separator(*letter));
        let values: Vec<u8> =
            clean.map(|letter| value(letter).ok_or(CodeError::Letter(letter))).collect::<Result<_, _>>()?;
        if !LENGTHS.contains(&values.len()) {
            return Err(CodeError::Length(values.len()));
        }
        let (letters, check) = values.split_at(values.len() - 2);
        if check_of(letters) != check {
            return Err(CodeError::Mistyped);
        }
        let mut bits = Bits::of(letters);
        let [version, kind, is_run, mark] = HEADER.map(|width| bits.pull(width));
        let kind = PredictionKind::ALL.get(kind as usize).filter(|_| version == VERSION).ok_or(CodeError::Version)?;
        let span = if is_run == 1 { Span::Run } else { Span::Step };
        if (letters.len() + 2 == LENGTHS[1]) != (*kind == PredictionKind::Path) {
            return Err(CodeError::Version);
        }
        if (*kind, span) != asked {
            return Err(CodeError::OtherKind(kind.id()));
        }
        if mark != self.mark {
            return Err(CodeError::OtherScene);
        }
        match kind {
            PredictionKind::Landing => Ok(Guess::Place(self.pull_place(PLACE, &mut bits))),
            PredictionKind::Path => {
                Ok(Guess::Path((0..STATIONS).map(|_| self.pull_place(STATION, &mut bits)).collect()))
            }
            PredictionKind::Outcome => {
                let outcome = StepOutcome::ALL.get(bits.pull(WORD[0]) as usize);
                outcome.map(|outcome| Guess::Outcome(*outcome)).ok_or(CodeError::Version)
            }
        }
    }

    fn push_place(&self, at: Point, (width, frames): (u32, f64), bits: &mut Bits) -> Option<()> {
        let last = ((1_u64 << width) - 1) as f64;
        for axis in 0..2 {
            let share = 0.5 + 0.5 * (at[axis] - self.center[axis]) / (frames * self.half[axis]);
            (0.0..=1.0).contains(&share).then(|| bits.push((share * last).round() as u64, width))?;
        }
        Some(())
    }

    fn pull_place(&self, (width, frames): (u32, f64), bits: &mut Bits) -> Point {
        let last = ((1_u64 << width) - 1) as f64;
        let mut along = |axis: usize| {
            let share = bits.pull(width) as f64 / last;
            self.center[axis] + (2.0 * share - 1.0) * frames * self.half[axis]
        };
        Point::new(along(0), along(1))
    }
}

/// Letters in groups.
fn grouped(letters: &[char]) -> String {
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// A mark of a code, however it is grouped and written.
pub(super) fn mark_of(code: &str) -> u64 {
    let clean = code.chars().filter(|letter| !is_separator(*letter));
    clean.fold(HASH, |mark, letter| hashed(mark, u64::from(letter.to_ascii_uppercase())))
}

/// The first value of FNV-1a.
const HASH: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: a hash, and what comes next.
fn hashed(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0100_0000_01b3)
}

/// What may stand between the letters of a code.
pub(super) fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || ['-', '–', '‑', '_'].contains(&letter)
}

/// A row of bits, the first ones first.
#[derive(Default)]
struct Bits {
    bits: Vec<bool>,
    read: usize,
}

impl Bits {
    fn of(letters: &[u8]) -> Self {
        let mut bits = Self::default();
        for letter in letters {
            bits.push(u64::from(*letter), LETTER);
        }
        bits
    }

    fn push(&mut self, value: u64, width: u32) {
        self.bits.extend((0..width).rev().map(|place| (value >> place) & 1 == 1));
    }

    fn pull(&mut self, width: u32) -> u64 {
        let end = (self.read + width as usize).min(self.bits.len());
        let value = self.bits[self.read..end].iter().fold(0, |value, bit| 2 * value + u64::from(*bit));
        self.read = end;
        value
    }

    fn letters(&self) -> Vec<u8> {
        let letter = |bits: &[bool]| {
            (0..LETTER as usize).fold(0, |value, place| 2 * value + u8::from(bits.get(place).copied().unwrap_or(false)))
        };
        self.bits.chunks(LETTER as usize).map(letter).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn frame(description: &str) -> CodeFrame {
        CodeFrame::new(ViewBox::new(-3.0, 5.0, -2.0, 1.0), false, Point::new(1.0, 0.5), description)
    }

    fn outcome() -> impl Strategy<Value = Guess> {
        proptest::sample::select(StepOutcome::ALL.to_vec()).prop_map(Guess::Outcome)
    }

    fn place() -> impl Strategy<Value = Point> {
        (-7.0..9.0, -3.5..2.5).prop_map(|(x, y)| Point::new(x, y))
    }

    fn guess() -> impl Strategy<Value = Guess> {
        let path = proptest::collection::vec(place(), 1..60).prop_map(Guess::Path);
        prop_oneof![place().prop_map(Guess::Place), outcome(), path]
    }

    proptest! {
        #[test]
        fn a_guess_comes_back_from_its_code(guess in guess(), is_run: bool, small: bool) {
            let span = if is_run { Span::Run } else { Span::Step };
            let frame = frame("a scene");
            let Some(code) = frame.encode(&guess, span) else {
                prop_assert!(matches!(guess, Guess::Path(_)), "only a path may lead too far out: {guess:?}");
                return Ok(());
            };
            let typed = if small { code.to_lowercase().replace('-', " ") } else { code.replace('-', "") };
            let found = frame.decode(&typed, (guess.kind(), span)).unwrap();
            match (&guess, &found) {
                (Guess::Place(at), Guess::Place(back)) => {
                    let off = (at - back).abs();
                    prop_assert!(off.x <= 8.0 * 1.6e-5 && off.y <= 3.0 * 1.6e-5, "{at} and {back}");
                }
                (Guess::Path(places), Guess::Path(back)) => {
                    let whole: Vec<Point> = std::iter::once(frame.from).chain(places.iter().copied()).collect();
                    for (at, back) in std::iter::zip(&resampled(&whole, STATIONS + 1)[1..], back) {
                        let off = (at - back).abs();
                        prop_assert!(off.x <= 8.0 * 1e-3 && off.y <= 3.0 * 1e-3, "{at} and {back}");
                    }
                }
                _ => prop_assert_eq!(&guess, &found),
            }
            prop_assert_eq!(frame.decode(&code, (guess.kind(), span)), Ok(found), "however it is written");
        }

        #[test]
        fn one_or_two_wrong_letters_are_noticed(guess in guess(), places: [prop::sample::Index; 2], by in 1_u8..32, and in 0_u8..32) {
            let frame = frame("a scene");
            let kind = guess.kind();
            let Some(code) = frame.encode(&guess, Span::Step) else { return Ok(()) };
            let mut values: Vec<u8> = code.chars().filter_map(value).collect();
            let [one, other] = places.map(|place| place.index(values.len()));
            values[one] ^= by;
            if one != other {
                values[other] ^= and;
            }
            let typed: String = values.iter().map(|value| letter(*value)).collect();
            prop_assert_eq!(frame.decode(&typed, (kind, Span::Step)), Err(CodeError::Mistyped));
        }

        #[test]
        fn two_letters_that_changed_places_are_noticed(guess in guess(), places: [prop::sample::Index; 2]) {
            let frame = frame("a scene");
            let Some(code) = frame.encode(&guess, Span::Run) else { return Ok(()) };
            let mut letters: Vec<char> = code.chars().filter(|letter| !is_separator(*letter)).collect();
            let [one, other] = places.map(|place| place.index(letters.len()));
            let are_different = letters[one] != letters[other];
            letters.swap(one, other);
            let typed: String = letters.into_iter().collect();
            let found = frame.decode(&typed, (guess.kind(), Span::Run));
            prop_assert_eq!(found == Err(CodeError::Mistyped), are_different);
        }

        #[test]
        fn whatever_is_typed_is_a_guess_or_an_error(text in "\\PC{0,40}", letters in "[2-9A-HJ-NP-Z]{12}") {
            for text in [text, letters] {
                for kind in PredictionKind::ALL {
                    if let Ok(guess) = frame("a scene").decode(&text, (kind, Span::Step)) {
                        prop_assert!(guess.is_sound());
                    }
                }
            }
        }
    }

    /// Two students who agree have two codes, and who sends one twice is known again.
    #[test]
    fn the_same_word_of_two_students_has_two_codes() {
        let [one, other] = [7, 8].map(|own| frame("a scene").with_own(own));
        let guess = Guess::Outcome(StepOutcome::Rises);
        let code = |frame: CodeFrame| frame.encode(&guess, Span::Step).unwrap();
        assert_ne!(code(one), code(other));
        assert_eq!(code(one), code(one));
        for code in [code(one), code(other)] {
            let found = frame("a scene").decode(&code, (PredictionKind::Outcome, Span::Step));
            assert_eq!(found.as_ref(), Ok(&guess));
        }
    }

    #[test]
    fn codes_have_no_letters_that_look_alike_and_say_what_is_wrong() {
        let guess = Guess::Place(Point::new(0.25, -0.5));
        let code = frame("a scene").encode(&guess, Span::Step).unwrap();
        assert_eq!((code.len(), code.matches('-').count()), (14, 2), "three groups of four: {code}");
        assert!(!code.contains(['I', 'O', '0', '1']), "{code}");
        let landing = (PredictionKind::Landing, Span::Step);
        let errors = [
            (frame("a scene").decode(&format!("{}O", &code[..13]), landing), "a code never has the letter O"),
            (frame("a scene").decode(&code[..13], landing), "it has 11 letters, and a code has 12 or 26"),
            (frame("another").decode(&code, landing), "it belongs to another scene or another step"),
            (
                frame("a scene").decode(&code, (PredictionKind::Outcome, Span::Step)),
                "it answers a question about the landing",
            ),
        ];
        for (found, words) in errors {
            assert_eq!(found.unwrap_err().to_string(), words);
        }
        assert_eq!(frame("a scene").encode(&Guess::Place(Point::new(1e6, 0.0)), Span::Step), None, "too far out");
    }
}
