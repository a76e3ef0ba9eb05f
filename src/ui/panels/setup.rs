//! The drawer on the left: landscape and its parameters, samples, start and tolerance.

use std::f64::consts::PI;

use egui::{Align, Button, CollapsingHeader, Label, Layout, RichText, TextStyle, Ui, WidgetText};

use super::column;
use super::samples::samples_ui;
use crate::landscapes::{Landscape, Parameter, RescaledAxes, ViewBox};
use crate::numbers::Point;
use crate::state::{Command, DocumentCommand, State, WindowCommand};
use crate::ui::theme;
use crate::ui::widgets::formula_field::formula_field;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read_coordinate, spelled};
use crate::ui::widgets::parameter_control::ParameterControl;
use crate::ui::widgets::row::{self, Columns};

const STRETCH: Parameter = Parameter::log("stretch", "s", 1.0, [0.1, 10.0]).described(
    "stretch",
    "The first coordinate is counted in units of this size: the loss is seen as f(Ay), A = R(angle) diag(s, 1). The runs start at the same point with the same rates: Newton's path stays the same, that of gradient descent does not.",
);
const ANGLE: Parameter = Parameter::linear("angle", "φ", 0.0, [-PI, PI]).described(
    "turn",
    "The angle by which the axes are turned, in radians: gradient descent takes the same path in turned axes, methods with a rate for each weight do not.",
);

/// Shows the panel in the room there is; it scrolls where that is too little.
pub fn setup_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    column(ui).show(ui, |ui| {
        landscape_ui(state, ui, commands);
        samples_ui(state, ui, commands);
        notes_ui(state, ui);
        axes_ui(&state.document.landscape, ui, commands);
        section_gap(ui);
        start_ui(state, ui, commands);
        section_gap(ui);
        tolerance_ui(state.document.tolerance, ui, commands);
    });
}

fn section_gap(ui: &mut Ui) {
    ui.add_space(ui.spacing().item_spacing.x);
}

/// A section's title, with a control at its right end.
fn title_row(ui: &mut Ui, title: &str, control: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.label(theme::title(title));
        ui.with_layout(Layout::right_to_left(Align::Center), control);
    });
}

fn small_button<'a>(text: &str) -> Button<'a> {
    Button::new(RichText::new(text).small())
}

fn landscape_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let landscape = &state.document.landscape;
    let entry = landscape.entry();
    ui.label(theme::title(landscape.name()));
    if let Some(typed) = landscape.typed() {
        formula_ui(state, typed, ui, commands);
    }
    ui.label(theme::muted(entry.idea).small()).hint(format!("{}\n\n{}", landscape.formula(), entry.reference));
    let parameters = std::iter::zip(landscape.parameters(), landscape.values()).take(landscape.own_parameters());
    for (index, (parameter, value)) in parameters.enumerate() {
        let parameter = ParameterControl { parameter, value: *value, owner: "the landscape" };
        parameter.show(ui, commands, |value| Command::Document(DocumentCommand::SetParameter { index, value }));
    }
}

/// The factor of the first axis, and the turn of both: folded away until they are wanted.
fn axes_ui(landscape: &Landscape, ui: &mut Ui, commands: &mut Vec<Command>) {
    let axes = landscape.axes();
    let header = CollapsingHeader::new(theme::muted("rescale the axes").small())
        .id_salt("axes")
        .default_open(axes != RescaledAxes::PLAIN);
    header.show(ui, |ui| {
        let mut show = |parameter: &Parameter, value: f64, changed: &dyn Fn(f64) -> RescaledAxes| {
            let control = ParameterControl { parameter, value, owner: "the axes" };
            control.show(ui, commands, |value| Command::Document(DocumentCommand::SetAxes(changed(value))));
        };
        show(&STRETCH, axes.stretch, &|stretch| RescaledAxes { stretch, ..axes });
        if !landscape.dimension().is_one() {
            show(&ANGLE, axes.angle, &|angle| RescaledAxes { angle, ..axes });
        }
    });
}

/// How the formula or the file was read, and what is unusual about the landscape: whole, as long as it may be.
fn notes_ui(state: &State, ui: &mut Ui) {
    // While a formula cannot be read, they would be about another one.
    for note in state.derived.notes().iter().filter(|_| state.view.scene.faulty_formula.is_none()) {
        ui.add(Label::new(theme::strong(note).small()).wrap()).hint(note);
    }
}

/// The formula as it is being typed, and the box.
fn formula_ui(state: &State, typed: &str, ui: &mut Ui, commands: &mut Vec<Command>) {
    let (text, error) = match (&state.draft, &state.view.scene.faulty_formula) {
        (Some(draft), _) => (draft.text.as_str(), None),
        (None, Some((text, error))) => (text.as_str(), Some(error)),
        (None, None) => (typed, None),
    };
    let is_network = state.document.landscape.data().is_some();
    let field = formula_field(ui, text, error, is_network);
    let draft = state.draft.as_ref().filter(|_| field.is_done).map(|draft| draft.text.clone());
    let command = if field.is_done { DocumentCommand::TypeFormula } else { DocumentCommand::DraftFormula };
    commands.extend(field.text.or(draft).map(command).map(Command::Document));
    if error.is_some() {
        ui.label(theme::muted(format!("the map still shows {}", state.document.landscape.formula())).small());
    }
    let header = CollapsingHeader::new(theme::muted("domain and sliders").small()).id_salt("domain and sliders");
    header.show(ui, |ui| box_ui(&state.document.landscape, ui, commands));
}

/// The ends of the box, those that suit the formula until others are typed, and of the sliders of its letters.
fn box_ui(landscape: &Landscape, ui: &mut Ui, commands: &mut Vec<Command>) {
    let view = landscape.domain();
    for (axis, name) in landscape.weights().into_iter().enumerate().take(landscape.dimension().count()) {
        let help = "The domain that is shown and searched for critical points.";
        let ends = if axis == 0 { view.x } else { view.y };
        ends_ui([&format!("domain {name}"), name, help], ends, ui, commands, |ends| {
            let view = if axis == 0 { ViewBox { x: ends, ..view } } else { ViewBox { y: ends, ..view } };
            Command::Document(DocumentCommand::SetDomain(Some(view)))
        });
    }
    if landscape.chosen_domain().is_some() {
        let help = "The domain that was found for the formula, instead of the one typed.";
        if ui.add(small_button("Domain that suits the formula")).hint(help).clicked() {
            commands.push(Command::Document(DocumentCommand::SetDomain(None)));
        }
    }
    letters_ui(landscape, ui, commands);
}

/// The ends of the sliders of a formula's letters.
fn letters_ui(landscape: &Landscape, ui: &mut Ui, commands: &mut Vec<Command>) {
    for (index, letter) in landscape.letters().iter().enumerate() {
        let name = format!("slider of {}", letter.symbol);
        let help = "The ends of the slider; its number field takes any value.";
        ends_ui([&name, letter.symbol, help], [letter.min, letter.max], ui, commands, |range| {
            Command::Document(DocumentCommand::SetRange { index, range })
        });
    }
}

/// A row with two ends, each a field that is called by `name`.
fn ends_ui(
    [name, label, help]: [&str; 3],
    ends: [f64; 2],
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: impl Fn([f64; 2]) -> Command,
) {
    ui.horizontal(|ui| {
        let width = Columns::of(ui).number;
        let room = ui.available_width() - 2.0 * (width + ui.spacing().item_spacing.x);
        row::muted_label(ui, format!("{label} from … to"), room);
        for (end, side) in ["from", "to"].into_iter().enumerate() {
            let name = format!("{name} {side}");
            let field = NumberField { name: &name, help, shown: spelled(ends[end]), width };
            coordinate_ui(field, ui, commands, |value| {
                command(if end == 0 { [value, ends[1]] } else { [ends[0], value] })
            });
        }
    });
}

/// A field for a coordinate, and the command for the value that is typed in it.
fn coordinate_ui(
    field: NumberField<'_>,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
    command: impl FnOnce(f64) -> Command,
) {
    let name = field.name;
    if let Some(text) = field.show(ui) {
        push_read(read_coordinate(name, &text), commands, command);
    }
}

fn start_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    let document = &state.document;
    let own = document.place(state.selected).filter(|place| document.cards[*place].own_start.is_some());
    let title = own.map_or_else(|| "Start".to_owned(), |place| format!("Start of run {} alone", place + 1));
    let start = own.map_or(document.start, |place| document.start_of(&document.cards[place]));
    title_row(ui, &title, |ui| random_start_ui(document.start_seed, ui, commands));
    ui.horizontal(|ui| weights_ui(&document.landscape, start, ui, commands));
}

/// The weights of the start, beside each other.
fn weights_ui(landscape: &Landscape, start: Point, ui: &mut Ui, commands: &mut Vec<Command>) {
    let gap = ui.spacing().item_spacing.x;
    let half = ((ui.available_width() - gap) / 2.0).max(0.0);
    for (axis, name) in landscape.weights().into_iter().enumerate().take(landscape.dimension().count()) {
        let text = WidgetText::from(theme::muted(name));
        let label = text.into_galley(ui, None, f32::INFINITY, TextStyle::Body);
        let width = half - label.size().x - gap;
        ui.label(label);
        let name = format!("start {name}");
        let help = "Where the runs start, typed exactly; or drag the dot on the map.";
        let field = NumberField { name: &name, help, shown: spelled(start[axis]), width };
        coordinate_ui(field, ui, commands, |value| {
            let mut moved: Point = start;
            moved[axis] = value;
            Command::Document(DocumentCommand::MoveStart(moved))
        });
    }
}

fn random_start_ui(seed: u64, ui: &mut Ui, commands: &mut Vec<Command>) {
    let help = format!(
        "Draws a start from the domain with random seed {}: the same seed draws the same start. Key R.",
        seed + 1
    );
    if ui.add(small_button("Random start")).hint(help).clicked() {
        commands.push(Command::Document(DocumentCommand::RandomStart));
    }
}

fn tolerance_ui(tolerance: Option<f64>, ui: &mut Ui, commands: &mut Vec<Command>) {
    const HELP: &str = "A run has converged once ‖∇f‖ is at most this; 0 lets it go on to its last step.";
    let Columns { label, slider, number: width } = Columns::of(ui);
    ui.horizontal(|ui| {
        row::muted_label(ui, "converged at ‖∇f‖ ≤", label + slider + ui.spacing().item_spacing.x).hint(HELP);
        let field = NumberField { name: "tolerance", help: HELP, shown: spelled(tolerance.unwrap_or(0.0)), width };
        if let Some(text) = field.show(ui) {
            commands.push(match crate::landscapes::number("tolerance", &text) {
                Ok(value) if value >= 0.0 => {
                    Command::Document(DocumentCommand::SetTolerance((value > 0.0).then_some(value)))
                }
                Ok(value) => {
                    Command::Window(WindowCommand::Say(format!("tolerance cannot be {value}: it must be 0 or above")))
                }
                Err(error) => Command::Window(WindowCommand::Say(error.to_string())),
            });
        }
    });
}
