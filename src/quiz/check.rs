//! Two check letters behind a row of letters, in the field of 32 elements: a Reed–Solomon code of distance 3.
//!
//! Any one or two wrong letters, and so any two that changed places, are detected; of other mistakes all but one in 1024.
//! Source: I. S. Reed, G. Solomon, Polynomial codes over certain finite fields, 1960.

/// Letters and digits that cannot be taken for each other: without I, O, 0 and 1.
pub(super) const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// The longest row with its check letters: as many as there are powers of the generator.
pub(super) const LONGEST: usize = 31;

/// A number from 0 to 31 times the generator of the field, a root of x⁵ + x² + 1.
const fn times_generator(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

fn times(mut one: u8, mut other: u8) -> u8 {
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product ^= one;
        }
        one = times_generator(one);
        other >>= 1;
    }
    product
}

/// The number that gives 1 when multiplied: the 30th power, as the 31st of every number but 0 is 1.
fn inverse(value: u8) -> u8 {
    (0..30).fold(1, |power, _| times(power, value))
}

/// The sum of the letters, and that of the letters times the powers of the generator, from the second power on.
fn sums(letters: &[u8]) -> [u8; 2] {
    let (mut plain, mut weighted, mut weight) = (0, 0, times_generator(times_generator(1)));
    for letter in letters {
        plain ^= letter;
        weighted ^= times(*letter, weight);
        weight = times_generator(weight);
    }
    [plain, weighted]
}

/// The check letters that belong to a row, as numbers from 0 to 31.
pub(super) fn check_of(letters: &[u8]) -> [u8; 2] {
    let [plain, weighted] = sums(letters);
    // With the weights 1 and α both sums become 0.
    let second = times(plain ^ weighted, inverse(1 ^ times_generator(1)));
    [plain ^ second, second]
}

/// The letter of a number.
pub(super) fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

/// The number of a letter, large or small; `None` for what no code has.
pub(super) fn value(letter: char) -> Option<u8> {
    let letter = u8::try_from(letter.to_ascii_uppercase()).ok()?;
    ALPHABET.iter().position(|known| *known == letter).map(|place| place as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_reaches_every_number_but_zero_and_each_has_an_inverse() {
        let mut seen = std::collections::BTreeSet::new();
        let mut power = 1;
        for _ in 0..LONGEST {
            seen.insert(power);
            assert_eq!(times(power, inverse(power)), 1, "{power}");
            power = times_generator(power);
        }
        assert_eq!((power, seen.len(), seen.contains(&0)), (1, 31, false));
    }
}
