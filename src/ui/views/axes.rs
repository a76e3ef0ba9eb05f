//! The loss in its own axes and in others side by side, each with the runs: Newton's path is the same in both, that of a gradient
//! method is not. The tip of the ellipse, dragged, stretches and turns the axes.

use egui::{CursorIcon, Label, Pos2, Rect, RichText, TextStyle, Ui, UiBuilder, pos2, vec2};

use super::Canvases;
use super::canvas::{announce, height_of, look, pane_title};
use super::critical_mark::{MANY, critical_mark};
use super::terrain::Terrain;
use crate::drawing::ink::{Ink, MarkerShape, run_style};
use crate::drawing::primitive::{Pen, Primitive};
use crate::landscapes::{Landscape, RescaledAxes, ViewBox};
use crate::numbers::numerals::{number, parameter, percent};
use crate::numbers::{Point, Vector};
use crate::optimizers::RATE_RATIO;
use crate::render::flat::{FlatResponse, FlatView, Mapping};
use crate::state::{AxesRun, Card, Command, DocumentCommand, Pane, State, ViewCommand};
use crate::ui::theme;
use crate::ui::widgets::hint::Hint as _;
use crate::ui::widgets::row::{fits, small_width};

/// The radius of the circle that becomes the ellipse, as a share of the shorter side of the picture.
const RADIUS: f64 = 0.16;
/// Factors that the tip can be dragged to.
const FACTORS: [f64; 2] = [0.1, 10.0];
/// The pointer holds the tip from this near, in points.
const NEAR: f32 = 24.0;
/// How far marks of a run are apart, as a share of the longer side.
const MARKS_APART: f64 = 0.12;
/// The radius of a hollow mark, in points at normal type.
const RING: f32 = 4.2;
/// Corners of the ellipse.
const CORNERS: usize = 96;
/// Samples of the loss along the longer side while it changes, and at rest.
const SIDES: [usize; 2] = [64, 160];
/// The least height of the pictures, in points at normal type: for less of it the words above them give way.
const LEAST: f32 = 130.0;
/// What the pictures are called, and what share of their width that takes at most.
const TITLES: [[&str; 2]; 2] = [["f(x), its own axes", "f(x)"], ["f(Ay), the axes of the runs", "f(Ay)"]];
/// What the second one is called where its runs have a rate for each weight.
const WITH_TWO_RATES: [&str; 2] = ["f(Ay), with two rates", "f(Ay), two rates"];
const TITLE: f32 = 0.7;
/// What the switch of two rates says.
const SWITCH: &str = "undo with two rates";
/// Digits of the factor and of the angle that a drag sets.
const DIGITS: f64 = 100.0;

/// What the view keeps from frame to frame.
pub struct AxesCanvas {
    /// The loss in its own axes, and in the others.
    pub(super) terrains: [Terrain; 2],
    /// Where things were on the screen in the last frame, in its own axes and in the others.
    pub mappings: Option<[Mapping; 2]>,
    /// The tip is held by the pointer.
    is_held: bool,
    /// How high the sentence was in the last frame.
    sentence: f32,
}

impl Default for AxesCanvas {
    fn default() -> Self {
        Self { terrains: [(); 2].map(|()| Terrain::new(shape, SIDES)), mappings: None, is_held: false, sentence: 0.0 }
    }
}

/// The number of samples along both sides, in proportion to their lengths.
fn shape(view: ViewBox, side: usize) -> [usize; 2] {
    let longer = view.size();
    [view.width(), view.height()].map(|length| ((side as f64 * length / longer) as usize).max(8))
}

/// Shows the runs in both systems of axes, side by side.
pub fn axes_ui(state: &State, canvases: &mut Canvases, ui: &mut Ui, commands: &mut Vec<Command>) {
    pane_title(state, Pane::Axes, ui, commands, |_, _| {});
    let canvas = &mut canvases.axes;
    let runs = state.derived.axes_runs();
    let sentence = sentence(state, runs);
    canvas.sentence_ui(state, &sentence, ui, commands);
    let landscape = &state.document.landscape;
    let axes = landscape.axes();
    let room = ui.available_rect_before_wrap();
    let gap = 8.0;
    let (left, right) = room.split_left_right_at_fraction(0.5);
    let halves = [left.with_max_x(left.right() - gap / 2.0), right.with_min_x(right.left() + gap / 2.0)];
    let both: [&Landscape; 2] = [landscape.without_axes(), landscape];
    let shown = [0, 1].map(|which| {
        let (landscape, picture) = (both[which], halves[which]);
        let view = landscape.frame();
        let seen = fitted(view, picture);
        canvas.terrains[which].follow(landscape, seen, ui);
        let mut primitives = contours(&canvas.terrains[which]);
        primitives.extend(canvas.critical(state, which));
        if which == 0 {
            primitives.extend(ellipse(view, axes));
            primitives.extend(by_selection(state, runs).flat_map(|run| own_paths(state, run)));
        } else {
            primitives.extend(by_selection(state, runs).flat_map(|run| other_path(state, run, axes)));
        }
        let shown = show(state, ["own axes", "other axes"][which], view, primitives, picture, ui);
        let of_run = |run: &AxesRun| {
            let image = run.image.iter().map(|at| if which == 0 { *at } else { axes.into(*at) });
            let own = run.own.iter().copied().filter(|_| which == 0);
            image.chain(own).collect::<Vec<_>>()
        };
        let has_two_rates = which == 1 && runs.iter().any(|run| run.rates.is_some());
        let title = if has_two_rates { WITH_TWO_RATES } else { TITLES[which] };
        title_ui(title, &shown.mapping, runs.iter().flat_map(of_run), ui);
        shown
    });
    canvas.mappings = Some([shown[0].mapping, shown[1].mapping]);
    announce(&shown[0].response, || format!("The loss in its own axes, with the runs. {sentence}"));
    announce(&shown[1].response, || "The loss in the axes of the runs, f(Ay)".to_owned());
    canvas.drag(&shown[0], both[0].frame(), axes, ui, commands);
}

/// The runs, the selected one last: no other covers it.
fn by_selection<'a>(state: &'a State, runs: &'a [AxesRun]) -> impl Iterator<Item = &'a AxesRun> {
    let is_selected = |run: &&AxesRun| run.card == state.selected;
    runs.iter().filter(move |run| !is_selected(run)).chain(runs.iter().filter(is_selected))
}

/// What a picture is called: in the first of its corners in which none of these places lies.
fn title_ui([whole, brief]: [&str; 2], mapping: &Mapping, places: impl Iterator<Item = Point>, ui: &mut Ui) {
    let frame = mapping.frame().shrink(3.0);
    let text = if fits(ui, whole, TITLE * frame.width()) { whole } else { brief };
    let size = vec2(small_width(ui, text) + 8.0, ui.text_style_height(&TextStyle::Small));
    let far = frame.max - size;
    let corners = [frame.min, pos2(far.x, frame.top()), pos2(frame.left(), far.y), far];
    let rooms = corners.map(|corner| Rect::from_min_size(corner, size));
    let marks: Vec<Pos2> = places.map(|at| mapping.position(at)).collect();
    let is_free = |room: &&Rect| !marks.iter().any(|at| room.expand(4.0).contains(*at));
    let room = *rooms.iter().find(is_free).unwrap_or(&rooms[0]);
    ui.painter().rect_filled(room, 2.0, ui.visuals().window_fill.gamma_multiply(0.85));
    ui.put(room, Label::new(RichText::new(text).small()).selectable(false));
}

/// The box, and around it what fills the picture at one scale for both axes.
fn fitted(view: ViewBox, picture: Rect) -> ViewBox {
    let [width, height] = [picture.width(), picture.height()].map(|side| f64::from(side.max(1.0)));
    let scale = (view.width() / width).max(view.height() / height);
    let center = view.center();
    let [x, y] = [width, height].map(|side| side * scale / 2.0);
    ViewBox::new(center.x - x, center.x + x, center.y - y, center.y + y)
}

fn contours(terrain: &Terrain) -> Vec<Primitive<'static>> {
    let pen = Pen::new(Ink::Contour, 0.8).pale(0.55);
    let lines = terrain.ground().map(|ground| ground.contours().to_vec()).unwrap_or_default();
    lines.into_iter().map(|line| Primitive::line(line, pen)).collect()
}

fn show(
    state: &State,
    id: &'static str,
    view: ViewBox,
    primitives: Vec<Primitive<'static>>,
    picture: Rect,
    ui: &mut Ui,
) -> FlatResponse {
    let flat = FlatView { equal_scales: true, ..FlatView::chart(id, view, primitives, look(state, ui)) };
    ui.scope_builder(UiBuilder::new().max_rect(picture).id_salt(id), |ui| flat.show(ui)).inner
}

/// Middle and radius of the circle whose image is the ellipse.
fn circle(view: ViewBox) -> (Point, f64) {
    (view.center(), RADIUS * view.width().min(view.height()))
}

/// The image of a circle under A, with the handle at the end of its first axis.
fn ellipse(view: ViewBox, axes: RescaledAxes) -> Vec<Primitive<'static>> {
    let (center, radius) = circle(view);
    let [first, second] = axes.columns();
    let at = |corner: usize| {
        let (sine, cosine) = libm::sincos(std::f64::consts::TAU * corner as f64 / CORNERS as f64);
        center + (first * cosine + second * sine) * radius
    };
    let outline = (0..=CORNERS).map(at).collect();
    let tip = center + first * radius;
    let pen = Pen::new(Ink::Accent, 1.6).with_halo(1.2);
    vec![
        Primitive::line(outline, pen),
        Primitive::line(vec![center, tip], pen),
        Primitive::mark(tip, MarkerShape::Circle, 6.0, Pen::new(Ink::Accent, 2.0).with_halo(1.2), true),
    ]
}

/// The runs in the axes of f: the one there as a line, the one on f(Ay) as hollow marks.
fn own_paths(state: &State, run: &AxesRun) -> Vec<Primitive<'static>> {
    let Some(card) = state.document.card(run.card) else { return Vec::new() };
    let (ink, shape) = run_style(card.style);
    let view = state.document.landscape.frame();
    // The line last: it is seen through the hollow marks.
    let marks = apart(&run.image, view).map(|at| Primitive::mark(at, shape, RING, Pen::new(ink, 1.3), false));
    let mut out: Vec<Primitive<'static>> = marks.collect();
    out.push(Primitive::line(run.own.clone(), Pen::new(ink, 2.0).with_halo(1.0)));
    out.extend(apart(&run.own, view).map(|at| Primitive::mark(at, shape, 2.2, Pen::new(ink, 1.0), true)));
    out
}

/// The iterates that are far enough from the one before to have a mark of their own, and the last: closer marks would be a band.
fn apart(path: &[Point], view: ViewBox) -> impl Iterator<Item = Point> + use<'_> {
    let least = MARKS_APART * view.size();
    let mut marked: Option<Point> = None;
    path.iter().enumerate().filter_map(move |(index, at)| {
        let is_far = marked.is_none_or(|before| (at - before).norm() >= least);
        if !is_far && index + 1 < path.len() {
            return None;
        }
        marked = Some(*at);
        Some(*at)
    })
}

/// The run in the other axes, as it is.
fn other_path(state: &State, run: &AxesRun, axes: RescaledAxes) -> Vec<Primitive<'static>> {
    let Some(card) = state.document.card(run.card) else { return Vec::new() };
    let (ink, shape) = run_style(card.style);
    let path: Vec<Point> = run.image.iter().map(|at| axes.into(*at)).collect();
    let marks = apart(&path, state.document.landscape.frame());
    let marks = marks.map(|at| Primitive::mark(at, shape, RING, Pen::new(ink, 1.3), false));
    let marks: Vec<Primitive<'static>> = marks.collect();
    marks.into_iter().chain([Primitive::line(path, Pen::new(ink, 2.0).with_halo(1.0))]).collect()
}

impl AxesCanvas {
    /// Says the sentence in the height that leaves the pictures theirs: the rest of it gives way first, then all of it. While the
    /// tip is held nothing moves below it, whatever it says.
    fn sentence_ui(&mut self, state: &State, sentence: &str, ui: &mut Ui, commands: &mut Vec<Command>) {
        let style = TextStyle::Small;
        let pictures = LEAST * theme::factor_in(ui);
        let room = if self.is_held { self.sentence + 0.5 } else { ui.available_height() - pictures };
        let switch = if has_rates(state) { SWITCH } else { "" };
        let has_room = |text: &str| height_of(&[with_switch(text, switch)], &style, ui) <= room;
        // While the tip is held nobody reaches for the switch: all of the sentence comes before it.
        let is_whole = self.is_held && !has_room(sentence) && height_of(&[sentence.to_owned()], &style, ui) <= room;
        let shown = [sentence, short(sentence)].into_iter().find(|text| is_whole || has_room(text));
        let top = ui.cursor().top();
        ui.scope(|ui| {
            // Lines as close as those of a text; the switch goes on where they end.
            ui.spacing_mut().interact_size.y = ui.text_style_height(&style);
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.horizontal_wrapped(|ui| {
                if let Some(shown) = shown {
                    let label = ui.add(Label::new(RichText::new(shown).text_style(style)).wrap());
                    if shown != sentence {
                        label.hint(sentence);
                    }
                }
                if !is_whole {
                    undo_ui(state, ui, commands);
                }
            });
        });
        if self.is_held {
            ui.add_space(self.sentence - (ui.cursor().top() - top));
        } else {
            self.sentence = ui.cursor().top() - top;
        }
    }

    /// The critical points, in the axes of f or in those of the runs.
    fn critical(&self, state: &State, which: usize) -> Vec<Primitive<'static>> {
        let points = state.derived.critical_points();
        let axes = state.document.landscape.axes();
        if points.len() > MANY {
            return Vec::new();
        }
        let mapping = self.mappings.as_ref().map(|mappings| &mappings[which]);
        let at = |at: Point| if which == 0 { axes.out_of(at) } else { at };
        points.iter().map(|point| critical_mark(mapping, Some(point.kind), at(point.at))).collect()
    }

    /// The tip follows the pointer that holds it.
    fn drag(&mut self, shown: &FlatResponse, view: ViewBox, axes: RescaledAxes, ui: &Ui, commands: &mut Vec<Command>) {
        let (center, radius) = circle(view);
        let tip = shown.mapping.position(center + axes.columns()[0] * radius);
        let is_near = |at: Pos2| (at - tip).length() < NEAR;
        if shown.response.hover_pos().is_some_and(is_near) || self.is_held {
            ui.ctx().set_cursor_icon(if self.is_held { CursorIcon::Grabbing } else { CursorIcon::Grab });
        }
        let is_down = shown.response.is_pointer_button_down_on();
        let began = ui.input(|input| input.pointer.press_origin());
        self.is_held = is_down && (self.is_held || began.is_some_and(is_near));
        let Some(at) = shown.response.interact_pointer_pos().filter(|_| self.is_held) else { return };
        let way: Vector = (shown.mapping.point(at) - center) / radius;
        let rounded = |value: f64| (value * DIGITS).round() / DIGITS;
        let stretch = rounded(way.norm().clamp(FACTORS[0], FACTORS[1]));
        // A turn by half changes nothing but signs.
        let angle = rounded(libm::atan2(way.y, way.x));
        let changed = RescaledAxes { stretch, angle };
        if changed != axes && way.norm() > 0.0 {
            commands.push(Command::Document(DocumentCommand::SetAxes(changed)));
        }
    }
}

/// Whether some run can have a rate for each weight.
fn has_rates(state: &State) -> bool {
    let has_rates = |card: &Card| card.optimizer.entry.index_of(RATE_RATIO).is_some();
    state.document.cards.iter().any(|card| !card.hidden && !card.ghost && has_rates(card))
}

/// A text as long as the sentence with a switch at its end, which is not divided.
fn with_switch(text: &str, switch: &str) -> String {
    const BOX: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";
    if switch.is_empty() { text.to_owned() } else { format!("{text} {BOX}{}", switch.replace(' ', "\u{a0}")) }
}

/// Whether a rate for each weight undoes the stretch.
fn undo_ui(state: &State, ui: &mut Ui, commands: &mut Vec<Command>) {
    if !has_rates(state) {
        return;
    }
    let mut on = state.view.scene.undoes_stretch;
    let help = "On f(Ay) every run with a learning rate gets two: η₁ = η/stretch² for the stretched weight, η₂ = η for the other. Then gradient descent, momentum and Nesterov walk one path in both: a rate for each weight undoes a stretch along the axes. A step that does not grow with the gradient, as of Adam and sign descent, gets η₁ = η/stretch, which undoes a stretch without a turn.";
    if ui.checkbox(&mut on, RichText::new(SWITCH).small()).hint(help).changed() {
        commands.push(Command::View(ViewCommand::SetUndoesStretch(on)));
    }
}

/// The beginning of a sentence, up to its first stop.
fn short(sentence: &str) -> &str {
    let ends = [": ", ". "].into_iter().filter_map(|stop| sentence.find(stop));
    ends.min().map_or(sentence, |end| &sentence[..end])
}

/// Says which runs have the same path in both systems, and which do not.
fn sentence(state: &State, runs: &[AxesRun]) -> String {
    let axes = state.document.landscape.axes();
    if axes == RescaledAxes::PLAIN {
        return "Drag the tip of the circle: x = Ay stretches and turns the axes. Hollow marks: the run on f(Ay)."
            .to_owned();
    }
    let turn = parameter((axes.angle.to_degrees() * 10.0).round() / 10.0);
    // What plays in the large picture is the run as it was set up.
    let elsewhere = if runs.iter().any(|run| run.rates.is_some()) {
        ", with two rates in these pictures alone: the map keeps one."
    } else {
        "."
    };
    let first = format!("A stretches by {} and turns by {turn}°{elsewhere}", parameter(axes.stretch));
    std::iter::once(first).chain(words_of_runs(state, runs)).collect::<Vec<_>>().join(" ")
}

/// Which runs go the same way in both pictures, those with the same answer together.
fn words_of_runs(state: &State, runs: &[AxesRun]) -> Vec<String> {
    let name = |run: &&AxesRun| state.document.card(run.card).map_or("", |card| card.optimizer.entry.name);
    let of = |wanted: fn(&AxesRun) -> bool| runs.iter().filter(move |run| wanted(run)).collect::<Vec<_>>();
    let (same, lost) = (of(AxesRun::is_same), of(|run| !run.is_same() && run.diverges));
    let others = of(|run| !run.is_same() && !run.diverges);
    let mut out = Vec::new();
    if !same.is_empty() {
        let names: Vec<&str> = same.iter().map(name).collect();
        let apart = same.iter().map(|run| run.apart()).fold(0.0, f64::max);
        let way = if names.len() == 1 { "its" } else { "their" };
        out.push(format!("{}: one path in both, up to {} of {way} way.", names.join(", "), number(apart)));
    }
    let two = |run: &&AxesRun| {
        format!("{}: two paths, apart by {} of their way.", name(run), percent(few_percent(run.apart())))
    };
    out.extend(others.iter().map(two));
    if !lost.is_empty() {
        let names: Vec<&str> = lost.iter().map(name).collect();
        out.push(format!("{}: {}.", names.join(", "), if names.len() == 1 { "diverges" } else { "diverge" }));
    }
    out
}

/// To three digits.
fn few_percent(share: f64) -> f64 {
    format!("{share:.2e}").parse().unwrap_or(share)
}
