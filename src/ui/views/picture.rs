//! The large place: the switch between map, surface and both, and the inset that has the other of the two.

use std::f64::consts::TAU;

use egui::{Frame, Id, Margin, Pos2, Rect, Ui, UiBuilder, Vec2, pos2, vec2};

use super::{Canvases, map, surface};
use crate::analysis::{CriticalPoint, Kind};
use crate::drawing::camera::Camera;
use crate::drawing::overlays::{self, CriticalDetail};
use crate::landscapes::ViewBox;
use crate::numbers::Point;
use crate::render::flat::Mapping;
use crate::run::Run;
use crate::state::{Command, Pane, Picture, State, ViewCommand};
use crate::ui::widgets::hint::Hint as _;

/// The inset's share of the width of the picture.
const SHARE: f32 = 0.3;
/// The largest width of the inset, in points at normal type.
const LARGEST: f32 = 264.0;
/// Its height as a share of its width.
const ASPECT: f32 = 0.72;
/// The least width and height of a picture with an inset, in points at normal type.
const ROOM: [f32; 2] = [380.0, 220.0];
/// The least width of two pictures side by side, and the least height of two below each other, in points at normal type.
const ROOM_FOR_BOTH: [f32; 2] = [470.0, 420.0];
/// The least width of a map of which as much is seen as of a high one, in points whatever the type.
const SLIM: f32 = 340.0;
/// What margins, title, figures and legend take of the room of a map, in points at normal type.
const FRAME: Vec2 = vec2(58.0, 100.0);
/// The shape that suits a map whose axes are stretched to its room.
const STRETCHED: Vec2 = vec2(1.5, 1.0);
/// Between two pictures, in points.
const BETWEEN: f32 = 8.0;
/// Its sizes, the largest first.
const SIZES: [f32; 3] = [1.0, 0.8, 0.62];
/// The largest share of the height of the picture that it has.
const MOST_HEIGHT: f32 = 0.6;
/// About how far a mark reaches, in points.
const MARK: f32 = 10.0;
/// How much it matters that a mark is not covered at all; an iterate on the way counts one.
const MUST_BE_SEEN: usize = 1000;
/// Between the inset and the edge of the picture, in points.
const MARGIN: f32 = 16.0;
/// The height of the row of the switch above the inset, in points at normal type.
const TITLE: f32 = 44.0;
/// Beside the map the figures of its axis, and below it those and the legend line: how wide, and how high.
const AXES: [f32; 2] = [34.0, 44.0];
/// Below the surface the legend line.
const LEGEND: f32 = 16.0;

/// How map and surface stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrangement {
    /// One of them is large, the other an inset.
    Inset,
    /// Both, the map at the left.
    Beside,
    /// Both, the map above.
    Stacked,
}

impl Arrangement {
    /// The rooms of the two; `None` where one of them is an inset.
    pub fn halves(self, room: Rect) -> Option<[Rect; 2]> {
        let (first, second) = match self {
            Self::Inset => return None,
            Self::Beside => room.split_left_right_at_x((room.center().x - 0.5 * BETWEEN).round()),
            Self::Stacked => room.split_top_bottom_at_y((room.center().y - 0.5 * BETWEEN).round()),
        };
        let apart = if self == Self::Beside { vec2(BETWEEN, 0.0) } else { vec2(0.0, BETWEEN) };
        Some([first, Rect::from_min_max(second.min + apart, second.max)])
    }
}

/// How they stand in a room: where both are wanted and have room, so that the map is the larger one of the two ways.
pub fn arrangement(state: &State, room: Rect) -> Arrangement {
    let k = state.view.chrome.type_scale.factor();
    if state.shown_picture() != Picture::Both {
        return Arrangement::Inset;
    }
    let is_wide = room.width() > (ROOM_FOR_BOTH[0] * k).max(2.0 * SLIM + BETWEEN);
    let is_high = room.height() > ROOM_FOR_BOTH[1] * k;
    let frame = state.view.scene.frame(&state.document.landscape);
    let shape = vec2(frame.width() as f32, frame.height() as f32);
    let shape = if state.view.scene.is_stretched(&state.document.landscape) { STRETCHED } else { shape };
    // How large the frame is on the map.
    let scale = |arrangement: Arrangement| {
        let room = arrangement.halves(room).map_or(Vec2::ZERO, |[map, _]| map.size()) - k * FRAME;
        (room / shape).min_elem()
    };
    if is_high && scale(Arrangement::Stacked) > scale(Arrangement::Beside) {
        Arrangement::Stacked
    } else if is_wide {
        Arrangement::Beside
    } else {
        Arrangement::Inset
    }
}

/// Whether both are wanted, and each would be slim in a room of this width, in points at normal type.
pub fn both_are_slim(state: &State, width: f32) -> bool {
    let width = width * state.view.chrome.type_scale.factor();
    state.shown_picture() == Picture::Both && state.has_surface() && width < 2.0 * SLIM
}

/// The other view in a corner of the picture; a click swaps the two. There is none while a class answers on the picture: all of it
/// takes the guesses.
pub fn inset_ui(state: &State, canvases: &mut Canvases, room: Rect, ui: &mut Ui, commands: &mut Vec<Command>) {
    let k = state.view.chrome.type_scale.factor();
    canvases.inset = None;
    if room.width() < ROOM[0] * k
        || room.height() < ROOM[1] * k
        || state.view.in_fog()
        || state.view.scene.inside.is_some()
        || state.predictions.asked().is_some_and(|open| open.kind.is_drawn())
    {
        return;
    }
    let width = (SHARE * room.width()).min(LARGEST * k).round();
    let size = vec2(width, (ASPECT * width).round());
    let picture = state.shown_picture();
    let Some(place) = corner(state, canvases, picture.main(), inner(state, room), size, ui) else { return };
    canvases.inset = Some(place);
    let size = place.size();
    let response = ui
        .scope_builder(UiBuilder::new().max_rect(place).id_salt("inset"), |ui| {
            Frame::window(ui.style()).inner_margin(Margin::same(2)).show(ui, |ui| {
                ui.set_min_size(size - vec2(6.0, 6.0));
                ui.set_max_size(size - vec2(6.0, 6.0));
                match picture.other() {
                    Pane::Surface => surface::inset_ui(state, canvases, ui),
                    _ => map::inset_ui(state, canvases, ui),
                }
            })
        })
        .inner
        .inner;
    let other = Picture::of(picture.other()).unwrap_or_default();
    let response = response.hint(format!("Swaps it with the {}. Key T.", picture.title().to_lowercase()));
    if response.clicked() {
        commands.push(Command::View(ViewCommand::ShowPicture(other)));
    }
}

/// The picture without its margins and its title row, which is not there while presenting.
fn inner(state: &State, room: Rect) -> Rect {
    let chrome = &state.view.chrome;
    let top = if chrome.presenting.is_some() { MARGIN } else { TITLE * chrome.type_scale.factor() };
    Rect::from_min_max(room.min + vec2(MARGIN, top), room.max - vec2(MARGIN, MARGIN))
}

/// Where an inset was put last, and what it depends on: it moves when that changes, not while a run is played or stepped.
#[derive(Clone, PartialEq)]
struct Kept {
    main: Pane,
    room: Rect,
    landscape: &'static str,
    frame: ViewBox,
    camera: Camera,
    /// The number of its size and of its corner; `None` where it had no place.
    place: Option<[usize; 2]>,
}

/// Where the inset covers nothing that must be seen (start, iterate, landing, the end of the run, critical points) and, if that can
/// be, nothing of the selected run: in a corner, smaller if need be; `None` where even that would cover some of it. It stays where
/// it is as long as the frame of the picture is the same and it covers no start and no critical point.
fn corner(state: &State, canvases: &Canvases, main: Pane, room: Rect, size: Vec2, ui: &Ui) -> Option<Rect> {
    let k = state.view.chrome.type_scale.factor();
    // Beside the figures of the axes, and above the legend.
    let room = if main == Pane::Map {
        let low = room.bottom() - k * AXES[1];
        let bottom = canvases.map.mapping.map_or(low, |mapping| mapping.frame().bottom().min(low));
        Rect::from_min_max(room.min + vec2(k * AXES[0], 0.0), pos2(room.right(), bottom))
    } else {
        room.with_max_y(room.bottom() - canvases.surface.legend.max(k * LEGEND))
    };
    let place = |[smaller, corner]: [usize; 2]| {
        let size = (size * SIZES[smaller]).round();
        let far = room.max - size;
        let corners = [pos2(room.left(), far.y), far, pos2(far.x, room.top()), room.min];
        Rect::from_min_size(corners[corner], size)
    };
    let covered = |at: [usize; 2], marks: &[(Pos2, usize)]| -> usize {
        let rect = place(at).expand(MARK);
        marks.iter().filter(|(at, _)| rect.contains(*at)).map(|(_, weight)| weight).sum()
    };
    let landscape = &state.document.landscape;
    let (frame, camera) = (state.view.scene.frame(landscape), state.view.scene.camera);
    let kept = |place| Kept { main, room, landscape: landscape.entry().id, frame, camera, place };
    let memory = Id::unique("corner of the inset");
    let before: Option<Kept> = ui.data(|data| data.get_temp(memory));
    let Some(places) = on_screen(canvases, main, places(state, box_on(state, canvases, main))) else {
        return Some(place([0, 0]));
    };
    let moves = state.playback.playing || ui.input(|input| input.pointer.any_down());
    if let Some(before) = before {
        let is_free = || before.place.is_some_and(|at| covered(at, &places) < MUST_BE_SEEN);
        if moves || before == kept(before.place) && is_free() {
            return before.place.map(place);
        }
    }
    let marks = marks_on_screen(state, canvases, main).unwrap_or_default();
    let lasting = box_on(state, canvases, main);
    let lasting = on_screen(canvases, main, self::places(state, lasting).chain(ways(state))).unwrap_or_default();
    // Of corners that are good enough the one that covers least of what stays from step to step: at another step it is the same.
    let badness = |at: [usize; 2]| {
        let covered_now = covered(at, &marks);
        (covered_now >= OF_SELECTED, covered_now >= MUST_BE_SEEN, covered(at, &lasting))
    };
    let best = |smaller: usize| (0..4).map(|corner| [smaller, corner]).min_by_key(|at| badness(*at));
    let best: Vec<[usize; 2]> = (0..SIZES.len()).filter_map(best).collect();
    let is_good = |at: &[usize; 2], most: usize| {
        covered(*at, &marks) < most && place(*at).height() <= MOST_HEIGHT * room.height()
    };
    // Rather a smaller one than one under which the selected run would pass, or many critical points; where it cannot be otherwise,
    // the one that covers least.
    let good = |most: usize| best.iter().copied().filter(move |at| is_good(at, most));
    let chosen = good(OF_SELECTED).next().or_else(|| good(MUST_BE_SEEN).min_by_key(|at| covered(*at, &marks)));
    ui.data_mut(|data| data.insert_temp(memory, kept(chosen)));
    chosen.map(place)
}

/// Where on the screen these are.
fn on_screen(
    canvases: &Canvases,
    main: Pane,
    marks: impl Iterator<Item = (Point, f64, usize)>,
) -> Option<Vec<(Pos2, usize)>> {
    if main == Pane::Map {
        let mapping = canvases.map.mapping?;
        return Some(marks.map(|(at, _, weight)| (mapping.position(at), weight)).collect());
    }
    let seen = |(at, loss, weight)| Some((canvases.surface.on_screen(at, loss)?, weight));
    Some(marks.filter_map(seen).collect())
}

/// Where on the screen that is what should not be covered, with how much it matters; `None` until it is drawn.
fn marks_on_screen(state: &State, canvases: &Canvases, main: Pane) -> Option<Vec<(Pos2, usize)>> {
    let places = places(state, box_on(state, canvases, main));
    let marks = places.chain(ways(state)).chain(step(state)).chain(rims(state));
    if main == Pane::Map {
        let mapping = canvases.map.mapping?;
        let marks = on_screen(canvases, main, marks)?;
        return Some(marks.into_iter().chain(rim_of_model(state, &mapping)).collect());
    }
    let gap = surface::shown_gap(state).into_iter().flat_map(|(at, ends)| ends.map(|loss| (at, loss, 16)));
    on_screen(canvases, main, marks.chain(gap))
}

/// The box that is seen of the landscape.
fn box_on(state: &State, canvases: &Canvases, main: Pane) -> ViewBox {
    let of_map = canvases.map.mapping.filter(|_| main == Pane::Map).map(|mapping| mapping.view());
    of_map.unwrap_or_else(|| state.view.scene.frame(&state.document.landscape))
}

/// Of no more critical points than this each one matters.
const FEW: usize = 12;

/// The critical points that are marked in a box and the starts of the runs with their losses, and how much each matters.
fn places(state: &State, seen: ViewBox) -> impl Iterator<Item = (Point, f64, usize)> {
    let critical = state.marked_critical_points();
    let lowest = critical.iter().map(|point| point.value).fold(f64::INFINITY, f64::min);
    let visible = critical.iter().filter(|point| seen.contains(point.at)).count();
    let detail = overlays::critical_detail(visible);
    let weight = move |point: &CriticalPoint| match detail {
        _ if point.value <= lowest => MUST_BE_SEEN,
        CriticalDetail::Marks if visible <= FEW => MUST_BE_SEEN,
        CriticalDetail::Minima if point.kind != Kind::Minimum => 0,
        // One of many like it: some may be covered, rather than that there is no inset.
        CriticalDetail::Marks | CriticalDetail::Minima => 6,
        // A texture of dots.
        CriticalDetail::Dots => 2,
    };
    let starts = seen_runs(state).filter_map(|(run, _)| run.iterates().first());
    let starts = starts.map(|start| (start.at, start.loss, MUST_BE_SEEN));
    critical.iter().map(move |point| (point.at, point.value, weight(point))).chain(starts)
}

/// The runs that are seen, and whether each is the selected one.
fn seen_runs(state: &State) -> impl Iterator<Item = (&Run, bool)> {
    let shown = state.document.cards.iter().filter(|card| !card.hidden);
    shown.filter_map(|card| Some((state.derived.run(card.id)?, card.id == state.selected)))
}

/// The way of the selected run matters more than that of others: where some of it would be covered the inset is smaller.
const OF_SELECTED: usize = 60;

/// The iterates of the runs, and the end of the selected one.
fn ways(state: &State) -> impl Iterator<Item = (Point, f64, usize)> {
    const EVERY: usize = 64;
    seen_runs(state).flat_map(|(run, is_selected)| {
        let iterates = run.iterates();
        let stride = iterates.len().div_ceil(EVERY).max(1);
        let weight = if is_selected { OF_SELECTED } else { 1 };
        let end = iterates.last().filter(|_| is_selected).map(|end| (end.at, end.loss, MUST_BE_SEEN));
        iterates.iter().step_by(stride).map(move |iterate| (iterate.at, iterate.loss, weight)).chain(end)
    })
}

/// The iterate and where its step lands.
fn step(state: &State) -> impl Iterator<Item = (Point, f64, usize)> {
    state.derived.analysis().into_iter().flat_map(|analysis| {
        let at = analysis.iterate.at;
        let landing = analysis.proposed().map(|step| at + step);
        [Some(at), landing].into_iter().flatten().map(|at| (at, analysis.iterate.loss, MUST_BE_SEEN))
    })
}

/// How much each place on the rim of a region matters, and how many there are.
const RIM: (usize, usize) = (16, 24);

/// The rims of the regions of validity that are shown: places on them at the height of the iterate.
fn rims(state: &State) -> impl Iterator<Item = (Point, f64, usize)> {
    let loss = state.derived.analysis().map_or(f64::NAN, |analysis| analysis.iterate.loss);
    state.derived.regions().iter().flat_map(move |region| {
        let rays = region.rays();
        let some = rays.iter().step_by(rays.len().div_ceil(RIM.1).max(1));
        some.map(move |ray| (region.tip(ray), loss, RIM.0))
    })
}

/// The rim of the disc in which the local model is drawn on the map.
fn rim_of_model(state: &State, mapping: &Mapping) -> Vec<(Pos2, usize)> {
    let Some(analysis) = state.derived.analysis().filter(|_| state.view.shows(overlays::ASSUMED_MODEL)) else {
        return Vec::new();
    };
    let (center, disc) = overlays::footprint(map::page_of(mapping), mapping.view(), analysis, analysis.order);
    let rim = |index: usize| {
        let angle = index as f64 * TAU / RIM.1 as f64;
        center + disc.way(libm::cos(angle), libm::sin(angle))
    };
    (0..RIM.1).map(|index| (mapping.position(rim(index)), RIM.0)).collect()
}
