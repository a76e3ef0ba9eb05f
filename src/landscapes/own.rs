//! The entries of landscapes that somebody brings along: a formula typed, a grid measured. They are in no list of the catalogue.

use super::entry::{no_corners, no_critical_sets};
use super::fold::no_folds;
use super::formula::FormulaError;
use super::{Build, Entry, Group, Landscape, Suggestion, ViewBox, surfaces};

/// A formula somebody typed.
pub static FORMULA: Entry =
    entry("formula", "Your formula", "A loss you type, in x and y; every other letter becomes a slider.", "");

/// Losses somebody measured.
pub static GRID: Entry = entry(
    "grid",
    "Measured grid",
    "Losses somebody measured on a grid, and the smooth surface through them; beyond its edge nothing is known.",
    "C. de Boor, A Practical Guide to Splines (1978), chapter XVII",
);

/// Box, start and rate are found for what is brought; those here are never shown.
const fn entry(id: &'static str, name: &'static str, idea: &'static str, reference: &'static str) -> Entry {
    Entry {
        id,
        name,
        group: Group::Own,
        idea,
        formula: "f(x, y)",
        reference,
        parameters: &[],
        view: ViewBox::square(3.0),
        suggestion: Suggestion { start: [2.0, 1.0], rate: 0.1 },
        build: Build::Own,
        critical_sets: no_critical_sets,
        corners: no_corners,
        folds: no_folds,
        log_height: false,
    }
}

/// The formula that is there before anybody has typed one.
pub const EXAMPLE: &str = "(x^2 + a y - 11)^2 + (x + y^2 - 7)^2";

/// A formula to begin with.
pub(super) fn example() -> Landscape {
    let read: Result<Landscape, FormulaError> = Landscape::of_formula(EXAMPLE);
    // A test reads it; a surface of the catalogue stands in for what cannot be.
    read.unwrap_or_else(|_| Landscape::of(surfaces::ENTRIES[0]))
}
