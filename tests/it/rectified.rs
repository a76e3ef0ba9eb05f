//! Networks whose unit switches: kink lines and samples light each other, regions say for which samples the unit is on, the dead
//! region is hatched, and slope and error stand side by side; and a line through samples that all have one x.

use egui::{Event, Pos2, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::overlays::{self, CRITICAL, FOG, KINKS, OverlayId, PATTERN};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::{Landscape, ViewBox};
use taylorscope::numbers::Point;
use taylorscope::render::context::overlay_context;
use taylorscope::state::{
    Command, DocumentCommand, Pane, PlayCommand, SampleCommand, Section, ViewCommand, WindowCommand,
};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, click, desk, open_page, show_tab};
use crate::some::some;

fn desk_of(network: &str) -> Harness<'static, Desk> {
    let mut harness = desk(1280.0, 720.0);
    let landscape = Box::new(Landscape::parse(network).unwrap());
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::BringLandscape(landscape)),
        Command::View(ViewCommand::ShowTab(Pane::Data)),
    ]);
    harness.run_steps(3);
    harness
}

fn samples(harness: &Harness<'static, Desk>) -> Vec<[f64; 2]> {
    harness.state().state.document.landscape.data().unwrap().samples().to_vec()
}

/// What a view says to a screen reader.
fn announced(harness: &Harness<'static, Desk>, view: &str) -> String {
    let node =
        harness.get_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with(view)));
    node.accesskit_node().label().unwrap_or_default()
}

fn point(harness: &mut Harness<'static, Desk>, at: Pos2) {
    harness.event(Event::PointerMoved(at));
    harness.run_steps(3);
}

fn on_map(harness: &Harness<'static, Desk>, w: [f64; 2]) -> Pos2 {
    harness.state().canvases.map.mapping.unwrap().position(Point::from(w))
}

fn in_data(harness: &Harness<'static, Desk>, sample: [f64; 2]) -> Pos2 {
    harness.state().canvases.data.mapping.unwrap().position(Point::from(sample))
}

/// The sample with the largest x: its kink line lies apart from the others where w₁ is large.
fn outermost(harness: &Harness<'static, Desk>) -> usize {
    let all = samples(harness);
    (0..all.len()).max_by(|a, b| all[*a][0].total_cmp(&all[*b][0])).unwrap()
}

#[test]
fn a_kink_line_lights_its_sample_and_a_sample_its_kink_line() {
    let mut harness = desk_of("relu");
    let number = outermost(&harness);
    let [x, y] = samples(&harness)[number];
    let lit = |harness: &Harness<'static, Desk>, sample| {
        harness.state().state.derived.lit_lines(&harness.state().state.document.landscape, Some(sample)).len()
    };
    assert_eq!(lit(&harness, number), 1, "one boundary a sample");

    let kink_line = on_map(&harness, [1.2, -1.2 * x]);
    point(&mut harness, kink_line);
    let map = announced(&harness, "Map of");
    assert!(map.contains("under the pointer a kink line: x = ") && map.contains("switches here"), "{map}");
    let found: f64 =
        map.split("kink line: x = ").nth(1).unwrap().split(' ').next().unwrap().replace('−', "-").parse().unwrap();
    assert!((found - x).abs() < 0.006, "{found} for {x}");
    let data = announced(&harness, "Data of");
    assert!(data.contains(&format!("highlighted: sample {}", number + 1)), "{data}");
    point(&mut harness, kink_line + egui::vec2(-40.0, 12.0));
    assert!(!announced(&harness, "Data of").contains("highlighted:"), "beside it none is");

    let words = format!("highlighted: the boundary of sample {}", number + 1);
    assert!(!announced(&harness, "Map of").contains("highlighted: the boundary"), "nothing is lit yet");
    let sample = in_data(&harness, [x, y]);
    point(&mut harness, sample);
    assert!(announced(&harness, "Map of").contains(&words), "under the pointer: {}", announced(&harness, "Map of"));
    click(&mut harness, sample);
    point(&mut harness, Pos2::new(20.0, 300.0));
    assert!(announced(&harness, "Map of").contains(&words), "and chosen it stays");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleOverlay(KINKS))]);
    harness.run_steps(3);
    assert!(
        !announced(&harness, "Map of").contains("highlighted: the boundary"),
        "where no boundaries are shown none is highlighted"
    );
}

#[test]
fn every_kind_of_network_that_switches_has_its_kink_lines_lit() {
    let networks = [
        ("relu2", "every sample switches here"),
        ("network:w2*relu(w1*x)", "every sample switches here"),
        ("network:relu(w1*x+w2)", "switches here"),
        ("depth:layers=3,act=relu", "switches here"),
    ];
    for (network, words) in some(networks, 2) {
        let mut harness = desk_of(network);
        // A place on a kink line far from where many of them meet.
        let state = &harness.state().state;
        let whole = state.document.landscape.frame();
        let [x, y] = [0.8 * whole.width(), 0.8 * whole.height()].map(|side| side / 2.0);
        let middle = whole.center();
        let view = ViewBox::new(middle.x - x, middle.x + x, middle.y - y, middle.y + y);
        let lines = state.derived.kink_paths().iter();
        let places = lines.flat_map(|line| line.line.iter().map(|at| (line.sample, *at)));
        let seen = places.filter(|(_, at)| view.contains(*at));
        let (sample, at) = seen.max_by(|a, b| a.1.coords.norm().total_cmp(&b.1.coords.norm())).unwrap();
        let number = sample.unwrap_or(0);
        let kink_line = on_map(&harness, [at.x, at.y]);
        point(&mut harness, kink_line);
        let map = announced(&harness, "Map of");
        assert!(map.contains(words), "{network}: {map}");
        assert!(
            announced(&harness, "Data of").contains("highlighted: sample"),
            "{network}: {}",
            announced(&harness, "Data of")
        );
        let sample = in_data(&harness, samples(&harness)[number]);
        point(&mut harness, sample);
        let map = announced(&harness, "Map of");
        assert!(map.contains(&format!("highlighted: the boundary of sample {}", number + 1)), "{network}: {map}");
    }
}

#[test]
fn very_many_kink_lines_are_not_drawn_but_that_of_the_chosen_sample() {
    let mut harness = desk_of("relu:n=1000");
    assert!(harness.state().state.derived.kink_paths().is_empty(), "a thousand lines would hide the loss");
    harness.state_mut().state.apply(vec![
        Command::Samples(SampleCommand::Choose(Some(137))),
        Command::View(ViewCommand::ToggleOverlay(PATTERN)),
    ]);
    harness.run_steps(3);
    assert_eq!(harness.state().state.derived.kink_paths().len(), 1, "its own alone");
    let map = announced(&harness, "Map of");
    assert!(map.contains("highlighted: the boundary of sample 138"), "{map}");
    assert!(map.contains("the unit is on for every sample (1\u{a0}000)"), "only the count: {map}");
}

#[test]
fn the_activation_pattern_is_described_and_follows_the_pointer() {
    let mut harness = desk_of("relu");
    harness.get_by_label("Show").click();
    harness.run_steps(2);
    harness.get_by_label("Activation pattern").click();
    harness.run_steps(2);
    harness.key_press(egui::Key::Escape);
    harness.run_steps(3);
    assert!(harness.state().state.view.shows(PATTERN), "it is on");
    for w in [[1.2, 0.3], [-1.0, 0.7], [0.4, 2.0], [0.2, -2.0]] {
        let at = on_map(&harness, w);
        point(&mut harness, at);
        let count = samples(&harness).iter().filter(|[x, _]| w[0] * x + w[1] > 0.0).count();
        let words = match count {
            0 => "the unit is off for every sample (16)".to_owned(),
            16 => "the unit is on for every sample (16)".to_owned(),
            _ => format!("the unit is on for {count} of 16 samples: x "),
        };
        let map = announced(&harness, "Map of");
        assert!(map.contains(&words), "{words} at {w:?}: {map}");
        let words = words.trim_start_matches("the unit is ");
        assert!(announced(&harness, "Data of").contains(words), "{}", announced(&harness, "Data of"));
    }
    let mut other = desk_of("tanh");
    other.get_by_label("Show").click();
    other.run_steps(2);
    assert!(other.query_by_label("Activation pattern").is_none(), "where nothing switches there is none");
    other.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleOverlay(PATTERN))]);
    other.run_steps(2);
    assert!(!announced(&other, "Map of").contains("the unit is"), "and nothing is said");
}

/// What an overlay draws over the landscape's box.
fn drawn(harness: &Harness<'static, Desk>, id: OverlayId) -> (Vec<[Point; 2]>, Vec<String>) {
    let state = &harness.state().state;
    let view = state.document.landscape.domain();
    let context = overlay_context(state, paths(state), view, PageScale::equal(view.size() / 500.0));
    let mut primitives = Vec::new();
    overlays::find(id.name()).unwrap().draw.unwrap()(&context, &mut primitives);
    let mut found = (Vec::new(), Vec::new());
    for primitive in primitives {
        match primitive {
            Primitive::Line { places, .. } if places.len() == 2 => found.0.push([places.get(0), places.get(1)]),
            Primitive::Text { text, .. } => found.1.push(text),
            Primitive::Label(label) => found.1.push(label.text),
            _ => {}
        }
    }
    found
}

#[test]
fn the_dead_region_is_hatched_and_named_once() {
    let one_sided = Landscape::parse("relu2").unwrap().with_samples(vec![[0.5, 1.0], [2.0, 0.3]]).unwrap();
    for (landscape, is_dead) in [
        (Landscape::parse("relu").unwrap(), true),
        (Landscape::parse("depth:layers=1,act=relu").unwrap(), true),
        (Landscape::parse("depth:layers=4,act=relu").unwrap(), true),
        (one_sided, true),
        (Landscape::parse("tanh").unwrap(), false),
        (Landscape::parse("network:relu(w1 x + w2) + w1").unwrap(), false),
    ] {
        let text = landscape.to_string();
        let mut harness = desk_of("relu");
        harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::BringLandscape(Box::new(landscape)))]);
        harness.run_steps(2);
        let (lines, words) = drawn(&harness, CRITICAL);
        let named = words.iter().filter(|words| words.starts_with("dead: ")).count();
        assert_eq!(named, usize::from(is_dead), "{text}: {words:?}");
        assert_eq!(announced(&harness, "Map of").contains("hatched: the dead region"), is_dead, "{text}");
        if is_dead {
            let surface = &harness.state().state.document.landscape;
            let dead = |[a, b]: &[Point; 2]| surface.loss().first_order(a + (b - a) / 2.0).gradient.norm() == 0.0;
            let view = surface.domain();
            let short = lines.iter().filter(|[a, b]| view.contains(*a) && view.contains(*b));
            let hatching: Vec<_> = short.filter(|[a, b]| (b.y - a.y - (b.x - a.x)).abs() < 1e-9).collect();
            assert!(hatching.len() > 20 && hatching.iter().all(|line| dead(line)), "{text}: {} lines", hatching.len());
        }
    }
    let mut harness = desk_of("relu");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FOG))]);
    harness.run_steps(3);
    assert!(!announced(&harness, "Map of").contains("dead"), "nobody has asked for that");
}

#[test]
fn slope_and_error_stand_side_by_side() {
    let mut harness = desk_of("relu");
    harness
        .state_mut()
        .state
        .apply(vec![Command::Document(DocumentCommand::SetSteps(200)), Command::Play(PlayCommand::GoTo(0))]);
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleSection(Section::Slope))]);
    show_tab(&mut harness, Pane::Rule);
    harness.get_by_role_and_label(Role::DisclosureTriangle, Section::Slope.title());
    harness.get_by_label_contains("The slope is 1 wherever the unit is on");
    harness.get_by_label("∂f/∂w₁ = 2·mean(error·φ′·x)");
    let before = *harness.state().state.derived.slope().unwrap();
    harness.state_mut().state.apply(vec![Command::Play(PlayCommand::GoTo(150))]);
    harness.run_steps(3);
    harness.get_by_label_contains("The slope stays 1; the errors");
    let chart = announced(&harness, "Slope and gradient along the run");
    assert!(chart.contains("at step 0 slope 1") && chart.contains("at step 200 slope 1"), "{chart}");
    let after = *harness.state().state.derived.slope().unwrap();
    assert!(after.slope == 1.0 && after.gradient < 0.2 * before.gradient, "{before:?}, then {after:?}");
    harness.state_mut().state.apply(vec![
        Command::Document(DocumentCommand::MoveStart(Point::new(0.1, -2.0))),
        Command::Play(PlayCommand::GoTo(0)),
    ]);
    harness.run_steps(3);
    harness.get_by_label_contains("The slope is 0 for every sample: nothing moves.");
    harness.get_by_label_contains("slope 0: dead");
    harness.state_mut().state.apply(vec![Command::Document(DocumentCommand::ChooseLandscape("rosenbrock"))]);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Slope and error").is_none(), "which is of networks alone");
}

#[test]
fn a_saturated_unit_and_fog() {
    let mut harness = desk_of("tanh");
    let state = &mut harness.state_mut().state;
    state.apply(vec![
        Command::View(ViewCommand::ToggleSection(Section::Slope)),
        Command::Document(DocumentCommand::MoveStart(Point::new(0.1, -3.0))),
    ]);
    show_tab(&mut harness, Pane::Rule);
    harness.get_by_label_contains("Saturated: the slope is only");
    harness.state_mut().state.apply(vec![Command::View(ViewCommand::ToggleOverlay(FOG))]);
    harness.run_steps(3);
    assert!(harness.query_by_label_contains("Saturated").is_none(), "nobody has asked for that");
}

#[test]
fn the_question_of_constant_slope_opens_its_answer() {
    let mut harness = desk(1280.0, 720.0);
    open_page(&mut harness, "relu", |state| state.view.scene.open.contains(&Section::Slope));
    show_tab(&mut harness, Pane::Rule);
    harness.get_by_label_contains("The slope stays 1");
    announced(&harness, "Slope and gradient along the run");
}

#[test]
fn samples_with_one_x_make_the_bowl_a_trough_and_it_is_said() {
    let mut harness = desk_of("linreg");
    assert!(!announced(&harness, "Map of").contains("infinitely many"), "a bowl has one best line");
    let moves = samples(&harness).into_iter().enumerate();
    let moves: Vec<Command> =
        moves.map(|(index, [_, y])| Command::Samples(SampleCommand::Move { index, to: [1.5, y] })).collect();
    harness.state_mut().state.apply(moves);
    harness.run_steps(3);
    let map = announced(&harness, "Map of");
    assert!(map.contains("infinitely many best lines"), "{map}");
    let data = announced(&harness, "Data of");
    assert!(data.contains("every x is 1.50: infinitely many best lines"), "{data}");
    harness.state_mut().state.apply(vec![Command::Window(WindowCommand::ToggleCriticalTable)]);
    harness.run_steps(3);
    harness.get_by_label_contains("all samples have the same x, so there are infinitely many best lines");
    let surface = harness.state().state.document.landscape.clone();
    let best = surface.critical_sets().remove(0).polyline_in(&surface.domain());
    let level = best.iter().map(|at| surface.loss().value(*at)).fold(f64::NEG_INFINITY, f64::max);
    let across = Point::new(best[0].x + 0.4, best[0].y);
    assert!((level - surface.loss().value(best[1])).abs() < 1e-9 && surface.loss().value(across) > level, "singular");
}
