//! Commands at random: one of every kind that changes what is seen, for the monkey and for undo.

use taylorscope::drawing::overlays::ALL as OVERLAYS;
use taylorscope::landscapes::{ViewBox, entries, networks};
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers;
use taylorscope::state::{CardId, Command, MapFrame, Pane, QUESTIONS, Section, State};

/// How many kinds of command [`command`] knows.
pub(crate) const KINDS: usize = 54;

/// A command of this kind, made from two numbers within 0 … 1; where it makes no sense it changes nothing.
pub(crate) fn command(state: &State, kind: usize, a: f64, b: f64) -> Command {
    let one_of = |count: usize| (a * count as f64) as usize;
    let card: CardId = state.document.cards[one_of(state.document.cards.len())].id;
    let method = || optimizers::ENTRIES[one_of(optimizers::ENTRIES.len())].id;
    let at = Point::new(6.0 * a - 3.0, 6.0 * b - 3.0);
    let index = one_of(4);
    match kind {
        0 => Command::ChooseLandscape(entries().nth(one_of(entries().count())).unwrap().id),
        1 => Command::ChooseLandscape(["formula", "network"][one_of(2)]),
        2 => Command::UsePreset(&networks::PRESETS[one_of(networks::PRESETS.len())]),
        3 => Command::TypeFormula(["x^2 + y^2", "x^", "a x^2 + b y^4", "w1 x", ""][one_of(5)].to_owned()),
        4 => Command::SetBox((b > 0.3).then(|| ViewBox::new(-1.0 - a, 2.0 + b, -2.0, 2.0 * a + 1.0))),
        5 => Command::SetRange { index, range: [-a, 1.0 + b] },
        6 => Command::SetParameter { index, value: 0.5 + 2.0 * b },
        7 => Command::SetSeed(one_of(9) as u64),
        8 => Command::MoveSample { index: one_of(12), to: [b, a] },
        9 => Command::NudgeSample([1.0, -1.0]),
        10 => Command::AddSample([a, b]),
        11 => Command::RemoveSample(one_of(12)),
        12 => Command::MoveStart(at),
        13 => Command::RandomStart,
        14 => Command::SetSteps(1 + one_of(60)),
        15 => Command::SetTolerance((b > 0.5).then_some(a)),
        16 => Command::AddRun(method()),
        17 => Command::DuplicateRun(card),
        18 => Command::RemoveRun(card),
        19 => Command::SetOptimizer(card, method()),
        20 => Command::SetKnob { card, knob: 0, value: 0.1 * b },
        21 => Command::SetKnobFromHere { card, knob: 0, value: 0.1 * b },
        22 => Command::SetOwnStart(card, (b > 0.5).then_some(at)),
        23 => Command::Restyle(card, one_of(12)),
        24 => Command::SetHidden(card, b > 0.5),
        25 => Command::Branch(card),
        26 => Command::ToggleOverlay(OVERLAYS[one_of(OVERLAYS.len())].id),
        27 => Command::SetMapFrame(MapFrame { center: at, half: [0.1 + a, 0.1 + b] }),
        28 => Command::Fit,
        29 => Command::SetStretched(b > 0.5),
        30 => Command::Orbit(Vector::new(a, b)),
        31 => Command::ZoomEye(0.5 + a),
        32 => Command::PanEye(Vector::new(a, b)),
        33 => Command::ResetEye,
        34 => Command::SetLogHeight(b > 0.5),
        35 => Command::ShowLower(Pane::LOWER[one_of(Pane::LOWER.len())]),
        36 => Command::SetCircleRadius((b > 0.3).then_some(a)),
        37 => Command::ShrinkCircle,
        38 => Command::ToggleSection(Section::ALL[one_of(Section::ALL.len())]),
        39 => Command::SetShare(0.01 + b),
        40 => Command::ShowPoint(at),
        41 => Command::ShowQuestion(one_of(QUESTIONS.len())),
        // What undo passes over and brings back with the rest.
        42 => Command::Select(card),
        43 => Command::GoTo(one_of(40)),
        44 => Command::StepInside(1),
        45 => Command::SetFromHereOn(b > 0.5),
        46 => Command::ChooseSample((b > 0.5).then_some(one_of(12))),
        47 => Command::LightPath((b > 0.5).then_some(one_of(2))),
        48 => Command::ShowFacet(one_of(3)),
        49 => Command::TogglePlay,
        // The window around it.
        50 => Command::ToggleMaximized(Pane::ALL[one_of(Pane::ALL.len())]),
        51 => Command::Dismiss,
        52 => Command::TakeHold,
        _ => Command::LetGo,
    }
}
