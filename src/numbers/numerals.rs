//! Numbers as people read them: as many digits as mean something, a true minus sign, a fixed width where they change.

/// The digits of a number that count, where nothing asks for more.
const DIGITS: usize = 4;
/// Whole numbers of fewer digits have no gaps between thousands.
const UNSPACED: usize = 5;

/// From here on one digit is enough: a diverged loss has no more that anyone reads, and its exponent takes their room.
const ASTRONOMIC: f64 = 1e100;

/// A loss or a length: four significant digits, with an exponent where it is very large or small.
pub fn number(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return if value.is_nan() {
            "undefined".to_owned()
        } else if value > 0.0 {
            "∞".to_owned()
        } else {
            "−∞".to_owned()
        };
    }
    let text = match value.abs() {
        size if (1e-3..1e5).contains(&size) => plain(value, DIGITS),
        ASTRONOMIC.. => exponent(&format!("{value:.0e}")),
        _ => exponent(&format!("{value:.2e}")),
    };
    spaced(&text).replace('-', "−")
}

/// With gaps between thousands from five digits before the decimal point on: `57 800`, but `1234`.
pub fn spaced(text: &str) -> String {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let from = text.find(is_digit).unwrap_or(text.len());
    let end = text[from..].find(|letter| !is_digit(letter)).map_or(text.len(), |length| from + length);
    let whole = &text[from..end];
    if whole.len() < UNSPACED {
        return text.to_owned();
    }
    let (first, rest) = whole.split_at(whole.len() % 3);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (!first.is_empty()).then(|| first.to_owned());
    let groups: Vec<String> = head.into_iter().chain(groups).collect();
    format!("{}{}{}", &text[..from], groups.join("\u{a0}"), &text[end..])
}

/// With this many significant digits and no exponent; the decimals are those that the rounded number needs.
fn plain(value: f64, digits: usize) -> String {
    let rounded = format!("{value:.*e}", digits.saturating_sub(1));
    let power: i32 = rounded.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0);
    let decimals = (digits as i32 - 1 - power).max(0) as usize;
    format!("{value:.decimals$}")
}

/// A change of the loss, with its sign.
pub fn change(value: f64) -> String {
    let text = number(value);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// Changes closer to each other than this share are one number that was rounded differently.
const ROUNDING: f64 = 1e-9;

/// Changes of the loss side by side: up to six significant digits, as many as tell them apart.
///
/// What differs by rounding alone is written alike, also where the last digit shown is a tie.
pub fn changes<const N: usize>(values: [f64; N]) -> [String; N] {
    let same = |a: f64, b: f64| (a - b).abs() <= ROUNDING * a.abs().max(b.abs());
    let values = values.map(|value| values.into_iter().find(|other| same(*other, value)).unwrap_or(value));
    let finest = values.map(|value| significant(value, 6));
    let tells_apart =
        |texts: &[String; N]| (0..N).all(|a| (0..a).all(|b| (texts[a] == texts[b]) == (finest[a] == finest[b])));
    let short = values.map(change);
    if tells_apart(&short) {
        return short;
    }
    (DIGITS + 1..6)
        .map(|digits| values.map(|value| signed(value, digits)))
        .find(tells_apart)
        .unwrap_or_else(|| values.map(|value| signed(value, 6)))
}

/// The same without their signs, as a sentence says them: "a drop of 68.05".
pub fn amounts<const N: usize>(values: [f64; N]) -> [String; N] {
    changes(values).map(|text| text.trim_start_matches(['+', '−']).to_owned())
}

fn signed(value: f64, digits: usize) -> String {
    let text = significant(value, digits);
    if value > 0.0 { format!("+{text}") } else { text }
}

/// A number with this many significant digits.
pub fn significant(value: f64, digits: usize) -> String {
    if value == 0.0 || !value.is_finite() || value.abs() >= ASTRONOMIC {
        return number(value);
    }
    let text = if (1e-3..1e5).contains(&value.abs()) {
        plain(value, digits)
    } else {
        exponent(&format!("{value:.*e}", digits.saturating_sub(1)))
    };
    spaced(&text).replace('-', "−")
}

/// A coordinate: a fixed number of decimals, so that it does not jitter while it moves.
pub fn coordinate(value: f64) -> String {
    if value.is_nan() || value.abs() >= 1e5 {
        return number(value);
    }
    let text = format!("{value:.4}");
    // What rounds to zero has no sign.
    if text == "-0.0000" { text[1..].to_owned() } else { spaced(&text).replace('-', "−") }
}

/// A coordinate with as many decimals as tell it from one this far away, at least those of [`coordinate`].
pub fn coordinate_within(value: f64, apart: f64) -> String {
    /// More decimals than these no number near 1 has.
    const MOST: usize = 17;
    let decimals = if apart > 0.0 { (-apart.log10()).ceil().clamp(0.0, MOST as f64) as usize } else { 0 };
    if decimals <= 4 || !value.is_finite() || value.abs() >= 1e5 {
        return coordinate(value);
    }
    spaced(&format!("{value:.decimals$}")).replace('-', "−")
}

/// A parameter's value: the shortest form of its four significant digits, whole numbers whole, with a true minus sign.
pub fn parameter(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 || !value.is_finite() {
        return number(value);
    }
    if (1e-4..1e6).contains(&magnitude) {
        let rounded: f64 = format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value);
        let rounded = if value.fract() == 0.0 { value } else { rounded };
        return spaced(&rounded.to_string()).replace('-', "−");
    }
    exponent(&format!("{value:.2e}")).replace('-', "−")
}

/// A share in percent: 0.1 is `10 %`.
pub fn percent(share: f64) -> String {
    format!("{} %", parameter(100.0 * share))
}

/// A size in a sentence: two significant digits, three from a hundred on, no sign.
pub fn brief(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude == 0.0 || !magnitude.is_finite() {
        return number(magnitude);
    }
    let digits = if magnitude < 99.5 { 1 } else { 2 };
    let text = format!("{magnitude:.digits$e}");
    let rounded: f64 = text.parse().unwrap_or(magnitude);
    if !(1e-3..1e5).contains(&rounded) {
        return exponent(&text);
    }
    let decimals = (1 - rounded.log10().floor() as i32).max(0) as usize;
    // What lies exactly in the middle has no nearest: one digit more says all of it.
    let more = format!("{magnitude:.2e}");
    if digits == 1 && more.contains("5e") && more.parse() == Ok(magnitude) {
        let decimals = (2 - magnitude.log10().floor() as i32).max(0) as usize;
        return format!("{magnitude:.decimals$}");
    }
    spaced(&format!("{rounded:.decimals$}"))
}

/// A count that may be very large: 60, 12 300, 10⁶, 3.2·10⁹.
pub fn rough(value: f64) -> String {
    if (0.0..1e5).contains(&value) && value.fract() == 0.0 {
        return grouped(value as usize);
    }
    brief(value).replace("1.0·10", "10").replace("1.00·10", "10")
}

/// A number of bytes in decimal units, to three digits: 4 TB.
pub fn bytes(value: f64) -> String {
    const UNITS: [&str; 9] = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"];
    in_units(value, &UNITS)
}

/// A duration: 1.2 µs, 3 min, 4 days, 12 years.
pub fn seconds(value: f64) -> String {
    const SHORT: [&str; 4] = ["ns", "µs", "ms", "s"];
    const LONG: [(f64, &str); 4] = [(31_557_600.0, "years"), (86_400.0, "days"), (3600.0, "h"), (60.0, "min")];
    if !value.is_finite() {
        return number(value);
    }
    match LONG.into_iter().find(|(unit, _)| value >= 2.0 * unit) {
        Some((unit, name)) => format!("{} {name}", brief(value / unit)),
        None if value < 1.0 => in_units(value * 1e9, &SHORT),
        None => format!("{} s", brief(value)),
    }
}

/// With the largest unit of which there is at least one; each is a thousand of the one before.
fn in_units(value: f64, units: &[&str]) -> String {
    let mut value = value;
    for (index, unit) in units.iter().enumerate() {
        let text = brief(value);
        let text = text.strip_suffix(".0").unwrap_or(&text);
        if text != "1000" && value < 999.5 || index + 1 == units.len() {
            return format!("{text} {unit}");
        }
        value /= 1000.0;
    }
    number(value)
}

/// Two sizes side by side in a sentence: two significant digits, or as many as tell them apart.
pub fn apart(a: f64, b: f64) -> [String; 2] {
    apart_by(brief, a, b)
}

/// Two sizes side by side, written by `form` where that tells them apart.
pub fn apart_by(form: fn(f64) -> String, a: f64, b: f64) -> [String; 2] {
    let short = [a, b].map(form);
    if short[0] != short[1] || a == b {
        return short;
    }
    let rounded = |value: f64, digits: usize| format!("{value:.*e}", digits - 1);
    let digits = (3..=17).find(|digits| rounded(a, *digits) != rounded(b, *digits));
    digits.map_or(short, |digits| [a, b].map(|value| significant(value.abs(), digits)))
}

/// `1.23e-7` as `1.23·10⁻⁷`.
pub fn exponent(text: &str) -> String {
    let Some((mantissa, power)) = text.split_once('e') else { return text.to_owned() };
    let power: String = power
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect();
    format!("{mantissa}·10{power}").replace('-', "−")
}

/// Things that are counted, in the number that the count asks for: `1 loss`, `20 000 losses`.
pub fn counted(count: usize, one: &str) -> String {
    format!("{} {}", grouped(count), plural(count, one))
}

/// The word for this many things: with a count of one as it is, else with an s.
pub fn plural(count: usize, one: &str) -> String {
    match one {
        _ if count == 1 => one.to_owned(),
        _ if one.ends_with('s') => format!("{one}es"),
        _ => format!("{one}s"),
    }
}

/// A number that reads back to the same bits, as the command line takes it: `0.05`, `1e-8`.
pub fn exact(value: f64) -> String {
    if value == 0.0 || (1e-4..1e7).contains(&value.abs()) { value.to_string() } else { format!("{value:e}") }
}

/// A count with gaps between thousands as every number has them: `1 000 000`, but `1000`.
pub fn grouped(count: usize) -> String {
    spaced(&count.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_as_many_decimals_as_tell_neighbors_apart() {
        for (value, apart, text) in [
            (0.5, 0.01, "0.5000"),
            (-1.25, 3.9e-12, "−1.250000000000"),
            (0.1 + 0.2, 4e-15, "0.300000000000000"),
            (3.0, 0.0, "3.0000"),
            (2e5, 1e-9, "2.00·10⁵"),
        ] {
            assert_eq!(coordinate_within(value, apart), text);
        }
        let [a, b] = [0.123_456_789_012, 0.123_456_789_013].map(|value| coordinate_within(value, 1e-12));
        assert_ne!(a, b);
    }

    #[test]
    fn numbers_are_as_people_write_them() {
        for (value, text) in [
            (0.0, "0"),
            (23.782_9, "23.78"),
            (-0.123_45, "−0.1235"),
            (0.999_99, "1.000"),
            (0.053_27, "0.05327"),
            (1234.5, "1234"),
            (1.23e-7, "1.23·10⁻⁷"),
            (-4e12, "−4.00·10¹²"),
            (9.96e99, "9.96·10⁹⁹"),
            (-2.98e204, "−3·10²⁰⁴"),
            (f64::INFINITY, "∞"),
        ] {
            assert_eq!(number(value), text, "{value}");
        }
        for (value, text) in [
            (-68.05, "68"),
            (4.04, "4.0"),
            (9.96, "10"),
            (137.4, "137"),
            (0.0123, "0.012"),
            (0.0625, "0.0625"),
            (-9.95, "9.95"),
            (0.750, "0.75"),
            (3.1e-18, "3.1·10⁻¹⁸"),
            (f64::NAN, "undefined"),
        ] {
            assert_eq!(brief(value), text, "{value} in a sentence");
        }
        for (value, text) in [(8e6, "8 MB"), (4.000_012e12, "4 TB"), (999.6, "1 kB"), (40.0, "40 B"), (4e24, "4 YB")] {
            assert_eq!(bytes(value), text, "{value} bytes");
        }
        for (value, text) in [
            (1.5e-5, "15 µs"),
            (0.25, "250 ms"),
            (3.0, "3.0 s"),
            (240.0, "4.0 min"),
            (4e5, "4.6 days"),
            (1e9, "32 years"),
        ] {
            assert_eq!(seconds(value), text, "{value} s");
        }
        for (value, text) in [(2.0, "2"), (1e6, "10⁶"), (3.2e9, "3.20·10⁹"), (151.3, "151")] {
            assert_eq!(rough(value), text, "{value}");
        }
        for (a, b, texts) in [
            (0.2, 0.1, ["0.20", "0.10"]),
            (0.1001, 0.1, ["0.1001", "0.1000"]),
            (0.099_96, 0.1, ["0.09996", "0.1000"]),
            (2.000_000_1e-7, 2e-7, ["2.0000001·10⁻⁷", "2.0000000·10⁻⁷"]),
            (137.4, 137.2, ["137.4", "137.2"]),
            (0.1, 0.1, ["0.10", "0.10"]),
            (f64::NAN, 1.0, ["undefined", "1.0"]),
        ] {
            assert_eq!(apart(a, b), texts, "{a} beside {b}");
        }
        assert_eq!(grouped(1_000_000), "1\u{a0}000\u{a0}000", "a count");
        assert_eq!(grouped(12), "12", "a small count");
        let [plane, quadratic, truth] = changes([-1.2495, -1.062_075, -1.062_074_999_999_999_9]);
        assert_eq!(quadratic, truth, "the same but for rounding");
        assert_ne!(plane, truth, "truly apart");
        assert_eq!(changes([-0.86, -0.8545]), ["−0.8600", "−0.8545"], "no more digits than tell them apart");
        assert_eq!(change(-68.049), "−68.05", "a drop");
        assert_eq!(change(3.351), "+3.351", "a rise");
        assert_eq!(change(-0.057_43), "−0.05743", "a small drop");
        assert_eq!(amounts([-68.049, 3.351]), ["68.05", "3.351"], "in a sentence");
        assert_eq!([0.1, 0.015, 0.07].map(percent), ["10 %", "1.5 %", "7 %"], "shares");
        let rates = [0.0028, 0.012_345, 123_456.0].map(parameter);
        assert_eq!(rates, ["0.0028", "0.01235", "123\u{a0}456"], "as short as they can be read");
        assert_eq!(coordinate(2.0), "2.0000", "fixed digits");
        assert_eq!(coordinate(-0.0), "0.0000", "no negative zero");
        assert_eq!(coordinate(-4e-5), "0.0000", "no negative zero by rounding");
        assert_eq!(coordinate(-1.5), "−1.5000", "a true minus");
        assert_eq!(parameter(-0.0), "0", "no negative zero");
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!([parameter(value), coordinate(value)], [number(value), number(value)], "no number as such");
        }
    }

    /// However a number is written, its thousands are apart from five digits on, and not before.
    #[test]
    fn thousands_are_grouped_alike_by_every_function() {
        for (value, text) in [(57_800.0, "57\u{a0}800"), (9_876.0, "9876"), (10_000.0, "10\u{a0}000"), (1000.0, "1000")]
        {
            let all = [number(value), significant(value, 4), parameter(value), coordinate(value), rough(value)];
            for (written, form) in std::iter::zip(all, ["number", "significant", "parameter", "coordinate", "rough"]) {
                assert!(written.split('.').next() == Some(text), "{value} by {form}: {written}");
            }
            assert_eq!(grouped(value as usize), text);
            assert_eq!(change(value), format!("+{text}"));
        }
        assert_eq!(brief(12_345.0), "12\u{a0}300", "in a sentence");
        assert_eq!(number(-57_801.0), "−57\u{a0}801");
    }

    #[test]
    fn what_is_counted_is_in_its_number() {
        for (count, one, text) in [
            (0, "step", "0 steps"),
            (1, "loss", "1 loss"),
            (2, "loss", "2 losses"),
            (1, "Hessian", "1 Hessian"),
            (12_000, "sample", "12\u{a0}000 samples"),
        ] {
            assert_eq!(counted(count, one), text);
        }
    }

    #[test]
    fn exact_numbers_are_short_and_read_back() {
        for (value, text) in [
            (0.05, "0.05"),
            (1e-8, "1e-8"),
            (-2.5e-300, "-2.5e-300"),
            (1e7, "1e7"),
            (1_234_567.0, "1234567"),
            (0.0, "0"),
            (0.000_1, "0.0001"),
            (f64::MAX, "1.7976931348623157e308"),
        ] {
            assert_eq!(exact(value), text);
            assert_eq!(text.parse(), Ok(value));
        }
    }

    #[test]
    fn changes_that_differ_look_different() {
        for (values, texts) in [
            ([-68.05, -30.1, -20.26], ["−68.05", "−30.10", "−20.26"]),
            ([-0.123_41, -0.123_44, 2.0], ["−0.12341", "−0.12344", "+2.0000"]),
            ([-4.0, -4.0, -4.000_000_001], ["−4.000", "−4.000", "−4.000"]),
            ([-12.345, -12.345, -12.345_6], ["−12.345", "−12.345", "−12.346"]),
            ([-1.2345e-7, -1.2346e-7, 0.0], ["−1.2345·10⁻⁷", "−1.2346·10⁻⁷", "0"]),
            ([-2.981e204, 2.0, 2.982e204], ["−3·10²⁰⁴", "+2.000", "+3·10²⁰⁴"]),
        ] {
            assert_eq!(changes(values), texts, "{values:?}");
        }
    }
}
