//! The entries of landscapes that the user brings along: a formula or a network typed, a grid measured. They are in no list of the catalog.

use super::entry::{no_corners, no_critical_sets};
use super::kink_line::no_kink_lines;
use super::{Build, Entry, Group, Opening, OwnKind, Suggestion, ViewBox};

/// A formula the user typed.
pub static FORMULA: Entry = Entry {
    id: "formula",
    name: "Your formula",
    idea: "A loss you type, in x and y or in x alone; every other letter becomes a slider.",
    keywords: &["own", "type", "custom", "equation", "function", "expression", "loss"],
    ..entry(OwnKind::Formula)
};

/// A network the user typed.
pub static NETWORK: Entry = Entry {
    id: "network",
    name: "Your network",
    idea: "A network you type: its output in the weights w1 and w2 and the input x; every other letter becomes a slider.",
    keywords: &["own", "type", "custom", "model", "neuron", "data", "samples", "csv"],
    ..entry(OwnKind::Network)
};

/// Losses the user measured.
pub static GRID: Entry = Entry {
    id: "grid",
    name: "Your grid",
    idea: "Losses measured on a grid, with a smooth surface through them; beyond its edge the loss is undefined.",
    reference: "C. de Boor, A Practical Guide to Splines (1978), chapter XVII",
    keywords: &[
        "own", "file", "open", "load", "import", "data", "samples", "measured", "table", "array", "csv", "npz", "npy",
        "numpy",
    ],
    ..entry(OwnKind::File)
};

/// Box, start and rate are found for what is brought; those here are never shown.
const fn entry(kind: OwnKind) -> Entry {
    Entry {
        id: "",
        name: "",
        group: Group::Own,
        keywords: &[],
        idea: "",
        formula: "f(x, y)",
        reference: "",
        parameters: &[],
        domain: ViewBox::square(3.0),
        suggestion: Suggestion { start: [2.0, 1.0], rate: 0.1 },
        opening: Opening::DOMAIN,
        build: Build::Own(kind),
        critical_sets: no_critical_sets,
        corners: no_corners,
        kink_lines: no_kink_lines,
        log_height: false,
    }
}

/// All of them.
pub static ENTRIES: [&Entry; 3] = [&FORMULA, &NETWORK, &GRID];

/// The formula that is there before one is typed.
pub const EXAMPLE: &str = "(x^2 + a y - 11)^2 + (x + y^2 - 7)^2";

/// The network that is there before one is typed.
pub const EXAMPLE_NETWORK: &str = "w2 tanh(w1 x)";
