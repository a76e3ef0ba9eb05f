//! Texts on kinks: where they lie, and by which convention there is a gradient.

use super::Kink;
use crate::landscapes::KinkLine;

/// Kink lines that are named one by one.
const NAMED: usize = 3;

impl Kink {
    /// The kink lines that meet, by their equations, or how many; `of_samples` says whether they are those of samples.
    pub fn place(&self, kink_lines: &[KinkLine], of_samples: bool) -> String {
        match &self.through(kink_lines)[..] {
            [kink_line] if of_samples && kink_line.sample.is_some() => {
                format!("{} (sample {})", kink_line.text(), kink_line.sample.map_or(0, |sample| sample + 1))
            }
            few if few.len() <= NAMED => few.iter().map(|kink_line| kink_line.text()).collect::<Vec<_>>().join(" and "),
            many => format!("the crossing of {} kink lines", many.len()),
        }
    }

    /// The conventions of the kink lines, each once.
    pub fn conventions(&self, kink_lines: &[KinkLine]) -> String {
        let mut words: Vec<&str> = Vec::new();
        for kink_line in self.through(kink_lines) {
            if !words.contains(&kink_line.switch.convention()) {
                words.push(kink_line.switch.convention());
            }
        }
        words.join(", and ")
    }

    fn through<'a>(&self, kink_lines: &'a [KinkLine]) -> Vec<&'a KinkLine> {
        self.kink_lines.iter().filter_map(|index| kink_lines.get(*index)).collect()
    }
}
