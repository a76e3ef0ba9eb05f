//! The first look at every landscape: its frame, its start and its rate show what it is about.

use std::path::Path;

use egui::{Pos2, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use taylorscope::analysis::{CriticalPoint, Kind};
use taylorscope::drawing::Picture;
use taylorscope::landscapes::{Entry, Group, Landscape, ViewBox, entries};
use taylorscope::numbers::Point;
use taylorscope::run::{Run, StepAnalysis, StopReason};
use taylorscope::state::{Command, Document, DocumentCommand, PlayCommand, RunCommand, State, ViewCommand};

use crate::desk::{Desk, desk, says};
use crate::some::some;

/// The path spans this share of the shorter side of the picture.
const SPAN: f64 = 0.25;
/// How many steps have to be far apart.
const STEPS: usize = 4;
/// How far apart they have to be, in points.
const APART: f64 = 4.0;
/// The arrow of the first step is this long, in points.
const ARROW: f64 = 6.0;
/// What the plane predicts of the first step and what happens differ by this share of the larger: points of a bar of 200 that
/// are seen.
const DIFFERENCE: f64 = 0.05;

/// Where the path is seen: the rectangle of the picture and the places in it, in points.
struct Seen {
    rect: Rect,
    places: Vec<Pos2>,
}

fn choose(harness: &mut Harness<'static, Desk>, entry: &Entry) {
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(entry.id))]);
    harness.run_steps(3);
    harness.state_mut().state.finish();
}

fn selected(state: &State) -> &Run {
    state.derived.run(state.selected).unwrap()
}

fn seen(desk: &Desk) -> Seen {
    let iterates = selected(&desk.state).iterates();
    if desk.state.document.landscape.dimension().is_one() {
        // The curve is as wide as the map would be.
        let frame = desk.state.document.landscape.frame();
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(700.0, 380.0));
        let x = |at: Point| (at.x - frame.x[0]) / frame.width() * f64::from(rect.width());
        let places = iterates.iter().map(|iterate| Pos2::new(x(iterate.at) as f32, 100.0)).collect();
        return Seen { rect, places };
    }
    let mapping = desk.canvases.map.mapping.unwrap();
    Seen { rect: mapping.frame(), places: iterates.iter().map(|iterate| mapping.position(iterate.at)).collect() }
}

/// What is wrong with the first look at a path; nothing if it is right.
fn faults_of_path(Seen { rect, places }: &Seen) -> Vec<String> {
    let mut faults = Vec::new();
    let inside: Vec<Pos2> = places.iter().copied().filter(|at| rect.contains(*at)).collect();
    let around = Rect::from_points(&inside);
    let span = f64::from(around.size().length() / rect.size().min_elem());
    if !rect.contains(places[0]) || span < SPAN {
        faults.push(format!("the path spans {span:.2} of the picture from {:?}", places[0]));
    }
    let apart = places.windows(2).filter(|pair| f64::from(pair[0].distance(pair[1])) >= APART).count();
    if apart < STEPS {
        faults.push(format!("only {apart} steps are distinct"));
    }
    let first = f64::from(places[0].distance(places[1]));
    if first < ARROW {
        faults.push(format!("the first step is {first:.1} points long"));
    }
    faults
}

/// By how much the plane is wrong in the first step, as a share of the larger of prediction and result.
fn difference(run: &Run) -> f64 {
    let change = StepAnalysis::of(run, 0).unwrap().change.unwrap();
    (change.actual - change.linear).abs() / change.actual.abs().max(change.linear.abs())
}

#[test]
fn every_landscape_opens_where_its_path_its_minima_and_the_error_of_the_plane_are_seen() {
    let mut harness = desk(1280.0, 720.0);
    let card = harness.state().state.document.cards[1].id;
    harness
        .state_mut()
        .state
        .apply(vec![Command::Runs(RunCommand::Remove(card)), Command::View(ViewCommand::ShowPicture(Picture::Map))]);
    let mut faults = Vec::new();
    for entry in some(entries(), 3) {
        choose(&mut harness, entry);
        let desk = harness.state();
        let (state, landscape) = (&desk.state, &desk.state.document.landscape);
        let run = selected(state);
        assert_eq!(run.recipe().optimizer.entry.id, "gd", "{}", entry.id);
        let mut wrong = faults_of_path(&seen(desk));
        let frame = landscape.frame();
        if [[frame.x[0], frame.y[0]], [frame.x[1], frame.y[1]]]
            .iter()
            .any(|at| !landscape.domain().contains(Point::from(*at)))
        {
            wrong.push(format!("its frame {frame:?} is no part of its domain"));
        }
        let off = difference(run);
        if off < DIFFERENCE {
            wrong.push(format!("the plane is wrong by {off:.3} only"));
        }
        // At the start the rate is within its limit; where the loss curves down there is none.
        let steepest = landscape.loss().second_order(run.iterates()[0].at).hessian.eigen().values;
        let rate = landscape.suggestion().rate;
        if steepest[0].max(steepest[1]) * rate >= 2.0 {
            wrong.push(format!("η = {rate} is beyond 2/λmax at the start"));
        }
        let ends = [0, run.iterates().len() - 1].map(|index| run.iterates()[index].loss);
        if run.stop().is_some_and(|stop| stop.reason == StopReason::Diverged) || ends[1] >= ends[0] {
            wrong.push(format!("it goes from {} to {}", ends[0], ends[1]));
        }
        let critical = state.derived.critical_points();
        // The lowest minimum, or one as low; a line or curve of them; where there is none, another critical point.
        let is_lowest =
            |value: f64| critical.iter().all(|other| value <= other.value + 1e-9 * other.value.abs().max(1e-3));
        let is_seen = |point: &CriticalPoint| frame.contains(point.at);
        let has_minimum = critical.iter().any(|point| point.kind == Kind::Minimum);
        let is_shown = if has_minimum {
            critical.iter().any(|point| is_seen(point) && is_lowest(point.value))
        } else {
            critical.iter().any(is_seen)
        };
        let line_is_shown = state.derived.critical_sets().iter().any(|set| !set.polyline_in(&frame).is_empty());
        if !(is_shown || line_is_shown) {
            wrong.push("its lowest minimum is out of the frame".to_owned());
        }
        faults.extend(wrong.into_iter().map(|fault| format!("{}: {fault}", entry.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Gradient descent and momentum, each as it is set up for a landscape, take their first steps where they are seen.
#[test]
fn the_first_steps_of_descent_and_of_momentum_stay_in_the_picture() {
    let mut harness = desk(1296.0, 736.0);
    let mut faults = Vec::new();
    for entry in some(entries().filter(|entry| !Landscape::of(entry).dimension().is_one()), 3) {
        harness.state_mut().state = State::opening();
        choose(&mut harness, entry);
        harness.state_mut().state.apply(vec![Command::Runs(RunCommand::Add("momentum"))]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        let Desk { state, canvases, .. } = harness.state();
        let mapping = canvases.map.mapping.unwrap();
        for (id, run) in state.derived.runs() {
            let name = state.document.card(id).unwrap().optimizer.entry.name;
            for (step, iterate) in run.iterates().iter().take(STEPS).enumerate() {
                let place = mapping.position(iterate.at);
                if !mapping.frame().contains(place) {
                    faults.push(format!("{}: {name} is at {place} after {step} steps", entry.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Networks whose outputs lie within −1 and 1.
const BOUNDED: [&str; 4] = ["sigmoid_mse", "tanh", "sine", "depth"];

/// A network is opened with samples of other sizes: the region of its weights follows them.
#[test]
fn networks_open_where_their_samples_put_the_minima() {
    let mut faults = Vec::new();
    for entry in entries().filter(|entry| entry.group == Group::Networks) {
        let drawn = Landscape::of(entry);
        let network = drawn.network().unwrap();
        let classes = network.wants_classes();
        for [across, up] in some([[1e-3, 1e-3], [1.0, 1e-3], [1e3, 1.0], [1e-3, 1.0], [1.0, 1e3], [1e3, 1e3]], 2) {
            if classes && up != 1.0 {
                continue;
            }
            let lines: Vec<String> =
                drawn.data().unwrap().samples().iter().map(|[x, y]| format!("{},{}", x * across, y * up)).collect();
            let read = |_: &Path| Ok(format!("x,y\n{}", lines.join("\n")).into_bytes());
            let landscape = Landscape::parse_with(&format!("{}:data=f.csv", entry.id), None, &read).unwrap();
            // What a bounded output cannot reach is approached for ever; so is a class by the sigmoid unit.
            let is_beyond = up > 1.0 && BOUNDED.contains(&entry.id) || up != 1.0 && network.draws_classes();
            faults.extend(faults_of_network(landscape, !is_beyond, &format!("{} × ({across}, {up})", entry.id)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn faults_of_network(landscape: Landscape, has_minimum: bool, name: &str) -> Vec<String> {
    let (frame, mut wrong) = (landscape.frame(), Vec::new());
    let mut state = State::new(Document::new(landscape));
    state.finish();
    let landscape = &state.document.landscape;
    let run = selected(&state);
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(700.0, 380.0));
    let is_stretched = state.view.scene.is_stretched(landscape);
    let place = |at: Point| {
        let share = [(at.x - frame.x[0]) / frame.width(), (at.y - frame.y[0]) / frame.height()];
        let sides = if is_stretched {
            [700.0, 380.0]
        } else {
            let unit = (700.0 / frame.width()).min(380.0 / frame.height());
            [frame.width() * unit, frame.height() * unit]
        };
        Pos2::new((share[0] * sides[0]) as f32, (share[1] * sides[1]) as f32)
    };
    let places: Vec<Pos2> = run.iterates().iter().map(|iterate| place(iterate.at)).collect();
    let inside: Vec<Pos2> = places.iter().copied().filter(|at| rect.contains(*at)).collect();
    let span = Rect::from_points(&inside).size().length() / 380.0;
    if !frame.contains(run.iterates()[0].at) || span < 0.1 {
        wrong.push(format!("the path spans {span:.2} from {} in {frame:?}", run.iterates()[0].at));
    }
    let ends = [0, run.iterates().len() - 1].map(|index| run.iterates()[index].loss);
    if ends[1] >= ends[0] {
        wrong.push(format!("it goes from {} to {}", ends[0], ends[1]));
    }
    let minima = state.derived.critical_points().iter().any(|point| point.kind == Kind::Minimum);
    if has_minimum && !minima && state.derived.critical_sets().is_empty() {
        wrong.push(format!("no minimum in {frame:?}"));
    }
    wrong.into_iter().map(|fault| format!("{name}: {fault}")).collect()
}

/// Both axes have one scale, and what is left of the picture is filled with the surroundings.
#[test]
fn the_frame_fills_the_picture_at_every_size() {
    for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0), (1024.0, 768.0)] {
        let mut harness = desk(width, height);
        // A curve of one weight has no scale to share with its heights.
        for entry in some(entries().filter(|entry| !Landscape::of(entry).dimension().is_one()), 12) {
            harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(entry.id))]);
            harness.run_steps(2);
            let mapping = harness.state().canvases.map.mapping.unwrap();
            let (rect, view) = (mapping.frame(), mapping.view());
            let units = [view.width() / f64::from(rect.width()), view.height() / f64::from(rect.height())];
            assert!((units[0] / units[1] - 1.0).abs() < 1e-3, "{} at {width}×{height}: {units:?}", entry.id);
            let frame = harness.state().state.document.landscape.frame();
            let sides = [view.width() / frame.width(), view.height() / frame.height()];
            let fits = sides.iter().all(|side| *side > 1.0 - 1e-3) && sides.iter().any(|side| *side < 1.0 + 1e-3);
            assert!(fits, "{} at {width}×{height}: {view:?} shows {frame:?}", entry.id);
        }
        let image = harness.render().unwrap();
        let rect = harness.state().canvases.map.mapping.unwrap().frame().shrink(3.0);
        let panel = image.get_pixel(rect.right() as u32 + 8, rect.center().y as u32);
        for corner in [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_center()] {
            assert_ne!(
                image.get_pixel(corner.x as u32, corner.y as u32),
                panel,
                "{corner} at {width}×{height} is empty"
            );
        }
    }
}

fn shown(harness: &Harness<'static, Desk>) -> ViewBox {
    harness.state().canvases.map.mapping.unwrap().view()
}

fn holds(outer: ViewBox, inner: ViewBox) -> bool {
    let slack = 1e-3 * inner.size();
    let within = |[a, b]: [f64; 2], [c, d]: [f64; 2]| a <= c + slack && b >= d - slack;
    within(outer.x, inner.x) && within(outer.y, inner.y)
}

#[test]
fn fit_shows_the_domain_and_reset_the_opening_and_new_the_scene_of_the_program() {
    let mut harness = desk(1280.0, 720.0);
    let run = |harness: &mut Harness<'static, Desk>, command: Command| {
        harness.state_mut().state.apply(vec![command]);
        harness.run_steps(3);
    };
    for entry in some(entries().filter(|entry| entry.opening.frame.is_some()), 12) {
        choose(&mut harness, entry);
        let landscape = harness.state().state.document.landscape.clone();
        let (frame, domain) = (landscape.frame(), landscape.domain());
        assert_ne!(frame, domain, "{}", entry.id);
        assert!(holds(shown(&harness), frame) && !holds(shown(&harness), domain), "{}: opening", entry.id);
        let camera = harness.state().state.view.scene.camera;
        run(&mut harness, Command::View(ViewCommand::Fit));
        assert!(holds(shown(&harness), domain), "{}: all of the domain", entry.id);
        run(&mut harness, Command::Document(DocumentCommand::MoveStart(domain.center())));
        run(&mut harness, Command::View(ViewCommand::ZoomCamera(2.0)));
        run(&mut harness, Command::Document(DocumentCommand::Reset));
        let scene = &harness.state().state.view.scene;
        assert_eq!((scene.map, scene.camera), (None, camera), "{}", entry.id);
        assert!(!holds(shown(&harness), domain), "{}: the opening again", entry.id);
        let suggested = Point::from(landscape.suggestion().start);
        assert_eq!(harness.state().state.document.start, suggested, "{}", entry.id);
        // A domain of one's own is shown whole.
        let own = ViewBox::new(domain.x[0] - 1.0, domain.x[1], domain.y[0], domain.y[1]);
        run(&mut harness, Command::Document(DocumentCommand::SetDomain(Some(own))));
        assert!(holds(shown(&harness), own), "{}: its own domain", entry.id);
    }
    run(&mut harness, Command::Document(DocumentCommand::New));
    let opening = State::opening();
    let state = &harness.state().state;
    assert_eq!((&state.document, state.view.scene.map), (&opening.document, opening.view.scene.map));
}

#[test]
fn a_start_drawn_at_random_is_seen_in_the_opening_frame() {
    for entry in entries() {
        let mut state = State::new(Document::new(Landscape::of(entry)));
        for _ in 0..20 {
            state.apply(vec![Command::Document(DocumentCommand::RandomStart)]);
            let frame = state.view.scene.frame(&state.document.landscape);
            assert!(frame.contains(state.document.start), "{}: {} in {frame:?}", entry.id, state.document.start);
        }
    }
}

#[test]
fn playhead_and_status_agree_after_a_run_has_ended() {
    let mut harness = desk(1280.0, 720.0);
    let card = harness.state().state.selected;
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::SetSteps(120)),
        Command::Runs(RunCommand::SetMethod(card, "newton")),
        Command::Play(PlayCommand::GoTo(120)),
    ]);
    harness.run_steps(3);
    let state = &harness.state().state;
    let end = selected(state).iterates().len() - 1;
    assert!(end < state.shown_step(), "the selected run has ended before the playhead");
    assert!(says(&harness, &format!("step {}: this run ended at step {end}", state.shown_step())), "the status line");
    assert!(harness.query_all_by_label(&format!("step {}", state.shown_step())).next().is_some(), "the playhead");
}

#[test]
fn a_whole_run_plays_in_about_eight_seconds_on_every_landscape_unless_a_speed_was_chosen() {
    for entry in some(entries(), 3) {
        let mut state = State::opening();
        state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape(entry.id))]);
        state.finish();
        state.apply(vec![Command::Play(PlayCommand::Toggle)]);
        let frames = (1..=60 * 30).find(|_| {
            state.tick(1.0 / 60.0);
            !state.playback.playing
        });
        let seconds = frames.map_or(f64::INFINITY, |frames| f64::from(frames) / 60.0);
        let last = state.last_step();
        let is_short = last < state.document.steps;
        assert!(
            (7.0..=9.0).contains(&seconds) || is_short && seconds < 9.0,
            "{}: {last} steps in {seconds} s",
            entry.id
        );
    }
}
