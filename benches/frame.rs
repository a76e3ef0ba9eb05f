//! The prediction of a frame: six runs of a thousand iterates, all computed and drawn anew while a slider moves, in 8 ms.
//!
//! Everything that a frame costs the processor is in it (runs, interface, map, surface and slice, tessellation) except the
//! graphics driver.

use divan::{Bencher, black_box};
use egui::{Context, Pos2, RawInput, Rect, vec2};
use taylorscope::drawing::overlays;
use taylorscope::landscapes::Landscape;
use taylorscope::numbers::Point;
use taylorscope::optimizers::Choice;
use taylorscope::run::{MAX_STEPS, Recipe, Run};
use taylorscope::state::{
    Command, Document, DocumentCommand, MapFrame, Pane, PlayCommand, RunCommand, SampleCommand, Section, State,
    ViewCommand,
};
use taylorscope::studies::Basins;
use taylorscope::ui::views::Canvases;
use taylorscope::ui::window::window_ui;

/// A plain surface, and one of twelve samples.
const LANDS: [&str; 2] = ["himmelblau", "tanh2"];

fn main() {
    divan::main();
}

/// A window of 1280 × 800 with six runs of 1000 iterates, and no driver behind it.
struct Window {
    state: State,
    canvases: Canvases,
    context: Context,
    parameters: Vec<(u64, f64)>,
    frames: u32,
}

impl Window {
    fn new() -> Self {
        Self::over("himmelblau")
    }

    fn over(landscape: &str) -> Self {
        let land = Landscape::parse(landscape).expect("is in the catalog");
        let mut state = State::new(Document::new(land));
        let added = ["gd_normalized", "momentum", "nesterov", "adam", "newton"].map(RunCommand::Add).map(Command::Runs);
        state.apply(added.into());
        state.apply(vec![
            Command::Document(DocumentCommand::SetSteps(1000)),
            Command::Document(DocumentCommand::SetTolerance(None)),
            Command::Play(PlayCommand::GoTo(500)),
        ]);
        let parameters: Vec<(u64, f64)> =
            state.document.cards.iter().map(|card| (card.id, card.optimizer.parameters[0])).collect();
        let mut window =
            Self { state, canvases: Canvases::default(), context: Context::default(), parameters, frames: 0 };
        for _ in 0..3 {
            window.show();
        }
        // On a network a run may come to rest before.
        assert!(landscape != "himmelblau" || window.iterates() == 6 * 1001, "every run goes its whole length");
        window
    }

    /// Three runs of 500 steps on a network, its data below the surface.
    fn with_data(landscape: &str) -> Self {
        let landscape = Landscape::parse(landscape).expect("is in the catalog");
        let mut state = State::new(Document::new(landscape));
        let added = ["momentum", "adam"].map(RunCommand::Add).map(Command::Runs);
        state.apply(added.into());
        state.apply(vec![
            Command::Document(DocumentCommand::SetSteps(500)),
            Command::Document(DocumentCommand::SetTolerance(None)),
            Command::Play(PlayCommand::GoTo(20)),
            Command::View(ViewCommand::ShowTab(Pane::Data)),
        ]);
        let (parameters, frames) = (Vec::new(), 0);
        let mut window = Self { state, canvases: Canvases::default(), context: Context::default(), parameters, frames };
        for _ in 0..3 {
            window.show();
        }
        window
    }

    /// Six runs of a million steps that never settle, and are all computed.
    fn long() -> Self {
        let mut state = State::new(Document::new(Landscape::parse("ackley").expect("is in the catalog")));
        let optimizers = ["gd", "gd:lr=0.3", "momentum", "gd:lr=0.05,noise=2", "nesterov:lr=0.05", "adam:lr=0.3"];
        let parsed = optimizers.map(|text| Choice::parse(text).expect("is in the catalog"));
        state.document.cards.clear();
        for optimizer in parsed {
            state.document.add(optimizer);
        }
        state.document.start = Point::new(2.0, 1.0);
        state.apply(vec![
            Command::Document(DocumentCommand::SetTolerance(None)),
            Command::Document(DocumentCommand::SetSteps(MAX_STEPS)),
            Command::Play(PlayCommand::GoTo(500_000)),
        ]);
        state.finish();
        let (parameters, frames) = (Vec::new(), 0);
        let mut window = Self { state, canvases: Canvases::default(), context: Context::default(), parameters, frames };
        for _ in 0..30 {
            window.show();
        }
        window
    }

    /// A sample a little further.
    fn drag_a_sample(&mut self) {
        let share = f64::from(self.frames % 100) / 100.0;
        let landscape = &self.state.document.landscape;
        let sample = landscape.data().expect("is a network").samples()[0];
        // Where the outputs are classes, only x moves.
        let to = landscape.network().expect("is a network").snapped([sample[0] + 1e-3 * (share - 0.5), share]);
        self.state.apply(vec![Command::Samples(SampleCommand::Move { index: 0, to })]);
    }

    fn iterates(&self) -> usize {
        self.state.derived.runs().map(|(_, run)| run.iterates().len()).sum()
    }

    /// The first parameter of every run a little further.
    fn turn_every_parameter(&mut self) {
        self.frames += 1;
        let factor = 1.0 - f64::from(self.frames % 100) / 1000.0;
        let turned = self.parameters.iter().map(|&(card, value)| {
            Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: value * factor })
        });
        self.state.apply(turned.collect());
    }

    /// The first parameter of one run a little further: the others stay as they are.
    fn turn_a_parameter(&mut self) {
        self.frames += 1;
        let (card, value) = self.parameters[0];
        let factor = 1.0 - f64::from(self.frames % 100) / 1000.0;
        self.state.apply(vec![Command::Runs(RunCommand::SetParameter { card, parameter: 0, value: value * factor })]);
    }

    /// The interface, and the triangles that a driver would be given.
    fn show(&mut self) -> usize {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))),
            time: Some(f64::from(self.frames) / 60.0),
            ..RawInput::default()
        };
        let mut output = self.context.run_ui(input, |ui| {
            black_box(window_ui(&self.state, &mut self.canvases, ui));
        });
        // A driver would take them: egui panics if they are dropped.
        output.textures_delta.clear();
        self.context.tessellate(output.shapes, 1.0).len()
    }
}

/// Six runs computed anew, nothing drawn.
#[divan::bench]
fn a_runs(bencher: Bencher<'_, '_>) {
    let mut window = Window::new();
    bencher.bench_local(|| {
        window.turn_every_parameter();
        black_box(window.iterates())
    });
}

/// Everything drawn, nothing computed: the surface's picture is new, as the state says that something changed.
#[divan::bench]
fn b_interface(bencher: Bencher<'_, '_>) {
    let mut window = Window::new();
    bencher.bench_local(|| {
        window.state.apply(vec![Command::Runs(RunCommand::Select(window.state.selected))]);
        black_box(window.show())
    });
}

/// Everything drawn as it was: what moving the pointer costs.
#[divan::bench]
fn c_interface_unchanged(bencher: Bencher<'_, '_>) {
    let mut window = Window::new();
    for _ in 0..30 {
        window.show();
    }
    bencher.bench_local(|| black_box(window.show()));
}

/// One slider moves: one run computed, everything drawn.
#[divan::bench(args = LANDS)]
fn d_whole_frame_one_parameter(bencher: Bencher<'_, '_>, landscape: &str) {
    let mut window = Window::over(landscape);
    bencher.bench_local(|| {
        window.turn_a_parameter();
        black_box(window.show())
    });
}

/// All six computed, everything drawn: the prediction.
#[divan::bench]
fn e_whole_frame_six_parameters(bencher: Bencher<'_, '_>) {
    let mut window = Window::new();
    bencher.bench_local(|| {
        window.turn_every_parameter();
        black_box(window.show())
    });
}

/// Everything there is to show is on, but for the fog that would hide it: all overlays, all parts of *this step*, and the circle.
#[divan::bench(args = LANDS)]
fn f_whole_frame_everything_shown(bencher: Bencher<'_, '_>, landscape: &str) {
    let mut window = Window::over(landscape);
    let hidden =
        overlays::ALL.iter().filter(|overlay| !window.state.view.shows(overlay.id) && overlay.id != overlays::FOG);
    let mut commands: Vec<Command> =
        hidden.map(|overlay| Command::View(ViewCommand::ToggleOverlay(overlay.id))).collect();
    let folded = Section::ALL.into_iter().filter(|part| !window.state.view.scene.open.contains(part));
    commands.extend(folded.map(ViewCommand::ToggleSection).map(Command::View));
    commands.push(Command::View(ViewCommand::ShowTab(Pane::Circle)));
    window.state.apply(commands);
    bencher.bench_local(|| {
        window.turn_a_parameter();
        black_box(window.show())
    });
}

/// A run as long as runs may be, every iterate recorded.
#[divan::bench(sample_count = 10)]
fn g_a_million_steps(bencher: Bencher<'_, '_>) {
    let landscape = Landscape::parse("rosenbrock").expect("is in the catalog");
    let optimizer = Choice::parse("gd:lr=0.001").expect("is in the catalog");
    let recipe = Recipe::new(optimizer, Point::new(-1.2, 1.0), 1_000_000);
    bencher.bench_local(|| black_box(Run::of(&landscape, &recipe)));
}

/// A run as long as runs may be, in the memory of the last one: what the window does when a slider has moved.
#[divan::bench(sample_count = 10)]
fn m_a_million_steps_anew(bencher: Bencher<'_, '_>) {
    let landscape = Landscape::parse("rosenbrock").expect("is in the catalog");
    let optimizer = Choice::parse("gd:lr=0.001").expect("is in the catalog");
    let recipe = Recipe::new(optimizer, Point::new(-1.2, 1.0), 1_000_000);
    let mut last = Some(Run::of(&landscape, &recipe));
    bencher.bench_local(|| {
        let mut run = last.take().expect("was put back").start_over(&landscape, &recipe);
        run.advance(usize::MAX);
        last = Some(run);
    });
}

/// A run of a million steps on screen, scrubbed: everything drawn for another playhead.
#[divan::bench]
fn h_scrub_a_million_steps(bencher: Bencher<'_, '_>) {
    let mut window = Window::new();
    window.state.apply(vec![
        Command::Document(DocumentCommand::ChooseLandscape("rosenbrock")),
        Command::Document(DocumentCommand::SetTolerance(None)),
        Command::Document(DocumentCommand::SetSteps(1_000_000)),
    ]);
    for card in window.state.document.cards.iter().skip(1).map(|card| card.id).collect::<Vec<_>>() {
        window.state.apply(vec![Command::Runs(RunCommand::Remove(card))]);
    }
    window.state.finish();
    bencher.bench_local(|| {
        let step = 400_000 + (window.frames as usize * 997) % 500_000;
        window.state.apply(vec![Command::Play(PlayCommand::GoTo(step))]);
        black_box(window.show())
    });
}

/// Six runs of a million steps that never settle, played: everything drawn for the next step.
#[divan::bench]
fn j_play_six_million_steps(bencher: Bencher<'_, '_>) {
    let mut window = Window::long();
    bencher.bench_local(|| {
        window.state.apply(vec![Command::Play(PlayCommand::GoTo(500_000 + window.frames as usize))]);
        black_box(window.show())
    });
}

/// Six million steps with nothing changed.
#[divan::bench]
fn k_six_million_steps_unchanged(bencher: Bencher<'_, '_>) {
    let mut window = Window::long();
    bencher.bench_local(|| black_box(window.show()));
}

/// Six long runs while all of them are computed anew, a slice per frame: everything drawn.
#[divan::bench(sample_count = 60)]
fn l_compute_six_million_steps(bencher: Bencher<'_, '_>) {
    let mut window = Window::long();
    let [x, y] = [2.0, 1.0];
    window.state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(x, y + 1e-9)))]);
    bencher.bench_local(|| {
        if !window.state.tick(1.0 / 60.0) {
            window.state.apply(vec![Command::Document(DocumentCommand::MoveStart(Point::new(
                x,
                y + 1e-9 * f64::from(window.frames),
            )))]);
        }
        black_box(window.show())
    });
}

/// A sample of a network dragged, its data in view: the loss sampled, three runs of 500 steps, critical points, everything drawn.
#[divan::bench(args = ["tanh2:n=20", "relu:n=20", "logistic:n=20", "tanh2:n=1000", "tanh2:n=10000"])]
fn i_drag_a_sample(bencher: Bencher<'_, '_>, landscape: &str) {
    let mut window = Window::with_data(landscape);
    bencher.bench_local(|| {
        window.drag_a_sample();
        black_box(window.show())
    });
}

/// A region dragged while the basins are looked at: the whole frame with the first coarse picture of the new ones.
#[divan::bench(args = ["gd", "newton", "adam", "newton_damped", "bfgs"])]
fn n_first_picture_of_basins(bencher: Bencher<'_, '_>, method: &str) {
    let mut state = State::new(Document::new(Landscape::parse("himmelblau").expect("is in the catalog")));
    state.document.cards.clear();
    state.document.add(Choice::parse(method).expect("is a method"));
    state.apply(vec![
        Command::Runs(RunCommand::Select(state.document.cards[0].id)),
        Command::View(ViewCommand::ShowTab(Pane::Basins)),
    ]);
    state.finish();
    let (canvases, context) = (Canvases::default(), Context::default());
    let mut window = Window { state, canvases, context, parameters: Vec::new(), frames: 0 };
    window.show();
    bencher.bench_local(|| {
        // A little moved, all starts are others.
        let center = Point::new(1e-6 * f64::from(window.frames), 0.0);
        window.state.apply(vec![Command::View(ViewCommand::SetBasinFrame(Some(MapFrame { center, half: [6.0; 2] })))]);
        let walked = window.state.derived.basin_map().map_or(0, Basins::walked);
        assert!(walked > 0, "there is a picture, however coarse");
        black_box(window.show())
    });
}
