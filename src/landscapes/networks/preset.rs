//! Data sets that a lecture asks for, each made in one stroke from the samples that a network draws.

use crate::numbers::extremes;

/// A data set that shows something the drawn samples do not.
#[derive(Clone, Debug)]
pub struct Preset {
    /// Its name on screen.
    pub label: &'static str,
    /// What it shows, in one or two sentences.
    pub help: &'static str,
    /// Whether it is for samples that are classes, for all others, or for either.
    classes: Option<bool>,
    make: fn(&mut [[f64; 2]]),
}

/// A label belongs to one preset.
impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.label == other.label
    }
}

impl Preset {
    /// Whether it is of any use to a network whose samples are classes, or are not.
    pub fn suits(&self, of_classes: bool) -> bool {
        self.classes.is_none_or(|classes| classes == of_classes)
    }

    /// The data set, from samples that were drawn.
    pub(in crate::landscapes) fn of(&self, drawn: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut samples = drawn.to_vec();
        (self.make)(&mut samples);
        samples
    }
}

/// All of them.
pub static PRESETS: [Preset; 4] = [
    Preset {
        label: "All x equal",
        help: "Every sample at x = 1: only the output there matters, and the Hessian of the straight line is singular.",
        classes: None,
        make: |samples| samples.iter_mut().for_each(|sample| sample[0] = 1.0),
    },
    Preset {
        label: "Separable classes",
        help: "Class 0 on the left, class 1 on the right: a steeper curve is always better, so the cross-entropy falls for ever.",
        classes: Some(true),
        make: separate,
    },
    Preset {
        label: "Separable but for one",
        help: "The same with class 0 for the sample farthest to the right: one wrong label, and the minimum is back.",
        classes: Some(true),
        make: |samples| {
            separate(samples);
            if let Some(sample) = rightmost(samples) {
                sample[1] = 0.0;
            }
        },
    },
    Preset {
        label: "One outlier",
        help: "The sample farthest to the right lies far below the others: squared errors let it pull the fit down.",
        classes: Some(false),
        make: |samples| {
            let [low, high] = range(samples, 1);
            let drop = if high > low { 2.0 * (high - low) } else { 2.0 };
            if let Some(sample) = rightmost(samples) {
                sample[1] = low - drop;
            }
        },
    },
];

fn range(samples: &[[f64; 2]], axis: usize) -> [f64; 2] {
    extremes(samples.iter().map(|sample| sample[axis]))
}

/// Between the two inputs in the middle; for one sample left of it.
fn middle(samples: &[[f64; 2]]) -> f64 {
    let mut inputs: Vec<f64> = samples.iter().map(|sample| sample[0]).collect();
    inputs.sort_by(f64::total_cmp);
    match inputs.len() {
        0 | 1 => f64::NEG_INFINITY,
        count => 0.5 * (inputs[count / 2 - 1] + inputs[count / 2]),
    }
}

/// Class 0 on the left, class 1 on the right.
fn separate(samples: &mut [[f64; 2]]) {
    let middle = middle(samples);
    for [x, y] in samples {
        *y = f64::from(u8::from(*x > middle));
    }
}

fn rightmost(samples: &mut [[f64; 2]]) -> Option<&mut [f64; 2]> {
    samples.iter_mut().max_by(|a, b| a[0].total_cmp(&b[0]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::{Landscape, networks};

    #[test]
    fn every_preset_keeps_the_number_of_samples_and_can_be_fitted() {
        for text in ["n=1", "n=2", "n=7", "noise=0", "n=400"] {
            for entry in networks::ENTRIES {
                let drawn = Landscape::parse(&format!("{}:{text}", entry.id)).unwrap();
                let fitting = PRESETS.iter().filter(|preset| preset.suits(drawn.network().unwrap().draws_classes()));
                assert!(fitting.clone().count() >= 2, "{}", entry.id);
                for preset in fitting {
                    let made = drawn.with_preset(preset).unwrap();
                    assert_eq!(made.data().unwrap().len(), drawn.data().unwrap().len(), "{} of {drawn}", preset.label);
                    assert_eq!(made.network().unwrap().brought().as_deref(), Some(preset.label), "and it is called so");
                    let at = crate::numbers::Point::new(0.3, -0.4);
                    assert!(made.loss().second_order(at).value.is_finite(), "{} of {drawn}", preset.label);
                }
            }
        }
    }

    #[test]
    fn separable_classes_have_no_minimum_and_one_wrong_label_brings_it_back() {
        let said = |place: usize| Landscape::parse("logistic").unwrap().with_preset(&PRESETS[place]).unwrap().remark();
        assert!(said(1).is_some_and(|words| words.contains("minimum lies at infinity")), "{:?}", said(1));
        assert_eq!(said(2), None, "one wrong label");
        assert!(said(0).is_some_and(|words| words.contains("the same x")), "{:?}", said(0));
    }
}
