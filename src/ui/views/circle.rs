//! The circle: the loss in every direction at one distance, how far the best step turns from −∇f, and what it costs to find it.

mod methods;

use egui::{Button, Label, RichText, Role, TextStyle, Ui, WidgetInfo, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, look, nothing, pane_title};
use crate::analysis::{BridgeStep, CircleProfile, LocalModel};
use crate::drawing::circle::{CircleView, circle, degrees};
use crate::drawing::ink::{Ink, run_style};
use crate::drawing::overlays::{BRIDGE, EVERY_METHOD, OverlayId};
use crate::landscapes::Parameter;
use crate::numbers::Vector;
use crate::numbers::numerals::{change, counted, number};
use crate::render::flat::{Axes, FlatView};
use crate::run::StepAnalysis;
use crate::state::{Command, Pane, State, ViewCommand, step_length};
use crate::ui::actions;
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::number_field::{NumberField, push_read, read, spelled};
use crate::ui::widgets::track::{self, Slide, Track};

/// The least share of the landscape's size that the slider reaches.
const SMALLEST: f64 = 1e-4;
/// What the button says while the circle shrinks.
const STOP: &str = "Stop";
/// What the button of the list of methods says.
const METHODS: &str = "Methods";
/// What the button of the curve from −∇f to Newton's step says.
const BRIDGED: &str = "Bridge";
/// The least length of the slider beside everything else, in heights of a letter.
const LEAST_TRACK: f32 = 3.0;
/// The least height of the curve with its angles, in points at normal type: in less the words below it give way, the last first.
const LEAST: f32 = 90.0;
/// The same for all words but the first.
const GOOD: f32 = 134.0;
/// From this width and height on, in points at normal type, words are written out.
const ROOMY: [f32; 2] = [480.0, 300.0];

/// Shows the circle in the room there is.
pub fn circle_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Circle, ui, commands, |_, _| {});
    let (Some(analysis), Some(profile)) = (state.derived.analysis(), state.derived.circle_profile()) else {
        let is_searching = state.derived.wanted_circle().is_some();
        let no_value = "No circle: the loss has no value at the start";
        return nothing(ui, if is_searching { "evaluating every direction …" } else { no_value });
    };
    let scale = theme::factor_in(ui);
    let roomy = ui.available_width() > ROOMY[0] * scale && ui.available_height() > ROOMY[1] * scale;
    radius_ui(state, analysis, profile, roomy, ui, commands);
    canvases.pointed_method = None;
    if state.view.shows(EVERY_METHOD) {
        canvases.pointed_method = methods::methods_ui(state, ui, commands);
        return;
    }
    let large = state.view.chrome.maximized == Some(Pane::Circle);
    let style = if large { TextStyle::Body } else { TextStyle::Small };
    let bridged = state.derived.bridge().zip(state.derived.bridge_step());
    let bridged = bridged.map(|(bridge, step)| bridge_words(&bridge.model, step, profile, roomy));
    let mut says: Vec<String> = bridged.into_iter().chain(says(analysis, profile, roomy)).collect();
    let all = says.clone();
    let least = |says: &[String]| scale * if says.len() > 1 { GOOD } else { LEAST };
    while !says.is_empty() && ui.available_height() - height_of(&says, &style, ui) < least(&says) {
        says.pop();
    }
    let below = height_of(&says, &style, ui) + if roomy { caption_height(ui) } else { 0.0 };
    let room = vec2(ui.available_width(), (ui.available_height() - below).max(1.0));
    let axes = 30.0 * scale;
    let inside = [room.x - axes, room.y - axes].map(|side| f64::from((side / scale).max(1.0)));
    let card = state.document.cards.iter().find(|card| card.id == state.selected);
    let ink = card.map_or(Ink::Truth, |card| run_style(card.style).0);
    let picture = circle(&state.document.landscape, analysis, profile, ink, inside);
    ui.allocate_ui(room, |ui| {
        ui.set_min_size(room);
        match picture {
            Some(picture) => show(state, profile, picture, ui),
            None => nothing(ui, "No curve: the loss has no finite value at this distance"),
        }
    });
    if roomy {
        let from = if profile.from_minus_gradient { "−∇f" } else { "the x axis" };
        let caption = theme::muted(format!("angle from {from} in degrees, counter-clockwise"));
        ui.vertical_centered(|ui| ui.add(Label::new(caption.text_style(TextStyle::Small)).truncate()));
    }
    for words in &says {
        let label = ui.add(Label::new(RichText::new(words).text_style(style.clone())).wrap());
        // The last one says what has no room.
        if says.len() < all.len() && says.last() == Some(words) {
            let rest = all[says.len() - 1..].join("\n");
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, &rest));
            label.hint(&rest);
        }
    }
}

fn caption_height(ui: &Ui) -> f32 {
    ui.text_style_height(&TextStyle::Small) + ui.spacing().item_spacing.y
}

fn show(state: &State, profile: &CircleProfile, picture: CircleView, ui: &mut Ui) {
    let chart = FlatView::chart("circle", picture.view, picture.primitives, look(state, ui));
    let shown = FlatView { axes: Axes::Degrees, ..chart }.show(ui);
    announce(&shown.response, || announcement(profile));
}

/// The radius: as a slider, as a number, that of the step, or shrinking.
fn radius_ui(
    state: &State,
    analysis: &StepAnalysis,
    profile: &CircleProfile,
    roomy: bool,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let size = state.document.landscape.domain().size();
    let parameter = Parameter::log("r", "r", 0.1 * size, [SMALLEST * size, size])
        .described("radius", "The length r of the compared steps. As r → 0 the best step tends to −∇f.");
    let mut has_room = true;
    ui.horizontal(|ui| {
        ui.label("r").hint(parameter.help);
        let em = TextStyle::Body.resolve(ui.style()).size;
        let [step, shrink] = if roomy { ["step's length", "Shrink to 0"] } else { ["= step", "→ 0"] };
        // As wide as either of its words, so that nothing moves when it is pressed.
        let buttons = [&[step][..], &[shrink, STOP]].map(|words| {
            let wide = words.iter().map(|word| width_of(word, ui)).fold(0.0, f32::max);
            wide + 2.0 * ui.spacing().button_padding.x
        });
        let number = 4.6 * em;
        let [every, bridge] = [METHODS, BRIDGED].map(|word| width_of(word, ui) + 2.0 * ui.spacing().button_padding.x);
        let gap = ui.spacing().item_spacing.x;
        let first = number + buttons[0] + buttons[1] + 3.0 * gap;
        // Where the slider would be next to nothing, the overlays have a row of their own.
        has_room = ui.available_width() - first - every - bridge - 2.0 * gap > LEAST_TRACK * em;
        let others = first + if has_room { every + bridge + 2.0 * gap } else { 0.0 };
        let track = Track::of(&parameter, profile.radius);
        let width = (ui.available_width() - others).clamp(1.0, 24.0 * em);
        let slid = Slide { track, value: profile.radius, snaps: &[], name: "radius of the circle", width }.show(ui);
        track::paint(ui, &slid, track.share(profile.radius));
        slid.response.hint(parameter.help);
        if let Some(radius) = slid.moved {
            commands.push(Command::View(ViewCommand::SetCircleRadius(Some(radius))));
        }
        let field = NumberField {
            name: "radius of the circle as a number",
            help: parameter.help,
            shown: spelled(profile.radius),
            width: number,
        };
        if let Some(text) = field.show(ui) {
            push_read(read(&parameter, &text), commands, |radius| {
                Command::View(ViewCommand::SetCircleRadius(Some(radius)))
            });
        }
        step_button(state, analysis, profile, step, ui, commands);
        shrink_button(state, shrink, buttons[1], ui, commands);
        if has_room {
            overlay_buttons(state, ui, commands);
        }
    });
    if !has_room {
        ui.horizontal(|ui| overlay_buttons(state, ui, commands));
    }
}

/// The curve from −∇f to Newton's step, and the list of methods.
fn overlay_buttons(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    overlay_button(
        state,
        (BRIDGE, BRIDGED, "from −∇f to Newton’s step"),
        "The lowest points of the quadratic model within every distance, from −∇f to Newton's step, on the map: drag the ring on the curve.",
        ui,
        commands,
    );
    overlay_button(
        state,
        (EVERY_METHOD, METHODS, "one step of every method"),
        "One step of every method from this point: as arrows on the map, and here in a list in the place of the circle.",
        ui,
        commands,
    );
}

fn step_button(
    state: &State,
    analysis: &StepAnalysis,
    profile: &CircleProfile,
    text: &str,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let of_step = state.view.scene.circle.is_of_step();
    let length = step_length(analysis);
    let help = match length {
        Some(length) => format!("r is the length of the step, {}.", number(length)),
        None => "The step has length 0: r is a tenth of the domain.".to_owned(),
    };
    let response = ui.selectable_label(of_step, text).hint(help);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, of_step, "radius as the step's length"));
    if response.clicked() {
        commands.push(Command::View(ViewCommand::SetCircleRadius(if of_step { Some(profile.radius) } else { None })));
    }
}

fn shrink_button(state: &State, text: &str, width: f32, ui: &mut Ui, commands: &mut Vec<Command>) {
    let shrinking = state.view.scene.circle.is_shrinking();
    let text = if shrinking { STOP } else { text };
    let name = if shrinking { "Stop shrinking the circle" } else { "Shrink the circle to 0" };
    let help = actions::find("shrink circle").map_or_else(String::new, |action| action.tooltip(ui.ctx()));
    let response = ui.add(Button::new(text).min_size(vec2(width, 0.0))).hint(help);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    if response.clicked() {
        commands.push(Command::View(ViewCommand::ShrinkCircle));
    }
}

/// Shows or hides an overlay that is read here: the word on the button and its accessible name.
fn overlay_button(
    state: &State,
    (overlay, word, name): (OverlayId, &str, &str),
    help: &str,
    ui: &mut Ui,
    commands: &mut Vec<Command>,
) {
    let is_on = state.view.shows(overlay);
    let button = Button::selectable(is_on, word).frame_when_inactive(true);
    let response = ui.add(button).hint(help);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_on, name));
    if response.clicked() {
        commands.push(Command::View(ViewCommand::ToggleOverlay(overlay)));
    }
}

fn width_of(text: &str, ui: &Ui) -> f32 {
    let font = TextStyle::Button.resolve(ui.style());
    ui.painter().layout_no_wrap(text.to_owned(), font, egui::Color32::PLACEHOLDER).size().x
}

/// The angle, the loss forgone, and the cost; in few words where there is little room.
fn says(analysis: &StepAnalysis, profile: &CircleProfile, roomy: bool) -> Vec<String> {
    let Some(best) = profile.step.best else {
        let why = "No best step: at the lowest point of this circle the loss has no finite value.";
        return profile.has_values().then(|| why.to_owned()).into_iter().collect();
    };
    let loss = number(best.value);
    let comparison = match (profile.best_turn(), profile.forgone()) {
        (None, _) => "The loss is constant on this circle: no step of this length is better than another.".to_owned(),
        (Some(turn), Some(forgone)) => {
            let (angle, other) = (degrees(turn), number(profile.step.minus_gradient_value));
            let less = if forgone > 0.0 { number(forgone) } else { "less than rounding".to_owned() };
            if roomy {
                format!(
                    "δ* lies {angle} from −∇f: the loss after it is {loss}, after −∇f {other}; excess loss of −∇f: {less}."
                )
            } else {
                format!("loss after δ* {loss}, −∇f {other}: excess {less}")
            }
        }
        (Some(turn), None) if profile.from_minus_gradient => {
            format!(
                "δ* lies {} from −∇f, which leads to a point without a value of the loss; loss after δ* {loss}.",
                degrees(turn)
            )
        }
        (Some(_), None) => {
            let why =
                if analysis.model.gradient == Vector::zeros() { "∇f = 0 here" } else { "∇f has no direction here" };
            format!("{why}: there is no −∇f to compare with. After δ* the loss is {loss}.")
        }
    };
    let cost = profile.step.cost;
    let count = |count: u32, name: &str| counted(count as usize, name);
    let evaluations = format!("{} + {}", count(cost.values, "value"), count(cost.gradients, "gradient"));
    let price = if roomy {
        let looking = if profile.best_turn().is_some() { "Finding δ*" } else { "Looking for δ*" };
        format!("{looking} took {evaluations} of the loss in all directions; −∇f takes 1 gradient at the point.")
    } else {
        format!("δ*: {evaluations}; −∇f: 1 gradient")
    };
    vec![comparison, price]
}

/// The step s(Δ) for Δ = r: its damping, what it predicts and does, and beside it the dogleg and the best step.
fn bridge_words(model: &LocalModel, found: &BridgeStep, profile: &CircleProfile, roomy: bool) -> String {
    let step = found.step;
    let dogleg = dogleg_words(found.dogleg, roomy);
    let after = match (roomy, found.dogleg) {
        (true, Some(_)) => "after ",
        (true, None) => "actual after ",
        (false, _) => "",
    };
    let best = profile.step.best.map(|best| format!(", {after}δ* {}", change(best.value - model.value)));
    let best = best.unwrap_or_default();
    let (predicted, did) = (change(model.quadratic(step.step)), change(found.actual));
    if !roomy {
        let damping =
            if step.twin.is_some() { "hard case".to_owned() } else { format!("μ {}", number(step.multiplier)) };
        return format!("s(Δ = r): {damping}, predicted {predicted}, actual {did} ({dogleg}{best})");
    }
    let damping = match step.twin {
        Some(_) => format!("hard case, two steps: H + μI is singular at μ = {}", number(step.multiplier)),
        None if !step.on_boundary => "Newton’s step, μ = 0".to_owned(),
        None => format!("(H + μI)s = −∇f with μ = {}", number(step.multiplier)),
    };
    format!("s(Δ), Δ = r: {damping}; predicted {predicted}, actual {did}; {dogleg}{best}.")
}

fn dogleg_words(dogleg: Option<f64>, roomy: bool) -> String {
    match dogleg {
        Some(dogleg) if roomy => format!("actual after the dogleg {}", change(dogleg)),
        Some(dogleg) => format!("dogleg {}", change(dogleg)),
        None if roomy => "no dogleg: H is not positive definite".to_owned(),
        None => "no dogleg".to_owned(),
    }
}

fn announcement(profile: &CircleProfile) -> String {
    let radius = number(profile.radius);
    match profile.best_turn() {
        Some(turn) if profile.from_minus_gradient => {
            format!("Circle of radius {radius}: the best step turns by {} from −∇f", degrees(turn))
        }
        _ => format!("Circle of radius {radius}"),
    }
}
