//! What happens inside a step of each rule, in the order in which it happens: a caption, and what there is to be seen.

use super::Entry;

/// One thing that a rule does within a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// What it does, in a few words.
    pub caption: &'static str,
    /// What is to be seen of it.
    pub shows: Shows,
}

/// What is to be seen of a phase; quantities go by the names under which the rule tells them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shows {
    /// The gradient at the iterate, as the method is told it.
    Gradient,
    /// A direction in units of the slope: an average, a gradient of a batch.
    Slope(&'static str),
    /// A gradient that was taken elsewhere: its name, and that of the way there.
    SlopeAt(&'static str, &'static str),
    /// A displacement that is computed on the way.
    Way(&'static str),
    /// Numbers alone; the first of these names that the rule tells.
    Numbers(&'static [&'static str]),
    /// What the rule carries that has a shape, as it was before the step.
    Shape(&'static str),
    /// The quadratic sheet.
    Sheet,
    /// A circle around the iterate, as large as the step.
    Circle,
    /// What a step of one part multiplies: the solution of its equation.
    Solution,
    /// A part of the step, by its place.
    Part(usize),
    /// Everything that is tried; what is said where it is refused, and where it is accepted.
    Trials([&'static str; 2]),
    /// The share of its promise that the step has kept, where the rule looks at it.
    Kept,
    /// The end of the step.
    Move,
}

const fn phase(caption: &'static str, shows: Shows) -> Phase {
    Phase { caption, shows }
}

const GRADIENT: Phase = phase("Ask for the slope: ∇f points uphill, as steep as it is long", Shows::Gradient);
const SHEET: Phase = phase("Ask for the curvature: slope and curvature make the quadratic sheet", Shows::Sheet);
const AVERAGE: Phase = phase("Average the gradient: m keeps β₁ of what it was", Shows::Slope("average m"));
const AVERAGE_SQUARE: Phase =
    phase("Average its square, weight by weight: v keeps β₂ of what it was", Shows::Numbers(&["average square v"]));
const CORRECT: Phase = phase("Correct the bias: the averages began at zero, so divide them by 1−βᵗ", Shows::Slope("m̂"));
const DIVIDE: Phase = phase("Divide weight by weight by the root, and multiply by −η", Shows::Part(0));
const HALVING: Phase = phase("Try α = {}", Shows::Trials(["not low enough: half of it", "low enough: take it"]));
const SHORTENING: Phase = phase("Try α = {}", Shows::Trials(["not low enough: shorter", "low enough: take it"]));
const EXACT: Phase = phase(
    "Look at α = {}",
    Shows::Trials(["on along the line", "here the descent ends: the bottom of its first valley"]),
);
const TRY: Phase = phase("Try the loss there", Shows::Trials(["refused", "accepted"]));
const KEPT: Phase = phase("Compare: how much of the promise was kept?", Shows::Kept);
const MOVE: Phase = phase("Move", Shows::Move);

/// The phases of a rule; for one that is not told here, its gradient, its parts and the move.
pub fn phases(entry: &Entry) -> &'static [Phase] {
    let known = INSIDE.iter().find(|(id, _)| *id == entry.id);
    known.map_or(PLAIN, |(_, phases)| phases)
}

const PLAIN: &[Phase] = &[
    GRADIENT,
    phase("The first part of the step", Shows::Part(0)),
    phase("The second part", Shows::Part(1)),
    phase("The third part", Shows::Part(2)),
    MOVE,
];

/// Every rule, by its id.
static INSIDE: &[(&str, &[Phase])] = &[
    ("gd", &[GRADIENT, phase("Turn around and multiply by the learning rate", Shows::Part(0)), MOVE]),
    (
        "gd_normalized",
        &[GRADIENT, phase("Keep only its direction: turn around and go η, however steep it is", Shows::Part(0)), MOVE],
    ),
    (
        "sign_gd",
        &[GRADIENT, phase("Keep only the signs: every weight goes η, however steep it is", Shows::Part(0)), MOVE],
    ),
    (
        "coordinate_gd",
        &[
            GRADIENT,
            phase("One weight is in turn: only its slope counts", Shows::Numbers(&["weight in turn"])),
            phase("Turn around and multiply by the learning rate", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "sam",
        &[
            GRADIENT,
            phase("Climb by ρ along it, to where the loss is worse", Shows::Way("climb ρ∇f/‖∇f‖")),
            phase("Ask for the slope up there", Shows::SlopeAt("∇f(w + ρ∇f/‖∇f‖)", "climb ρ∇f/‖∇f‖")),
            phase("Come back, and go down by the slope from up there", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "momentum",
        &[
            GRADIENT,
            phase("Keep β of the velocity from the last step", Shows::Part(0)),
            phase("Add the new gradient, turned around", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "nesterov",
        &[
            GRADIENT,
            phase("Renew the velocity: keep β of it and add the gradient", Shows::Slope("velocity v")),
            phase("Go on by β of the new velocity", Shows::Part(0)),
            phase("Add the gradient once more: it sees where the velocity is about to carry it", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "lion",
        &[
            GRADIENT,
            phase("Mix it with the memory m", Shows::Slope("mixture c")),
            phase("Keep only the signs: every weight goes η", Shows::Part(0)),
            phase("Pull every weight toward zero", Shows::Part(1)),
            phase("Renew the memory m for the next step", Shows::Slope("average m")),
            MOVE,
        ],
    ),
    (
        "adagrad",
        &[
            GRADIENT,
            phase("Add its square to the sum G, weight by weight", Shows::Numbers(&["sum of squares G"])),
            phase("Take the root of the sum: what each weight is divided by", Shows::Numbers(&["√G + ε", "√(G + ε)"])),
            phase("Divide the gradient by it, and multiply by −η", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "rmsprop",
        &[
            GRADIENT,
            phase(
                "Average its square, weight by weight: v keeps ρ of what it was",
                Shows::Numbers(&["average square v"]),
            ),
            phase("Take the root: what each weight is divided by", Shows::Numbers(&["√v + ε", "√(v + ε)"])),
            phase("Divide the gradient by it, and multiply by −η", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "adadelta",
        &[
            GRADIENT,
            phase(
                "Average its square, weight by weight: v keeps ρ of what it was",
                Shows::Numbers(&["average square v"]),
            ),
            phase(
                "Divide the size of its own recent steps by that of the slopes: a rate for each weight",
                Shows::Numbers(&["√(u+ε)/√(v+ε)"]),
            ),
            phase("Multiply the gradient by these rates and by −η", Shows::Part(0)),
            phase("Average the square of the step for the next one", Shows::Numbers(&["average square step u"])),
            MOVE,
        ],
    ),
    ("adam", &[GRADIENT, AVERAGE, AVERAGE_SQUARE, CORRECT, DIVIDE, MOVE]),
    (
        "amsgrad",
        &[
            GRADIENT,
            AVERAGE,
            AVERAGE_SQUARE,
            phase("Keep the largest square so far", Shows::Numbers(&["largest square u"])),
            CORRECT,
            DIVIDE,
            MOVE,
        ],
    ),
    (
        "adamw",
        &[
            GRADIENT,
            AVERAGE,
            AVERAGE_SQUARE,
            CORRECT,
            DIVIDE,
            phase("Pull every weight toward zero", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "nadam",
        &[
            GRADIENT,
            AVERAGE,
            AVERAGE_SQUARE,
            phase("Look ahead: the newest gradient counts as if the next step had begun", Shows::Slope("m̂")),
            phase("The share of the average, divided weight by weight by the root", Shows::Part(0)),
            phase("The share of the newest gradient, divided likewise", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "sgd",
        &[
            phase("Draw a batch of samples", Shows::Numbers(&["batch"])),
            phase("Ask for the slope over these samples alone", Shows::Slope("∇f(B)")),
            phase("Keep β of the velocity from the last step", Shows::Part(0)),
            phase("Add the slope of the batch, turned around", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "langevin",
        &[
            GRADIENT,
            phase("Turn around and multiply by the learning rate", Shows::Part(0)),
            phase("Add a random kick, the harder the hotter it is", Shows::Part(1)),
            MOVE,
        ],
    ),
    (
        "gd_armijo",
        &[GRADIENT, phase("Turn around: the way to search along", Shows::Way("direction p")), SHORTENING, MOVE],
    ),
    ("gd_exact", &[GRADIENT, phase("Turn around: the way to search along", Shows::Way("direction p")), EXACT, MOVE]),
    (
        "cg",
        &[
            GRADIENT,
            phase("Turn around and bend it by β of the last direction", Shows::Way("direction d")),
            EXACT,
            MOVE,
        ],
    ),
    ("newton", &[GRADIENT, SHEET, phase("Solve Hp = −∇f: p leads to where the sheet is flat", Shows::Solution), MOVE]),
    (
        "newton_damped",
        &[
            GRADIENT,
            SHEET,
            phase("Solve Hp = −∇f: p leads to where the sheet is flat", Shows::Way("direction p")),
            HALVING,
            MOVE,
        ],
    ),
    (
        "levenberg_marquardt",
        &[
            GRADIENT,
            SHEET,
            phase("Add the damping μ to every curvature", Shows::Shape("damping μ")),
            phase("Solve (H + μI)p = −∇f: the lowest point of the damped sheet", Shows::Part(0)),
            TRY,
            KEPT,
            MOVE,
        ],
    ),
    (
        "saddle_free",
        &[
            GRADIENT,
            SHEET,
            phase("Take every curvature as if it curved up, and solve |H|p = −∇f", Shows::Solution),
            HALVING,
            MOVE,
        ],
    ),
    (
        "trust_region",
        &[
            GRADIENT,
            SHEET,
            phase("Believe the sheet only within the radius Δ", Shows::Shape("trust radius Δ")),
            phase("Solve: the lowest point of the sheet within the radius", Shows::Part(0)),
            TRY,
            KEPT,
            MOVE,
        ],
    ),
    (
        "natural_gradient",
        &[
            GRADIENT,
            SHEET,
            phase("Solve Fp = −∇f: F tells how much a step changes the predicted probabilities", Shows::Solution),
            phase("Multiply by the learning rate", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "barzilai_borwein",
        &[
            GRADIENT,
            phase("Set the rate by how the gradient changed over the last step", Shows::Numbers(&["rate α"])),
            phase("Turn around and multiply by that rate", Shows::Part(0)),
            MOVE,
        ],
    ),
    (
        "bfgs",
        &[
            GRADIENT,
            phase("Take out B, what it has learned of the inverse Hessian", Shows::Shape("inverse Hessian B")),
            phase("Multiply: p = −B∇f", Shows::Way("direction p")),
            HALVING,
            MOVE,
        ],
    ),
    (
        "lbfgs",
        &[
            GRADIENT,
            phase("Take out the pairs of steps and changes of the gradient that are kept", Shows::Shape("pairs kept")),
            phase("Bend the gradient by them: p = −B∇f", Shows::Way("direction p")),
            HALVING,
            MOVE,
        ],
    ),
    (
        "finite_step",
        &[
            phase("Look around: the loss in every direction at the distance r", Shows::Circle),
            phase("Take the lowest", Shows::Part(0)),
            MOVE,
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::ENTRIES;

    #[test]
    fn every_rule_is_told_from_inside_and_ends_with_its_move() {
        for entry in ENTRIES {
            assert!(INSIDE.iter().any(|(id, _)| *id == entry.id), "{} has no phases", entry.id);
            let phases = phases(entry);
            assert!(phases.len() >= 3 && phases.last() == Some(&MOVE), "{}: {phases:?}", entry.id);
            assert_eq!(phases.iter().filter(|phase| phase.shows == Shows::Move).count(), 1, "{}: once", entry.id);
        }
        assert_eq!(INSIDE.len(), ENTRIES.len(), "and no other");
    }
}
