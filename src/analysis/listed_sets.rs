//! Lines, curves and areas of critical points as sentences: many of a kind are one.

use crate::landscapes::{CriticalSet, Landscape};

/// More sets of a kind than this are counted, and the lowest is named.
const MANY: usize = 8;

/// A sentence for each set, its kind first; for many of a kind one for all of them, where the first stands. `note` follows
/// their number, in brackets.
pub fn listed_sets(sets: &[CriticalSet], landscape: &Landscape, note: &str) -> Vec<String> {
    let is_placed = |set: &&CriticalSet| !set.polyline.is_empty();
    let mut lines = Vec::new();
    for (index, set) in sets.iter().enumerate() {
        let is_alike = |other: &&CriticalSet| other.kind == set.kind && is_placed(other);
        let count = sets.iter().filter(is_alike).count();
        if count <= MANY || set.polyline.is_empty() {
            lines.push(format!("{}: {}", set.kind, set.text));
        } else if !sets[..index].iter().any(|other| is_alike(&other)) {
            let level = |set: &CriticalSet| set.polyline.first().map_or(f64::NAN, |at| landscape.loss().value(*at));
            let lowest = sets.iter().filter(is_alike).min_by(|a, b| level(a).total_cmp(&level(b))).unwrap_or(set);
            let what = if set.kind == CriticalSet::FLAT { "flat steps" } else { "lines and curves" };
            lines.push(format!("{}: {count} {what}{note}; the lowest: {}", set.kind, lowest.text));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::Point;

    fn set(kind: &'static str, x: Option<f64>) -> CriticalSet {
        let polyline = x.map(|x| Point::new(x, 0.0)).into_iter().collect();
        CriticalSet { kind, text: format!("a region at {x:?}"), polyline, label: None, gaps: Vec::new() }
    }

    #[test]
    fn many_steps_are_one_sentence() {
        let landscape = Landscape::parse("bowl").unwrap();
        let stairs = |count: u32| -> Vec<CriticalSet> {
            (0..count).map(|step| set("flat", Some(f64::from((step * 7 + 3) % count)))).collect()
        };
        assert_eq!(listed_sets(&stairs(5), &landscape, "").len(), 5, "each has its line");
        let mut many = stairs(34);
        many.insert(0, set("minimum", Some(0.5)));
        many.push(set("flat", None));
        for note in ["", " (--json lists them)"] {
            let lines = listed_sets(&many, &landscape, note);
            assert_eq!(lines[0], "minimum: a region at Some(0.5)", "one of a kind");
            assert_eq!(
                lines[1],
                format!("flat: 34 flat steps{note}; the lowest: a region at Some(0.0)"),
                "all of a kind"
            );
            assert_eq!(lines[2..], ["flat: a region at None"], "what is without a place is told by itself");
        }
    }
}
