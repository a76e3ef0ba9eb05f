//! Numbers as text: the fewest digits that read back to the same bits.

/// Appends a finite number: `0.1`, `3`, `1e-300`; negative zero keeps its sign as `-0.0`, everything else whole loses its `.0`.
pub fn push_number(text: &mut Vec<u8>, value: f64) {
    let mut buffer = zmij::Buffer::new();
    let digits = buffer.format(value);
    if let Some((mantissa, power)) = digits.split_once("e+") {
        text.extend_from_slice(mantissa.as_bytes());
        text.push(b'e');
        text.extend_from_slice(power.as_bytes());
        return;
    }
    let whole = digits.strip_suffix(".0").filter(|whole| *whole != "-0");
    text.extend_from_slice(whole.unwrap_or(digits).as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(value: f64) -> String {
        let mut text = Vec::new();
        push_number(&mut text, value);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn numbers_are_short_and_read_back_to_the_same_bits() {
        for (value, expected) in [
            (3.0, "3"),
            (0.1, "0.1"),
            (-0.0, "-0.0"),
            (1e6, "1000000"),
            (-1.5e200, "-1.5e200"),
            (f64::MIN_POSITIVE, "2.2250738585072014e-308"),
            (0.1 + 0.2, "0.30000000000000004"),
        ] {
            let text = spelled(value);
            assert_eq!(text, expected, "{value:e}");
            assert_eq!(text.parse::<f64>().unwrap().to_bits(), value.to_bits(), "{text}");
        }
        for value in [f64::MAX, 5e-324, 1e300 / 3.0, -1.0 / 3.0] {
            assert_eq!(spelled(value).parse::<f64>().unwrap().to_bits(), value.to_bits(), "{value:e}");
        }
    }
}
