//! A field that takes a number as it is typed: any float64, to the last digit, and nothing is lost when it is not a number.
//!
//! What is typed is read when the field is left, so that half a number changes nothing. Escape takes it back.
//! While nothing is typed, only as many digits are shown as fit.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, Color32, Id, Key, Margin, TextEdit, TextStyle, Ui, vec2};

use super::track::requested;
use crate::landscapes::{InputError, Parameter, number};
use crate::numbers::numerals::exponent;
use crate::state::{Command, WindowCommand};
use crate::ui::widgets::hint::Hint as _;

/// A number field, ready to be shown.
pub struct NumberField<'a> {
    /// The accessible name; it differs from that of every other field, and the text being typed is kept under it.
    pub name: &'a str,
    /// What it does, for the tooltip.
    pub help: &'a str,
    /// The number with every digit, as it is shown to who types.
    pub shown: String,
    /// Its width in points.
    pub width: f32,
}

impl NumberField<'_> {
    /// Shows the field; the text that was just entered, if any.
    pub fn show(self, ui: &mut Ui) -> Option<String> {
        let id = Id::unique(("number field", self.name));
        let margin = Margin::symmetric((ui.spacing().button_padding.x * 0.75) as i8, 2);
        let draft = ui.data(|data| data.get_temp::<Draft>(id));
        let typing = draft.is_some();
        let brief = self.brief(ui, self.width - margin.sum().x);
        let Draft { before, mut text } = draft.unwrap_or_else(|| Draft { before: brief.clone(), text: brief.clone() });
        let edit = TextEdit::singleline(&mut text).id(id).margin(margin).align(Align2::RIGHT_CENTER);
        let output = edit.desired_width(self.width).min_size(vec2(0.0, ui.spacing().interact_size.y)).show(ui);
        let response = output.response.response.hint_ui(|ui| self.tooltip(ui, &brief));
        ui.ctx().accesskit_node_builder(id, |node| node.set_label(self.name));
        if let Some(value) = requested(ui, id) {
            return Some(spelled(value));
        }
        let before = if response.has_focus() && !typing { self.shown.clone() } else { before };
        if response.gained_focus() {
            if text == brief {
                text.clone_from(&self.shown);
            }
            let mut state = output.state;
            state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()))));
            state.store(ui.ctx(), id);
        }
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(id, Draft { before, text }));
            return None;
        }
        if typing {
            ui.data_mut(|data| data.remove::<Draft>(id));
        }
        // Without the focus the text changes when an assistive technology sets it.
        let left = response.lost_focus() && !ui.input(|input| input.key_pressed(Key::Escape));
        ((left || response.changed()) && text != before).then_some(text)
    }

    /// The number with at most four digits that count, and no more than fit the width; whole numbers that fit stay whole.
    fn brief(&self, ui: &Ui, width: f32) -> String {
        const DIGITS: usize = 4;
        let font = TextStyle::Body.resolve(ui.style());
        let fits = |text: &str| {
            ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Color32::PLACEHOLDER).size().x <= width
        };
        let Ok(value) = plain(&self.shown).parse::<f64>() else { return self.shown.clone() };
        if fits(&self.shown) && (value.fract() == 0.0 || rounded(value, DIGITS) == value) {
            return self.shown.clone();
        }
        let mut texts = (1..=DIGITS).rev().map(|digits| spelled(rounded(value, digits)));
        texts.find(|text| fits(text)).unwrap_or_else(|| spelled(rounded(value, 1)))
    }

    /// With the number itself where it is too long for its field.
    fn tooltip(&self, ui: &mut Ui, brief: &str) {
        ui.set_max_width(ui.spacing().tooltip_width);
        ui.label(self.help);
        if self.shown != brief {
            ui.label(&self.shown);
        }
    }
}

/// What is being typed, and what it was before.
#[derive(Clone)]
struct Draft {
    before: String,
    text: String,
}

/// The nearest number with this many significant digits.
fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits - 1).parse().unwrap_or(value)
}

/// Pushes the command for a number, or says why the text is not a number.
pub fn push_read(read: Result<f64, InputError>, commands: &mut Vec<Command>, command: impl FnOnce(f64) -> Command) {
    commands.push(match read {
        Ok(value) => command(value),
        Err(error) => Command::Window(WindowCommand::Say(error.to_string())),
    });
}

/// Reads a parameter's value by the name it has on screen; a true minus sign is one, too.
///
/// # Errors
/// [`InputError`] naming the parameter and the word.
pub fn read(parameter: &Parameter, text: &str) -> Result<f64, InputError> {
    Parameter { name: parameter.label, ..*parameter }.read(&plain(text))
}

/// Reads a whole number, as a seed is.
///
/// # Errors
/// [`InputError`] naming `name` and the word.
pub fn read_whole(name: &str, text: &str) -> Result<u64, InputError> {
    let text = plain(text);
    text.parse().map_err(|_| InputError::NotWhole { name: name.to_owned(), word: text.clone(), most: u64::MAX })
}

/// Reads a coordinate.
///
/// # Errors
/// [`InputError`] naming `name` and the word.
pub fn read_coordinate(name: &str, text: &str) -> Result<f64, InputError> {
    number(name, &plain(text))
}

/// The text as it is parsed: a power of ten as it is written on screen, 10⁻³, is accepted, too.
fn plain(text: &str) -> String {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let level = |letter: char| match letter {
        '−' | '⁻' => '-',
        _ => RAISED.chars().position(|raised| raised == letter).map_or(letter, |digit| (b'0' + digit as u8) as char),
    };
    text.trim().replace("·10", "e").chars().map(level).collect()
}

/// The shortest spelling that reads back to the same number.
pub fn spelled(value: f64) -> String {
    let [plain, scientific] = [value.to_string(), format!("{value:e}")];
    let shorter = if plain.len() <= scientific.len() + 2 { plain } else { scientific };
    exponent(&shorter).replace('-', "−")
}

/// As [`spelled`], with zeros added up to four significant digits, so that nothing jitters while it is dragged.
pub fn spelled_steadily(value: f64) -> String {
    let plain = (1e-3..1e5).contains(&value.abs());
    let text = if plain { value.to_string() } else { format!("{value:e}") };
    let (mantissa, power) = text.split_at(text.find('e').unwrap_or(text.len()));
    let digits = mantissa.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    let point = if mantissa.contains('.') || digits >= 4 { "" } else { "." };
    let zeros = "0".repeat(4usize.saturating_sub(digits));
    exponent(&format!("{mantissa}{point}{zeros}{power}")).replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_to_the_same_bits() {
        for value in [1.0, 0.1 + 0.2, -2.5e-17, 1e300, f64::MIN_POSITIVE, 123_456.789, 0.0] {
            for text in [spelled(value), spelled_steadily(value)] {
                assert_eq!(read_coordinate("x", &text), Ok(value), "{text}");
            }
        }
        assert_eq!(spelled(1e-8), "1·10⁻⁸", "short");
        let steady = [0.036, 0.5, 2.0, 0.0028, 8.9e-4, 1234.5].map(spelled_steadily);
        assert_eq!(steady, ["0.03600", "0.5000", "2.000", "0.002800", "8.900·10⁻⁴", "1234.5"], "four digits");
    }

    #[test]
    fn what_is_no_number_is_named() {
        let parameter = Parameter::log("lr", "η", 0.1, [1e-5, 10.0]).described("learning rate", "");
        for text in ["junk", "nan", "1e999", "0", "−1"] {
            let error = read(&parameter, text).unwrap_err().to_string();
            assert!(error.starts_with("learning rate") && error.contains(&plain(text)), "{error}");
        }
        assert!(read_whole("data seed", "1.5").unwrap_err().to_string().contains("whole number"), "a seed is whole");
    }
}
