//! Which samples switch where: the kink line under the pointer and its samples, a sample and its kink lines, and which samples a
//! rectified unit is on for.

use super::KinkPath;
use crate::landscapes::{KinkLine, Landscape, Switch};
use crate::numbers::numerals::{grouped, significant};
use crate::numbers::{Point, Vector, direction, extremes};

/// Kink lines this near to each other, where the pointer is on one within 1, are all under it.
const SAME: f64 = 0.02;

/// A place on a kink line.
#[derive(Clone, Debug, PartialEq)]
pub struct KinkPlace {
    /// The lines that pass there, by their places in the list of lines.
    pub lines: Vec<usize>,
    /// The place.
    pub at: Point,
    /// The samples that switch there, in order; none where what switches belongs to no sample.
    pub samples: Vec<usize>,
    /// What happens there, in words.
    pub words: String,
}

impl KinkPlace {
    /// The nearest line to a point that is not more than one away, lengths being counted in `unit` along each axis.
    pub fn of(
        landscape: &Landscape,
        kink_lines: &[KinkLine],
        lines: &[KinkPath],
        at: Point,
        unit: Vector,
    ) -> Option<Self> {
        let feet: Vec<(usize, Point)> = lines
            .iter()
            .enumerate()
            .filter_map(|(index, line)| Some((index, nearest(&line.points, at, unit)?)))
            .filter(|(_, foot)| distance(*foot, at, unit) <= 1.0)
            .collect();
        let (first, at) =
            feet.iter().copied().min_by(|a, b| distance(a.1, at, unit).total_cmp(&distance(b.1, at, unit)))?;
        let same = feet.iter().filter(|(_, foot)| distance(*foot, at, unit) < SAME);
        let mut passing: Vec<usize> = same.map(|(index, _)| *index).collect();
        // Kink lines of many samples may lie on each other.
        let kink_lines_there = passing.iter().filter_map(|index| kink_lines.get(lines[*index].of));
        let mut samples: Vec<usize> =
            kink_lines_there.flat_map(|kink_line| switching(landscape, kink_line, at)).collect();
        samples.sort_unstable();
        samples.dedup();
        passing.retain(|index| *index != first);
        passing.insert(0, first);
        let words = words(landscape, kink_lines.get(lines[first].of)?, &samples);
        Some(Self { lines: passing, at, samples, words })
    }
}

/// The lines of the kink lines on which a sample switches, by their places in the list.
pub fn lines_of(landscape: &Landscape, kink_lines: &[KinkLine], lines: &[KinkPath], sample: usize) -> Vec<usize> {
    let is_its = |line: &KinkPath| {
        let (Some(kink_line), Some(at)) = (kink_lines.get(line.of), line.points.get(line.points.len() / 2)) else {
            return false;
        };
        switches(landscape, kink_line, *at, sample)
    };
    lines.iter().enumerate().filter(|(_, line)| is_its(line)).map(|(index, _)| index).collect()
}

/// Whether a sample switches on a kink line, at a point of it.
pub fn switches(landscape: &Landscape, kink_line: &KinkLine, at: Point, sample: usize) -> bool {
    match (kink_line.sample, landscape.data()) {
        (Some(_), Some(data)) => is_alike(data.samples(), kink_line, sample),
        _ => switching(landscape, kink_line, at).contains(&sample),
    }
}

/// The samples that switch on a kink line, at a point of it.
fn switching(landscape: &Landscape, kink_line: &KinkLine, at: Point) -> Vec<usize> {
    let Some(data) = landscape.data() else { return Vec::new() };
    if kink_line.sample.is_some() {
        return (0..data.len()).filter(|sample| is_alike(data.samples(), kink_line, *sample)).collect();
    }
    // So near that no other kink line lies between, where that can be.
    let Some(across) = direction(kink_line.argument.at(at).1) else { return Vec::new() };
    let aside = across * (1e-6 * landscape.domain().size());
    let [Some(before), Some(after)] =
        [at - aside, at + aside].map(|near| landscape.sampled_loss().and_then(|loss| loss.switched_on(near)))
    else {
        return Vec::new();
    };
    before.into_iter().zip(after).enumerate().filter(|(_, (before, after))| before != after).map(|(at, _)| at).collect()
}

/// Whether a sample has the input of the one whose kink line it is, so that it switches there too; where the error itself has a
/// corner, whether it is the same in both.
fn is_alike(samples: &[[f64; 2]], kink_line: &KinkLine, sample: usize) -> bool {
    let (Some(own), Some(other)) = (kink_line.sample.and_then(|own| samples.get(own)), samples.get(sample)) else {
        return false;
    };
    own[0] == other[0] && (kink_line.switch == Switch::Rectifier || own[1] == other[1])
}

/// `x = −0.42 switches here`; of what belongs to no sample its equation.
fn words(landscape: &Landscape, kink_line: &KinkLine, samples: &[usize]) -> String {
    let Some(data) = landscape.data() else { return kink_line.text() };
    let all = data.samples();
    let Some(&[x, _]) = samples.first().and_then(|first| all.get(*first)) else { return kink_line.text() };
    let is_one_input = samples.iter().all(|sample| all[*sample][0] == x);
    let whose = match samples.len() {
        1 => format!("x = {}", significant(x, 3)),
        count if is_one_input => format!("x = {} ({} samples)", significant(x, 3), grouped(count)),
        count if count == all.len() => "every sample".to_owned(),
        count => format!("{} of {} samples", grouped(count), grouped(all.len())),
    };
    let verb = if samples.len() > 1 && !is_one_input && samples.len() < all.len() { "switch" } else { "switches" };
    match kink_line.switch {
        Switch::Absolute => format!("{whose}: |u| has its kink here"),
        _ => format!("{whose} {verb} here"),
    }
}

/// The point of a line that is nearest, lengths being counted in `unit`.
fn nearest(line: &[Point], at: Point, unit: Vector) -> Option<Point> {
    let foot = |pair: &[Point]| {
        let way = (pair[1] - pair[0]).component_div(&unit);
        let share = (at - pair[0]).component_div(&unit).dot(&way) / way.norm_squared();
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        pair[0] + (pair[1] - pair[0]) * share
    };
    let feet = line.windows(2).map(foot);
    feet.min_by(|a, b| distance(*a, at, unit).total_cmp(&distance(*b, at, unit)))
}

fn distance(a: Point, b: Point, unit: Vector) -> f64 {
    (a - b).component_div(&unit).norm()
}

/// For which samples a network's rectified unit is on, in words: `on for 9 of 16 samples: x ≥ −0.33`; `None` for other
/// networks.
pub fn pattern_words(landscape: &Landscape, at: Point) -> Option<String> {
    let on = landscape.sampled_loss().and_then(|loss| loss.switched_on(at))?;
    let samples = landscape.data()?.samples();
    let count = on.iter().filter(|on| **on).count();
    let which = match count {
        0 => return Some(format!("off for every sample ({})", grouped(on.len()))),
        _ if count == on.len() => return Some(format!("on for every sample ({})", grouped(on.len()))),
        _ => which(samples, &on).map_or_else(String::new, |which| format!(": {which}")),
    };
    Some(format!("on for {} of {} samples{which}", grouped(count), grouped(on.len())))
}

/// The inputs that are on, if they lie together.
fn which(samples: &[[f64; 2]], on: &[bool]) -> Option<String> {
    let range =
        |wanted: bool| extremes(samples.iter().zip(on).filter(|(_, on)| **on == wanted).map(|(sample, _)| sample[0]));
    let ([low, high], [off_low, off_high]) = (range(true), range(false));
    let few = |x| significant(x, 2);
    if low > off_high {
        Some(format!("x ≥ {}", few(low)))
    } else if high < off_low {
        Some(format!("x ≤ {}", few(high)))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;

    use super::*;
    use crate::drawing::kink_paths::kink_paths_over;

    fn with(text: &str, samples: &[[f64; 2]]) -> Landscape {
        Landscape::parse(text).unwrap().with_samples(samples.to_vec()).unwrap()
    }

    fn lines(landscape: &Landscape) -> (Vec<KinkLine>, Vec<KinkPath>) {
        let kink_lines = landscape.kink_lines();
        let lines = kink_paths_over(landscape, &kink_lines, landscape.domain(), landscape.domain().size());
        (kink_lines, lines)
    }

    /// Read once, since a box is found for each that is typed.
    static ALL: LazyLock<Vec<Landscape>> = LazyLock::new(|| {
        let texts = ["relu", "relu2", "depth:layers=1,act=relu", "network:relu(w1 x + w2)", "network:w2 relu(w1 x)"];
        texts.map(|text| Landscape::parse(text).unwrap()).to_vec()
    });

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(10))]

        /// Just across a kink line the unit is on for other samples than before: for those that are said to switch there.
        #[test]
        fn what_switches_on_a_kink_line_is_what_differs_across_it(
            samples in prop::collection::vec([-2.0..2.0_f64, 0.2..1.0_f64], 1..7),
            twice in any::<bool>(),
            share in 0.05..0.95_f64,
        ) {
            let samples = if twice { [&samples[..], &samples[..1]].concat() } else { samples };
            for text in ALL.iter() {
                let landscape = text.with_samples(samples.clone()).unwrap();
                let (kink_lines, lines) = lines(&landscape);
                for line in &lines {
                    let at = line.points[((line.points.len() - 1) as f64 * share) as usize];
                    let unit = Vector::new(1e-6, 1e-6);
                    let Some(touched) = KinkPlace::of(&landscape, &kink_lines, std::slice::from_ref(line), at, unit) else {
                        return Err(TestCaseError::fail(format!("{text}: {at} is on its line")));
                    };
                    let across = kink_lines[line.of].argument.at(at).1.normalize() * 1e-9;
                    let sides = [at - across, at + across].map(|near| landscape.sampled_loss().and_then(|loss| loss.switched_on(near)).unwrap());
                    for sample in &touched.samples {
                        prop_assert!(sides[0][*sample] != sides[1][*sample], "{text}: sample {sample} at {at}");
                        let back = lines_of(&landscape, &kink_lines, &lines, *sample);
                        prop_assert!(back.iter().any(|index| lines[*index] == *line), "{text}: and back to its line");
                    }
                    prop_assert!(!touched.samples.is_empty(), "{text}: some switch");
                }
            }
        }
    }

    #[test]
    fn a_kink_line_says_what_switches_there() {
        let samples = [[0.5, 1.0], [-2.0, 0.25], [0.5, 0.5]];
        for (text, at, words) in [
            ("relu", [1.0, 2.0], "x = −2.00 switches here"),
            ("relu", [2.0, -1.0], "x = 0.500 (2 samples) switches here"),
            ("relu2", [0.0, 1.0], "every sample switches here"),
            ("network:w2 relu(w1 x)", [0.0, 1.0], "every sample switches here"),
            ("relu", [0.0, 0.0], "every sample switches here"),
            ("depth:layers=2,act=relu", [0.5, 1.0], "x = −2.00 switches here"),
            ("l1", [0.0, 1.3], "x = 0"),
        ] {
            let plain = Landscape::parse(text).unwrap();
            let landscape = if plain.data().is_some() { with(text, &samples) } else { plain };
            let (kink_lines, lines) = lines(&landscape);
            let unit = Vector::new(1e-6, 1e-6);
            let touched = KinkPlace::of(&landscape, &kink_lines, &lines, Point::from(at), unit);
            assert!(touched.as_ref().is_some_and(|touched| touched.words.contains(words)), "{text}: {touched:?}");
            let beside = KinkPlace::of(&landscape, &kink_lines, &lines, Point::new(at[0] + 0.003, at[1] + 0.001), unit);
            assert_eq!(beside, None, "{text}: beside it there is none");
        }
    }

    #[test]
    fn the_samples_that_are_on_are_described() {
        let samples = [[0.5, 1.0], [-2.0, 0.25], [1.5, 0.5]];
        for (text, at, words) in [
            ("relu", [1.0, 0.0], Some("on for 2 of 3 samples: x ≥ 0.50")),
            ("relu", [-1.0, 0.0], Some("on for 1 of 3 samples: x ≤ −2.0")),
            ("relu", [0.0, 1.0], Some("on for every sample (3)")),
            ("relu", [0.0, -1.0], Some("off for every sample (3)")),
            ("network:w2 relu(w1 x)", [1.0, 0.0], Some("on for 2 of 3 samples: x ≥ 0.50")),
            ("network:relu(w1 + w2 x^2)", [-1.0, 1.0], Some("on for 2 of 3 samples")),
            ("network:relu(w1 x) + relu(w2 x)", [1.0, 1.0], None),
            ("tanh", [1.0, 1.0], None),
        ] {
            assert_eq!(pattern_words(&with(text, &samples), Point::from(at)).as_deref(), words, "{text}");
        }
    }
}
