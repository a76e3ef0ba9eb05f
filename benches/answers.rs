//! What the answers of a class cost: 300 codes read, and what is drawn of them: the cloud, the histogram, the common mistake.

use divan::{Bencher, black_box};
use egui::{Context, Pos2, RawInput, Rect, vec2};
use taylorscope::numbers::Vector;
use taylorscope::quiz::{Guess, PredictionKind, Span};
use taylorscope::state::{Command, PredictCommand, State};
use taylorscope::ui::views::Canvases;
use taylorscope::ui::window::window_ui;

/// How many answer.
const CLASS: u32 = 300;

fn main() {
    divan::main();
}

/// A question about the step of the opening scene, and the table that a class sends: a heading, names and codes.
fn question() -> (State, String) {
    let mut state = State::opening();
    state.finish();
    let ask = PredictCommand::Ask { kind: PredictionKind::Landing, span: Span::Step, question: None };
    state.apply(vec![Command::Predict(ask)]);
    let at = state.derived.analysis().expect("a step is shown").iterate.at;
    let code = |index: u32| {
        let (ring, turn) = (0.02 * f64::from(index % 30), 0.7 * f64::from(index));
        let guess = Guess::Place(at + Vector::new(ring * turn.cos(), ring * turn.sin()));
        format!("student {index},{}", state.code_of(&guess).expect("within the frame"))
    };
    let lines: Vec<String> = (0..CLASS).map(code).collect();
    let table = format!("name,code\n{}\n", lines.join("\n"));
    (state, table)
}

/// The table is read.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let (mut state, table) = question();
    bencher.bench_local(|| {
        state.apply(vec![
            Command::Predict(PredictCommand::ForgetAnswers),
            Command::Predict(PredictCommand::TakeAnswers(black_box(table.clone()))),
        ]);
        state.predictions.open().and_then(|open| open.answers.as_ref()).map(|answers| answers.guesses.len())
    });
}

/// The table is read, the answer revealed, and a frame of the window laid out and tessellated: the cloud on the map, the histogram
/// and the most common mistake beside the question.
#[divan::bench(sample_count = 20)]
fn read_revealed_and_drawn(bencher: Bencher<'_, '_>) {
    let context = Context::default();
    let table = question().1;
    // The fonts are there already, as in a window; the pictures are drawn anew.
    show(&context, &question().0);
    bencher.with_inputs(|| question().0).bench_local_values(|mut state| {
        state.apply(vec![
            Command::Predict(PredictCommand::TakeAnswers(black_box(table.clone()))),
            Command::Predict(PredictCommand::Reveal),
        ]);
        state.finish();
        show(&context, &state)
    });
}

/// A frame of a window; how many meshes it has.
fn show(context: &Context, state: &State) -> usize {
    let mut canvases = Canvases::for_one_picture();
    let input =
        RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0))), ..RawInput::default() };
    let mut output = context.run_ui(input, |ui| {
        let _ = window_ui(state, &mut canvases, ui);
    });
    output.textures_delta.clear();
    context.tessellate(output.shapes, output.pixels_per_point).len()
}
