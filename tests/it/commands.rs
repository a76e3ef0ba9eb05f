//! Commands at random: one of every kind that changes what is seen, for the monkey and for undo.

use taylorscope::drawing::loss_chart::{ChartAxis, ChartChange, ChartScale, StepQuantity};
use taylorscope::drawing::overlays::ALL as OVERLAYS;
use taylorscope::landscapes::{ViewBox, entries, networks};
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers;
use taylorscope::state::{
    CardId, Command, DocumentCommand, HistoryCommand, LESSONS, LessonCommand, MapFrame, Pane, PlayCommand, RunCommand,
    SampleCommand, Section, StartsChange, StartsMode, State, SweepChange, SweepQuantity, ViewCommand, WindowCommand,
    sweeps_of,
};

/// How many kinds of command [`command`] knows.
pub(crate) const KINDS: usize = 65;

/// A command of this kind, made from two numbers within 0 … 1; where it makes no sense it changes nothing.
#[expect(clippy::too_many_lines, reason = "one line for each kind of command")]
pub(crate) fn command(state: &State, kind: usize, a: f64, b: f64) -> Command {
    let one_of = |count: usize| (a * count as f64) as usize;
    let card: CardId = state.document.cards[one_of(state.document.cards.len())].id;
    let method = || optimizers::ENTRIES[one_of(optimizers::ENTRIES.len())].id;
    let at = Point::new(6.0 * a - 3.0, 6.0 * b - 3.0);
    let index = one_of(4);
    match kind {
        0 => Command::Document(DocumentCommand::ChooseLandscape(entries().nth(one_of(entries().count())).unwrap().id)),
        1 => Command::Document(DocumentCommand::ChooseLandscape(["formula", "network"][one_of(2)])),
        2 => Command::Samples(SampleCommand::UsePreset(&networks::PRESETS[one_of(networks::PRESETS.len())])),
        3 => Command::Document(DocumentCommand::TypeFormula(
            ["x^2 + y^2", "x^", "a x^2 + b y^4", "w1 x", ""][one_of(5)].to_owned(),
        )),
        4 => Command::Document(DocumentCommand::SetDomain(
            (b > 0.3).then(|| ViewBox::new(-1.0 - a, 2.0 + b, -2.0, 2.0 * a + 1.0)),
        )),
        5 => Command::Document(DocumentCommand::SetRange { index, range: [-a, 1.0 + b] }),
        6 => Command::Document(DocumentCommand::SetParameter { index, value: 0.5 + 2.0 * b }),
        7 => Command::Samples(SampleCommand::SetSeed(one_of(9) as u64)),
        8 => Command::Samples(SampleCommand::Move { index: one_of(12), to: [b, a] }),
        9 => Command::Samples(SampleCommand::Nudge([1.0, -1.0])),
        10 => Command::Samples(SampleCommand::Add([a, b])),
        11 => Command::Samples(SampleCommand::Remove(one_of(12))),
        12 => Command::Document(DocumentCommand::MoveStart(at)),
        13 => Command::Document(DocumentCommand::RandomStart),
        14 => Command::Document(DocumentCommand::SetSteps(1 + one_of(60))),
        15 => Command::Document(DocumentCommand::SetTolerance((b > 0.5).then_some(a))),
        16 => Command::Runs(RunCommand::Add(method())),
        17 => Command::Runs(RunCommand::Duplicate(card)),
        18 => Command::Runs(RunCommand::Remove(card)),
        19 => Command::Runs(RunCommand::SetMethod(card, method())),
        20 => Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: 0.1 * b }),
        21 => Command::Runs(RunCommand::SetParameterFromHere { card, parameter: 0, value: 0.1 * b }),
        22 => Command::Runs(RunCommand::SetOwnStart(card, (b > 0.5).then_some(at))),
        23 => Command::Runs(RunCommand::Restyle(card, one_of(12))),
        24 => Command::Runs(RunCommand::SetHidden(card, b > 0.5)),
        25 => Command::Runs(RunCommand::Branch(card)),
        26 => Command::View(ViewCommand::ToggleOverlay(OVERLAYS[one_of(OVERLAYS.len())].id)),
        27 => Command::View(ViewCommand::SetMapFrame(MapFrame { center: at, half: [0.1 + a, 0.1 + b] })),
        28 => Command::View(ViewCommand::Fit),
        29 => Command::View(ViewCommand::SetStretched(b > 0.5)),
        30 => Command::View(ViewCommand::Orbit(Vector::new(a, b))),
        31 => Command::View(ViewCommand::ZoomCamera(0.5 + a)),
        32 => Command::View(ViewCommand::PanCamera(Vector::new(a, b))),
        33 => Command::View(ViewCommand::ResetCamera),
        34 => Command::View(ViewCommand::SetLogHeight(b > 0.5)),
        35 => Command::View(ViewCommand::ShowTab(Pane::TABS[one_of(Pane::TABS.len())])),
        36 => Command::View(ViewCommand::SetCircleRadius((b > 0.3).then_some(a))),
        37 => Command::View(ViewCommand::ShrinkCircle),
        38 => Command::View(ViewCommand::ToggleSection(Section::ALL[one_of(Section::ALL.len())])),
        39 => Command::View(ViewCommand::SetShare(0.01 + b)),
        40 => Command::View(ViewCommand::ShowPoint(at)),
        41 => Command::Lessons(LessonCommand::Show(one_of(LESSONS.len()))),
        // What undo passes over and brings back with the rest.
        42 => Command::Runs(RunCommand::Select(card)),
        43 => Command::Play(PlayCommand::GoTo(one_of(40))),
        44 => Command::Play(PlayCommand::StepInside(1)),
        45 => Command::Runs(RunCommand::ApplyFromThisStep(b > 0.5)),
        46 => Command::Samples(SampleCommand::Choose((b > 0.5).then_some(one_of(12)))),
        47 => Command::View(ViewCommand::LightPath((b > 0.5).then_some(one_of(2)))),
        48 => Command::View(ViewCommand::ShowKinkPlane(one_of(3))),
        49 => Command::Play(PlayCommand::Toggle),
        // The window around it.
        50 => Command::Window(WindowCommand::ToggleMaximized(Pane::ALL[one_of(Pane::ALL.len())])),
        51 => Command::Window(WindowCommand::Dismiss),
        52 => Command::History(HistoryCommand::TakeHold),
        53 => {
            Command::View(ViewCommand::Chart(ChartChange::Quantity(StepQuantity::ALL[one_of(StepQuantity::ALL.len())])))
        }
        54 => Command::View(ViewCommand::Chart(ChartChange::Scale(ChartScale::ALL[one_of(ChartScale::ALL.len())]))),
        55 => Command::View(ViewCommand::Chart(if b > 0.5 {
            ChartChange::Against(ChartAxis::ALL[one_of(ChartAxis::ALL.len())])
        } else {
            ChartChange::LogX(a > 0.5)
        })),
        56 => Command::View(ViewCommand::Chart(ChartChange::Floor((b > 0.3).then_some(a - 0.5)))),
        57 => Command::Runs(RunCommand::SlideCoefficient(b > 0.5)),
        58 => Command::Document(DocumentCommand::DraftFormula(["x^2", "x^2 +", "x^2 + a y^2"][one_of(3)].to_owned())),
        59 => {
            let all = sweeps_of(state.document.cards[0].optimizer.entry);
            match all.get(one_of(all.len())) {
                Some(over) => Command::View(ViewCommand::Sweep(SweepChange::Over(*over))),
                None => Command::View(ViewCommand::Sweep(SweepChange::Tolerance(a))),
            }
        }
        60 => Command::View(ViewCommand::Sweep(SweepChange::Quantity(
            SweepQuantity::ALL[one_of(SweepQuantity::ALL.len())],
        ))),
        61 => {
            let region = (b > 0.3).then_some([[1e-3 * a, 0.1 + b], [0.0, a]]);
            Command::View(ViewCommand::Sweep(SweepChange::Region(region)))
        }
        62 => Command::View(ViewCommand::Starts(if b > 0.5 {
            StartsChange::Mode(StartsMode::ALL[one_of(StartsMode::ALL.len())])
        } else {
            StartsChange::Restarts(one_of(30))
        })),
        63 => {
            let values = [Some((0, 0.01 + a)), (b > 0.5).then_some((one_of(3), b))];
            Command::Runs(RunCommand::SetParameters { card, values })
        }
        _ => Command::History(HistoryCommand::LetGo),
    }
}
