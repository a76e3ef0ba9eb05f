//! One picture, one sentence, one slider: what is always together, what gives way to it, and what a class does with it.

use egui::accesskit::Role;
use egui::{Key, Order, Rect, Shape, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::drawing::WindowPart;
use taylorscope::state::{
    Command, DocumentCommand, LESSONS, Pane, Picture, PlayCommand, RunCommand, State, TypeScale, ViewCommand,
    WindowCommand,
};

use crate::desk::{Desk, desk, drag, open_page, opened, patient_desk, says};
use crate::some::some;

const RATE: &str = "learning rate η of run 1, Gradient descent";

fn run(harness: &mut Harness<'static, Desk>, commands: Vec<Command>) {
    harness.state_mut().state.apply(commands);
    harness.run_steps(4);
}

/// The views whose name begins so, the largest first.
fn canvases(harness: &Harness<'static, Desk>, name: &str) -> Vec<Rect> {
    let found = harness
        .query_all_by(|node| node.role() == Role::Canvas && node.label().is_some_and(|label| label.starts_with(name)));
    let mut found: Vec<Rect> = found.map(|node| node.rect()).collect();
    found.sort_by(|a, b| b.area().total_cmp(&a.area()));
    found
}

/// Where the sentence of the step stands.
fn sentence(harness: &Harness<'static, Desk>) -> Option<Rect> {
    harness.query_all_by_label_contains("The tangent plane predicted").next().map(|node| node.rect())
}

/// What a legend line names.
fn legend_names(line: &egui_kittest::Node<'_>) -> Vec<String> {
    let words = line.accesskit_node().label().or(line.accesskit_node().value()).unwrap_or_default();
    words.trim_start_matches("Legend: ").split(", ").map(str::to_owned).collect()
}

/// The shapes of a shape.
fn flatten<'s>(shape: &'s Shape, out: &mut Vec<&'s Shape>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| flatten(shape, out)),
        shape => out.push(shape),
    }
}

/// The four that are always together, in a window of this size: picture, sentence, slider, transport; whether each is whole in it.
fn the_four(harness: &Harness<'static, Desk>, [width, height]: [f32; 2]) -> [bool; 4] {
    let window = Rect::from_min_size(egui::Pos2::ZERO, vec2(width, height));
    let is_whole = |rect: Option<Rect>| rect.is_some_and(|rect| window.contains_rect(rect) && rect.is_positive());
    let picture = canvases(harness, "Map").first().copied().filter(|map| map.height() > 0.12 * height);
    let named = |label: &str| harness.query_by_label(label).map(|node| node.rect());
    let transport = ["Play", "Step", "step"].into_iter().all(|label| is_whole(named(label)));
    [is_whole(picture), is_whole(sentence(harness)), is_whole(named(RATE)), transport]
}

#[test]
fn picture_sentence_slider_and_transport_are_together_in_every_layout_size_and_type() {
    let layouts = [
        WindowCommand::CloseMessage,
        WindowCommand::ToggleMaximized(Pane::Map),
        WindowCommand::TogglePresenting,
        WindowCommand::ToggleSetup,
    ];
    let sizes = [[1024.0, 768.0], [1280.0, 720.0], [1280.0, 800.0], [1920.0, 1080.0]];
    let typed = sizes.into_iter().flat_map(|size| TypeScale::ALL.map(|scale| (size, scale)));
    let cases = typed.flat_map(|(size, scale)| layouts.iter().map(move |layout| (size, scale, layout)));
    // Of every five, so that each size, type and layout has its turn.
    for (size, scale, layout) in some(cases, 5) {
        let mut harness = desk(size[0], size[1]);
        let commands = [WindowCommand::SetTypeScale(scale), layout.clone()].map(Command::Window).to_vec();
        run(&mut harness, commands);
        assert_eq!(the_four(&harness, size), [true; 4], "{size:?}, {scale:?}, {layout:?}");
    }
}

/// In a smaller window, in this order: the tabs, the chips, the inset, the names at the slider; never the four.
#[test]
fn in_a_smaller_window_parts_give_way_in_their_order() {
    let sizes = [
        [1280.0, 720.0],
        [1024.0, 768.0],
        [900.0, 640.0],
        [860.0, 560.0],
        [820.0, 500.0],
        [760.0, 470.0],
        [700.0, 430.0],
        [640.0, 400.0],
    ];
    let mut before = [true; 4];
    for size in sizes {
        let mut harness = desk(size[0], size[1]);
        run(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Map))]);
        let tabs = harness.query_all_by_label("Slice").next().is_some();
        let chips = harness.query_by_label("+ Add run").is_some();
        let inset = canvases(&harness, "Map").len() + canvases(&harness, "Surface").len() > 1;
        // Where the names stand at the track, the words stand below the number.
        let names = says(&harness, "beyond 2/λmax");
        let now = [tabs, chips, inset, names];
        assert!(now.windows(2).all(|pair| pair[1] || !pair[0]), "{size:?}: {now:?} in their order");
        assert!(now.iter().zip(before).all(|(now, before)| !now || before), "{size:?}: {now:?} after {before:?}");
        assert_eq!(the_four(&harness, size), [true; 4], "{size:?}");
        before = now;
    }
    assert_eq!(before[..2], [false; 2], "in the smallest window tabs and chips have given way");
}

/// With the largest type in a low window the tabs alone give way: sentence and bars stand beside the picture, chips and inset stay.
#[test]
fn at_the_largest_type_the_tabs_alone_give_way() {
    // The harness keeps a margin of 8 points, which no window has.
    let mut harness = desk(1296.0, 696.0);
    let commands = vec![
        Command::View(ViewCommand::ShowPicture(Picture::Map)),
        Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture)),
    ];
    run(&mut harness, commands);
    assert_eq!(the_four(&harness, [1296.0, 696.0]), [true; 4], "the four");
    assert!(harness.query_all_by_label("Slice").next().is_none(), "the tabs give way");
    assert!(harness.query_by_label("+ Add run").is_some(), "the chips stay");
    assert!(canvases(&harness, "Map").len() + canvases(&harness, "Surface").len() > 1, "the inset stays");
    let (_, bars) = bars(&harness).expect("the bars stay");
    let [map, sentence] = [canvases(&harness, "Map")[0], sentence(&harness).unwrap()];
    assert!(sentence.left() > map.right() && bars.left() > map.right(), "beside the picture: {sentence}, {bars}");
    assert!(map.height() > 180.0, "which has its height: {map}");
}

/// What is said of the bars of the step, and where they are.
fn bars(harness: &Harness<'static, Desk>) -> Option<(String, Rect)> {
    let bars =
        harness.query_by(|node| node.role() == Role::Image && node.label().is_some_and(|name| name.contains("actual")));
    bars.map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
}

/// Whichever tab is shown, bars and row of tabs stay where they are, so that a click on the next one meets it; the race has its chart
/// all the same.
#[test]
fn the_row_of_tabs_stays_where_it_is() {
    let lecture = Command::Window(WindowCommand::SetTypeScale(TypeScale::Lecture));
    for (size, commands) in [([1296.0, 736.0], Vec::new()), ([1040.0, 784.0], vec![lecture])] {
        let mut harness = desk(size[0], size[1]);
        let is_normal = commands.is_empty();
        run(&mut harness, [vec![Command::View(ViewCommand::ShowPicture(Picture::Map))], commands].concat());
        let mut places = Vec::new();
        let all = Pane::TABS.into_iter().filter(|tab| is_normal || [Pane::Slice, Pane::Compare].contains(tab));
        for tab in all {
            run(&mut harness, vec![Command::View(ViewCommand::ShowTab(tab))]);
            if harness.state().state.shown_tab() == tab {
                let top = harness.state().canvases.place(WindowPart::Tab).map(|place| place.top());
                let (said, place) = bars(&harness).unwrap_or_else(|| panic!("{size:?}, {tab:?}: the bars"));
                assert!(said.contains('ρ') && place.height() > 15.0, "{size:?}, {tab:?}: {said} at {place}");
                places.push((tab, top, place));
            }
        }
        assert!(places.len() > if is_normal { 10 } else { 1 }, "{places:?}");
        assert!(places.iter().any(|(tab, ..)| *tab == Pane::Compare), "{places:?}");
        let first = (places[0].1.expect("a tab"), places[0].2);
        assert!(places.iter().all(|(_, top, bars)| (*top, *bars) == (Some(first.0), first.1)), "{places:?}");
        if is_normal {
            run(&mut harness, vec![Command::View(ViewCommand::ShowTab(Pane::Compare))]);
            harness.run_steps(4);
            assert!(!says(&harness, "Show the chart"), "the chart is there");
        }
    }
}

/// Map and surface together are as large as the room lets them be, beside each other or one above the other.
#[test]
fn both_pictures_are_as_large_as_the_room_allows() {
    for size in [[1040.0, 784.0], [1296.0, 736.0], [900.0, 1100.0]] {
        let mut harness = desk(size[0], size[1]);
        run(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Both))]);
        let places = ["Map", "Surface"].map(|name| canvases(&harness, name)[0]);
        let room = places[0].union(places[1]).size();
        let largest =
            [vec2(0.5, 1.0), vec2(1.0, 0.5)].map(|share| (room * share).min_elem()).into_iter().fold(0.0, f32::max);
        for place in places {
            assert!(place.size().min_elem() > 0.85 * largest, "{size:?}: {place} in {room}");
        }
        assert_eq!(the_four(&harness, size), [true; 4], "{size:?}");
    }
}

/// Before a class the type gives way first: in a small window it is no larger than lets the four stand.
#[test]
fn before_a_class_the_four_stand_in_a_small_window_too() {
    for size in [[1024.0, 768.0], [800.0, 600.0], [640.0, 480.0]] {
        let mut harness = desk(size[0], size[1]);
        run(&mut harness, vec![Command::Window(WindowCommand::TogglePresenting)]);
        harness.run_steps(2);
        assert_eq!(the_four(&harness, size), [true; 4], "{size:?}");
    }
}

#[test]
fn map_and_surface_fill_the_window_together() {
    let mut harness = opened(State::opening());
    run(&mut harness, vec![Command::Window(WindowCommand::ToggleMaximized(Pane::Map))]);
    assert_eq!(canvases(&harness, "Surface").len(), 1, "the inset stays");
    run(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Both))]);
    let [map, surface] = ["Map", "Surface"].map(|name| canvases(&harness, name)[0].area());
    assert!((map / surface - 1.0).abs() < 0.3, "both side by side");
}

#[test]
fn the_other_picture_is_an_inset_that_swaps_on_a_click_and_a_key_goes_through_all() {
    let mut harness = opened(State::opening());
    let sides = |harness: &Harness<'static, Desk>| ["Map", "Surface"].map(|name| canvases(harness, name)[0].area());
    let [map, surface] = sides(&harness);
    assert!(map > 4.0 * surface, "the map is large, the surface an inset");
    let inset = canvases(&harness, "Surface")[0].center();
    drag(&mut harness, &[inset]);
    let [map, surface] = sides(&harness);
    assert!(surface > 4.0 * map, "and the other way round");
    assert_eq!(harness.state().state.undo_redo_titles()[0], None, "looking is no change");
    harness.key_press(Key::T);
    harness.run_steps(3);
    let [map, surface] = sides(&harness);
    assert!((map / surface - 1.0).abs() < 0.3, "both side by side");
    harness.key_press(Key::T);
    harness.run_steps(3);
    assert_eq!(harness.state().state.shown_picture(), Picture::Map, "and round again");
}

/// What is drawn is named below the picture, whichever it is, and not on it.
#[test]
fn both_pictures_have_a_legend_line() {
    let mut harness = opened(State::opening());
    for picture in [Picture::Map, Picture::Surface] {
        run(&mut harness, vec![Command::View(ViewCommand::ShowPicture(picture))]);
        let legend = harness.query_all_by_label_contains("Legend: ").collect::<Vec<_>>();
        let [line] = legend.as_slice() else { panic!("{picture:?}: {} legend lines", legend.len()) };
        let name = if picture == Picture::Map { "Map" } else { "Surface" };
        assert!(line.rect().top() >= canvases(&harness, name)[0].bottom() - 1.0, "{picture:?}: below it");
        for words in ["tangent plane", "minimum", "saddle"] {
            assert!(says(&harness, words), "{picture:?}: {words}");
        }
    }
}

/// Side by side the line of the map goes on below the surface: more is named than fits below either.
#[test]
fn side_by_side_the_legend_goes_on_below_the_surface() {
    let mut harness = opened(State::opening());
    run(&mut harness, vec![Command::View(ViewCommand::ShowPicture(Picture::Both))]);
    harness.run_steps(2);
    let mut legend: Vec<_> = harness.query_all_by_label_contains("Legend: ").collect();
    legend.sort_by(|a, b| a.rect().left().total_cmp(&b.rect().left()));
    let [map, surface] = legend.as_slice() else { panic!("{} legend lines", legend.len()) };
    assert!((map.rect().top() - surface.rect().top()).abs() < 1.0, "on one line");
    let [all, rest] = [map, surface].map(legend_names);
    assert!(!rest.is_empty() && rest.len() < all.len(), "{rest:?} of {all:?}");
    assert!(rest.iter().all(|name| all.contains(name)), "the rest of it: {rest:?} of {all:?}");
}

/// What has no room in the line stands in a list where the pointer rests on it, each name beside a sample of its own.
#[test]
fn the_legend_is_whole_under_the_pointer() {
    let mut harness = patient_desk(1024.0, 768.0);
    run(
        &mut harness,
        vec![Command::Window(WindowCommand::TogglePresenting), Command::View(ViewCommand::ShowTab(Pane::Circle))],
    );
    let line = harness.get_by_label_contains("Legend: ");
    let names = legend_names(&line);
    let place = line.rect();
    harness.hover_at(place.center());
    harness.run_steps(12);
    let list = harness.ctx.memory(|memory| {
        let layers = memory.areas().visible_layer_ids();
        let tooltip = layers.into_iter().find(|layer| layer.order == Order::Tooltip);
        tooltip.and_then(|layer| memory.area_rect(layer.id))
    });
    let list = list.expect("a list");
    assert!(list.bottom() <= place.bottom(), "over the picture, not over the bars: {list} at {place}");
    let (mut words, mut samples) = (Vec::new(), 0);
    // What is painted after the ground of the list, which lies over the picture.
    let mut shapes = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| flatten(&clipped.shape, &mut shapes));
    let is_ground = |shape: &&Shape| {
        let Shape::Rect(ground) = shape else { return false };
        (ground.rect.size() - list.size()).length() < 40.0 && list.expand(20.0).contains_rect(ground.rect)
    };
    let ground = shapes.iter().rposition(is_ground).expect("a ground");
    for shape in &shapes[ground + 1..] {
        let place = shape.visual_bounding_rect();
        if list.contains(place.center()) && list.expand(2.0).contains_rect(place) {
            match shape {
                Shape::Text(text) => words.push(text.galley.text().to_owned()),
                _ => samples += 1,
            }
        }
    }
    assert!(names.len() > 4 && words.join(", ") == names.join(", "), "{names:?} in {words:?}");
    // Those of critical points begin with their mark.
    let marks = names.iter().filter(|name| name.starts_with(['▽', '×', '△', '◇'])).count();
    assert!(samples >= names.len() - marks, "{samples} samples of {names:?}");
}

/// It lies over the tab or the foot of the picture, and never over the bars.
#[test]
fn a_message_moves_nothing() {
    for (width, height, presents) in [(1280.0, 720.0, false), (900.0, 700.0, false), (1280.0, 720.0, true)] {
        let mut harness = desk(width, height);
        if presents {
            run(&mut harness, vec![Command::Window(WindowCommand::TogglePresenting)]);
        }
        let place = |harness: &Harness<'static, Desk>| canvases(harness, "Map")[0];
        let before = place(&harness);
        let words = "the header is 'input;output', but must be x,y ".repeat(6);
        run(&mut harness, vec![Command::Window(WindowCommand::Say(words.trim().to_owned()))]);
        harness.run_steps(3);
        assert_eq!(place(&harness), before, "{width}×{height}: the picture stays");
        let message = harness.get_by_label(words.trim()).rect();
        let [rate, transport] = [RATE, "step"].map(|name| harness.query_all_by_label_contains(name).next().unwrap());
        for bar in [rate.rect(), transport.rect()] {
            assert!(!bar.intersects(message), "{width}×{height}: {message} lies over {bar}");
        }
    }
}

/// Whatever it says, and however long: the room of the sentence is the same.
#[test]
fn nothing_below_the_sentence_moves() {
    let mut harness = desk(1280.0, 720.0);
    run(&mut harness, vec![Command::View(ViewCommand::ShowTab(Pane::Slice))]);
    let place = |harness: &Harness<'static, Desk>| {
        [
            harness.get_by_label(RATE).rect().top(),
            harness.get_by_label("Curvature").rect().top(),
            canvases(harness, "Map")[0].top(),
        ]
    };
    let before = place(&harness);
    let card = harness.state().state.selected;
    for (step, rate) in [(0, 0.001), (3, 0.02), (5, 0.036), (8, 0.05), (60, 0.01), (1, 3.0)] {
        let set = RunCommand::SetParameter { card, parameter: 0, value: rate };
        run(&mut harness, vec![Command::Runs(set), Command::Play(PlayCommand::GoTo(step))]);
        assert_eq!(place(&harness), before, "η = {rate} at step {step}");
    }
}

#[test]
fn three_bars_are_read_with_their_digits_and_rho() {
    let harness = desk(1280.0, 720.0);
    let (said, _) = bars(&harness).unwrap();
    let at = |words: &str| said.find(words).unwrap_or_else(|| panic!("{words}: {said}"));
    let order = [at("plane predicted −68"), at("quadratic predicted"), at("actual −20")];
    assert!(order.is_sorted(), "{said}");
    assert!(said.contains('ρ') && said.contains("model error"), "{said}");
}

/// A run keeps its color and its marker, whatever comes and goes beside it.
#[test]
fn the_look_of_a_run_never_depends_on_runs_that_are_gone() {
    let mut harness = opened(State::opening());
    run(&mut harness, ["momentum", "adam", "newton"].map(RunCommand::Add).map(Command::Runs).to_vec());
    let looks = |harness: &Harness<'static, Desk>| -> Vec<_> {
        harness.state().state.document.cards.iter().map(|card| (card.id, card.style)).collect()
    };
    let all = looks(&harness);
    run(&mut harness, vec![Command::Runs(RunCommand::Remove(all[1].0))]);
    assert!(looks(&harness).iter().all(|look| all.contains(look)), "{all:?}");
    run(&mut harness, vec![Command::Runs(RunCommand::Add("nesterov"))]);
    let after = looks(&harness);
    let styles: Vec<usize> = after.iter().map(|(_, style)| *style).collect();
    assert!(all.iter().filter(|(id, _)| *id != all[1].0).all(|look| after.contains(look)), "{after:?}");
    assert!((1..styles.len()).all(|index| !styles[..index].contains(&styles[index])), "each its own: {styles:?}");
    run(&mut harness, vec![Command::Runs(RunCommand::RemoveOthers(all[3].0))]);
    assert_eq!(looks(&harness), [all[3]], "alone, and as it was");
}

/// What a class looks at is one click and one drag away from the first screen.
#[test]
fn rate_and_momentum_are_one_click_and_one_drag() {
    for (id, slider, way, words) in [
        ("learning-rate", RATE, [0.64, 0.93], "beyond 2/λmax = "),
        ("momentum-escapes", "momentum β of run 1, Momentum", [0.9, 0.5], "comes to rest on this side"),
    ] {
        let mut harness = opened(State::opening());
        let lesson = LESSONS.iter().find(|lesson| lesson.id == id).unwrap();
        harness.get_by_label(&format!("lesson: {}", lesson.question)).click();
        harness.run_steps(4);
        open_page(&mut harness, id, |state| {
            let first = &state.document.cards[0].optimizer;
            let has_tab = state.page().is_some_and(|page| page.names_tab);
            id == "learning-rate"
                || has_tab && state.view.scene.slider.slides_coefficient && first.get("beta") == Some(0.9)
        });
        assert!(!says(&harness, words), "{id}: not yet");
        let track = harness.get_by_label(slider).rect();
        let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
        drag(&mut harness, &[at(way[0]), at(0.5 * (way[0] + way[1])), at(way[1])]);
        harness.state_mut().state.finish();
        harness.run_steps(3);
        assert!(says(&harness, words), "{id}: {words}");
    }
}

/// While a parameter is dragged the path before stays, and the best of the rates tried is told beside the track.
#[test]
fn a_drag_leaves_the_path_before_and_the_best_rate_is_marked() {
    let mut harness = desk(1280.0, 720.0);
    let before: Vec<_> = {
        let state = &harness.state().state;
        state.derived.run(state.selected).unwrap().iterates().iter().map(|iterate| iterate.at).collect()
    };
    let track = harness.get_by_label(RATE).rect();
    let at = |share: f32| track.left_center() + vec2(share * track.width(), 0.0);
    harness.drag_at(at(0.9));
    harness.run_steps(2);
    harness.hover_at(at(0.3));
    harness.run_steps(3);
    let ghost = harness.state().state.paths_before.first().map(|path| path.places.clone());
    assert_eq!(ghost.as_deref(), Some(&before[..]), "as it was");
    harness.drop_at(at(0.3));
    harness.run_steps(3);
    assert_eq!(harness.state().state.paths_before, [], "let go");
    let state = &harness.state().state;
    let best = state.best_rate(state.selected).unwrap();
    assert_eq!(best.rate, state.document.cards[0].optimizer.parameters[0], "the smaller rate ends lower");
}

#[test]
fn a_new_scene_a_reset_and_a_method_are_one_click() {
    let mut harness = opened(State::opening());
    let opening = harness.state().state.document.clone();
    run(&mut harness, vec![Command::Document(DocumentCommand::ChooseLandscape("rosenbrock"))]);
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::N);
    harness.run_steps(3);
    // What was chosen is in no file: that is asked about.
    harness.get_by_label("Go on without saving").click();
    harness.run_steps(3);
    assert_eq!(harness.state().state.document.landscape, opening.landscape, "New");
    assert_eq!(harness.state().state.document.cards.len(), 1, "New");
    harness.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    harness.run_steps(3);
    assert_eq!(harness.state().state.document.landscape.entry().id, "rosenbrock", "taken back");
}
