//! The whole program on a desk without a display: its window in a harness, driven by label and pointer.

use egui::{Context, Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::state::{
    Command, LESSONS, LessonCommand, Pane, PredictCommand, Scene, State, ViewCommand, WindowCommand,
};
use taylorscope::ui::theme;
use taylorscope::ui::views::Canvases;
use taylorscope::ui::window::window_ui;

/// The program: its state, what its views keep, and whether critical points are searched for, which on a deep network takes a second.
pub(crate) struct Desk {
    pub state: State,
    pub canvases: Canvases,
    pub searches: bool,
}

/// Gradient descent that overshoots on Himmelblau's function beside momentum that does not, at step 2, in both pictures.
pub(crate) fn overshooting() -> State {
    State::showing(Scene::read(include_str!("../cases/overshooting.toml")).unwrap())
}

/// That scene in a window of this size.
pub(crate) fn desk(width: f32, height: f32) -> Harness<'static, Desk> {
    opened_in(overshooting(), vec2(width, height), FRAME)
}

/// That scene with a quarter of a second per frame: for what comes when nothing has moved for a while.
pub(crate) fn patient_desk(width: f32, height: f32) -> Harness<'static, Desk> {
    opened_in(overshooting(), vec2(width, height), 0.25)
}

/// Seconds a frame, as on a fast screen: within the few frames that a test lets pass, the surface is not yet painted finely, which
/// would take a third of the time of all tests.
const FRAME: f32 = 1.0 / 240.0;

/// A state in a window of this size, and how many seconds a frame takes.
fn opened_in(state: State, size: Vec2, frame: f32) -> Harness<'static, Desk> {
    let program = Desk { state, canvases: Canvases::coarse(), searches: true };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_step_dt(frame)
        .renderer(crate::cpu_renderer::CpuRenderer::default())
        .build_ui_state(
            |ui, desk: &mut Desk| {
                if apply_look(ui.ctx(), &desk.state) {
                    return;
                }
                let commands = window_ui(&desk.state, &mut desk.canvases, ui);
                if !commands.is_empty() {
                    ui.ctx().request_repaint();
                }
                desk.state.apply(commands);
                // No thread is at work beside the tests: what it would find is found at once.
                if desk.searches && desk.state.derived.wanted_search().is_some() {
                    desk.state.finish_search();
                }
            },
            program,
        );
    harness.run_steps(3);
    harness
}

/// Gives the interface the look of the program but for the letters, which are not fitted to pixels: that would take a tenth of the
/// time of all tests, and moves nothing. True in the first pass, which has not the program's fonts yet and fits its letters still.
pub(crate) fn apply_look(ctx: &Context, state: &State) -> bool {
    theme::apply(ctx, state.view.chrome.theme, state.view.chrome.type_scale);
    if ctx.global_style().visuals.text_options.font_hinting {
        ctx.all_styles_mut(|style| style.visuals.text_options.font_hinting = false);
    }
    ctx.cumulative_pass_nr() == 0
}

/// A state in a window.
pub(crate) fn opened(state: State) -> Harness<'static, Desk> {
    let mut harness = opened_in(state, vec2(1280.0, 720.0), FRAME);
    // What is measured in one frame is laid out in the next.
    harness.run_steps(4);
    harness
}

/// A state in a window of this size.
pub(crate) fn opened_in_size(state: State, width: f32, height: f32) -> Harness<'static, Desk> {
    let mut harness = opened_in(state, vec2(width, height), FRAME);
    harness.run_steps(4);
    harness
}

/// Shows a tab beside the pictures.
pub(crate) fn show_tab(harness: &mut Harness<'static, Desk>, pane: Pane) {
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ShowTab(pane))]);
    harness.run_steps(3);
}

/// Shows the first page of a lesson, by its id, that is like this, with nothing hidden of what it asks.
pub(crate) fn open_page(harness: &mut Harness<'static, Desk>, id: &str, is_it: impl Fn(&State) -> bool) {
    let index = LESSONS.iter().position(|lesson| lesson.id == id).unwrap();
    let mut command = LessonCommand::Show(index);
    for _ in &LESSONS[index].pages {
        let state = &mut harness.state_mut().state;
        state.apply(vec![Command::Lessons(command), Command::Predict(PredictCommand::Close)]);
        state.apply(vec![Command::Predict(PredictCommand::Close)]);
        state.finish();
        if is_it(state) {
            harness.run_steps(4);
            return;
        }
        command = LessonCommand::TurnPage(1);
    }
    panic!("no page of {id} is like this");
}

/// Opens the drawer with the landscape, the samples and the start.
pub(crate) fn open_setup(harness: &mut Harness<'static, Desk>) {
    if !harness.state().state.view.chrome.setup_open {
        harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleSetup)]);
        harness.run_steps(3);
    }
}

/// Whether something in the window says these words.
pub(crate) fn says(harness: &Harness<'static, Desk>, words: &str) -> bool {
    harness.query_all_by_label_contains(words).next().is_some()
}

/// Presses and releases at a place.
pub(crate) fn click(harness: &mut Harness<'static, Desk>, at: Pos2) {
    drag(harness, &[at]);
}

/// Presses and releases twice at a place, as fast as a hand does: a frame is a quarter of a second here.
pub(crate) fn double_click(harness: &mut Harness<'static, Desk>, at: Pos2) {
    harness.ctx.options_mut(|options| options.input_options.max_double_click_delay = 3.0);
    click(harness, at);
    click(harness, at);
}

/// Presses at the first place, moves over the others, and releases at the last.
pub(crate) fn drag(harness: &mut Harness<'static, Desk>, way: &[Pos2]) {
    let (Some(&first), Some(&last)) = (way.first(), way.last()) else { return };
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    harness.event(Event::PointerMoved(first));
    harness.step();
    harness.event(button(first, true));
    harness.step();
    for &place in &way[1..] {
        harness.event(Event::PointerMoved(place));
        harness.step();
    }
    harness.event(button(last, false));
    harness.run_steps(3);
}

/// A turn of the wheel; up is positive.
pub(crate) fn wheel(delta: Vec2) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    }
}
