//! Words in the pictures: on every landscape and in every view none lies over another.

use egui::accesskit::Role;
use egui::epaint::ClippedShape;
use egui::{Rect, Shape, Vec2, pos2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use taylorscope::analysis::Kind;
use taylorscope::drawing::WindowPart;
use taylorscope::drawing::compose::{self, Axes, Brush, Chart, ChartPage, Layer, Measure, legend_height};
use taylorscope::drawing::ink::Theme;
use taylorscope::drawing::overlays;
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::landscapes::{Landscape, entries};
use taylorscope::numbers::SplitMix64;
use taylorscope::optimizers::{Choice, ENTRIES};
use taylorscope::render::context::overlay_context;
use taylorscope::state::{
    Command, Document, DocumentCommand, LESSONS, LessonCommand, Pane, Picture, State, ViewCommand,
};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, desk};
use crate::enough::at_least;
use crate::some::some;

/// Words nearer than this do not yet touch: the boxes of letters have room above and below.
const SLACK: f32 = 2.0;

/// The texts of a frame with their boxes, as far as they are seen.
pub(crate) fn texts(shapes: &[ClippedShape]) -> Vec<(String, Rect)> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => {
                for shape in shapes {
                    collect(shape, clip, out);
                }
            }
            Shape::Text(text) if text.angle == 0.0 => {
                let seen = text.galley.mesh_bounds.translate(text.pos.to_vec2()).intersect(clip);
                if seen.is_positive() {
                    out.push((text.galley.text().to_owned(), seen));
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// The words of the pictures.
fn words_of(harness: &Harness<'static, Desk>) -> Vec<(String, Rect)> {
    let canvases: Vec<Rect> =
        harness.query_all_by(|node| node.role() == Role::Canvas).map(|node| node.rect().expand(40.0)).collect();
    let all = texts(&harness.output().shapes).into_iter();
    all.filter(|(_, rect)| canvases.iter().any(|canvas| canvas.contains_rect(*rect))).collect()
}

/// Which of them lie over each other.
fn overprinted(words: &[(String, Rect)]) -> Vec<String> {
    let mut faults = Vec::new();
    for (index, (text, rect)) in words.iter().enumerate() {
        for (other, place) in &words[..index] {
            if place.shrink(SLACK).intersects(rect.shrink(SLACK)) {
                faults.push(format!("'{text}' over '{other}' at {rect}"));
            }
        }
    }
    faults
}

fn state(landscape: &Landscape, methods: &[&str], step: usize, lower: Pane) -> State {
    let mut document = Document::new(landscape.clone());
    document.cards.clear();
    for method in methods {
        document.add(Choice::parse(method).unwrap()).unwrap();
    }
    document.steps = 40;
    let mut state = State::new(document);
    state.view.scene.tab = lower;
    state.view.scene.picture = Picture::Both;
    state.playback.playhead = step;
    state.finish();
    state
}

fn every_landscape() -> Vec<Landscape> {
    let house = include_bytes!("../cases/house3.csv");
    let house = Landscape::of(taylorscope::landscapes::find("linreg").unwrap())
        .with_samples(
            String::from_utf8_lossy(house)
                .lines()
                .filter_map(|line| {
                    let mut cells = line.split(',').map(|cell| cell.trim().parse().ok());
                    Some([cells.next()??, cells.next()??])
                })
                .collect(),
        )
        .unwrap();
    entries().map(Landscape::of).chain([house]).collect()
}

#[test]
fn no_words_lie_over_others_on_any_landscape() {
    const SCENES: [(&[&str], usize, Pane); 4] = [
        (&["gd", "newton"], 2, Pane::Slice),
        (&["newton", "gd"], 0, Pane::Slice),
        (&["bfgs", "adam"], 3, Pane::Slice),
        (&["gd", "momentum"], 1, Pane::Circle),
    ];
    let mut harness = desk(1280.0, 720.0);
    let (mut faults, mut counted, mut gaps) = (Vec::new(), 0, 0);
    for landscape in some(every_landscape(), 3) {
        let chosen = SplitMix64::of_names(&[&landscape.to_string(), "labels"]).uniform() * SCENES.len() as f64;
        let (methods, step, lower) = SCENES[chosen as usize];
        harness.state_mut().state = state(&landscape, methods, step, lower);
        harness.run_steps(2);
        let words = words_of(&harness);
        counted += words.len();
        gaps += words.iter().filter(|(text, _)| text.starts_with("error ")).count();
        faults.extend(overprinted(&words).into_iter().map(|fault| format!("{landscape}, {methods:?}: {fault}")));
    }
    assert!(
        counted > at_least(400, 120) && gaps > at_least(5, 1),
        "there are words to look at: {counted}, {gaps} of them gaps"
    );
    assert!(faults.is_empty(), "{} words lie over others:\n{}", faults.len(), faults.join("\n"));
}

/// The texts of a frame that end in an ellipsis for want of room, or that an edge cuts off.
pub(crate) fn cut(shapes: &[ClippedShape]) -> Vec<String> {
    fn collect(shape: &Shape, clip: Rect, out: &mut Vec<String>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| collect(shape, clip, out)),
            Shape::Text(text) => {
                let whole = text.galley.mesh_bounds.translate(text.pos.to_vec2());
                let seen = whole.intersect(clip);
                // What has been scrolled away is not cut; and letters hang over their line by a hair.
                let is_cut = seen.is_positive() && (seen.width() < whole.width() - 1.0);
                if text.galley.elided || is_cut && text.angle == 0.0 {
                    out.push(text.galley.text().to_owned());
                }
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    for clipped in shapes {
        collect(&clipped.shape, clipped.clip_rect, &mut out);
    }
    out
}

/// The controls of a tab that its lower edge cuts, where they cannot be scrolled to.
fn cut_controls(harness: &Harness<'static, Desk>, tab: Pane) -> Vec<String> {
    const CONTROLS: [Role; 5] = [Role::Button, Role::ComboBox, Role::CheckBox, Role::TextInput, Role::Slider];
    let Some(place) = harness.state().canvases.place(WindowPart::Tab) else { return Vec::new() };
    let scrolls = [Pane::Lessons, Pane::Curvature, Pane::Rule, Pane::Starts].contains(&tab);
    let controls = harness.query_all_by(|node| CONTROLS.contains(&node.role()));
    let is_cut = |rect: &Rect| {
        place.x_range().contains(rect.center().x) && rect.top() < place.bottom() && rect.bottom() > place.bottom() - 2.0
    };
    let cut = controls.filter(|node| !scrolls && is_cut(&node.rect()));
    cut.map(|node| format!("{:?} at {}", node.accesskit_node().label(), node.rect())).collect()
}

/// At 1280×720 and normal type no text and no control is cut, whatever the tab, the landscape, the method and the lesson.
#[test]
fn every_text_is_whole_at_1280_by_720() {
    let mut harness = desk(1280.0, 720.0);
    let (mut faults, mut looked_at) = (Vec::new(), 0);
    for (index, landscape) in some(every_landscape().into_iter().enumerate(), 7) {
        let tabs = Pane::TABS.into_iter().filter(|tab| tab.suits(&landscape));
        for (turn, tab) in tabs.enumerate() {
            let mut random = SplitMix64::of_names(&[&landscape.to_string(), tab.id()]);
            // Walks from every start of a picture take seconds on a network, and the words are the same.
            if tab == Pane::Basins && (landscape.cost() > 1 || index % 16 > 0) {
                continue;
            }
            // The first method is a cheap one, of which many walks are soon done.
            let chosen = if matches!(tab, Pane::Basins | Pane::Starts) { 0.0 } else { random.uniform() };
            let method = &ENTRIES[(chosen * ENTRIES.len() as f64) as usize];
            let mut document = Document::new(landscape.clone());
            document.cards.clear();
            if document.add(Choice::parse(method.id).unwrap()).is_none() {
                continue;
            }
            document.steps = 12;
            let mut state = State::new(document);
            state.apply(vec![Command::View(ViewCommand::ShowTab(tab))]);
            state.view.chrome.setup_open = turn == index % 3;
            state.playback.playhead = turn % 4;
            state.finish();
            harness.state_mut().state = state;
            harness.run_steps(2);
            looked_at += 1;
            let name = format!("{landscape}, {}, {}", method.id, tab.id());
            faults.extend(cut(&harness.output().shapes).into_iter().map(|text| format!("{name}: '{text}'")));
            faults.extend(cut_controls(&harness, tab).into_iter().map(|control| format!("{name}: {control}")));
        }
    }
    for (lesson, entry) in some(LESSONS.iter().enumerate(), 3) {
        harness.state_mut().state = State::opening();
        harness.state_mut().state.apply(vec![Command::Lessons(LessonCommand::Show(lesson))]);
        harness.state_mut().state.finish();
        harness.run_steps(2);
        let name = &entry.id;
        faults.extend(cut(&harness.output().shapes).into_iter().map(|text| format!("lesson {name}: '{text}'")));
    }
    assert!(looked_at > at_least(300, 60), "{looked_at} windows");
    assert!(faults.is_empty(), "{} texts are cut:\n{}", faults.len(), faults[..faults.len().min(60)].join("\n"));
}

/// The whole numbers of a text that are written otherwise than all: from five digits on with gaps between thousands, and without before.
fn odd_numbers(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || letter == '\u{a0}' || letter == '.';
    let numbers = text.split(|letter: char| !is_part(letter)).map(|number| number.trim_matches(['\u{a0}', '.']));
    let whole = numbers.filter_map(|number| number.split('.').next());
    let is_odd = |whole: &&str| {
        let digits = whole.chars().filter(char::is_ascii_digit).count();
        let is_group = |(index, group): (usize, &str)| if index == 0 { group.len() <= 3 } else { group.len() == 3 };
        let is_grouped = whole.contains('\u{a0}');
        // Two numbers side by side are not one with a gap.
        digits >= 5 && !is_grouped || digits == 4 && is_grouped && whole.split('\u{a0}').enumerate().all(is_group)
    };
    whole.filter(is_odd).map(str::to_owned).collect()
}

/// One notation in every view: 57 800 and 10 000, but 1234 and 1000.
#[test]
fn numbers_are_grouped_alike_in_every_view() {
    assert_eq!(odd_numbers("57800 of 10\u{a0}000, 1234 and 1\u{a0}000; 0.00012345, 100.0"), ["57800", "1\u{a0}000"]);
    let mut harness = desk(1296.0, 736.0);
    let (mut faults, mut large) = (Vec::new(), 0);
    for (landscape, start) in [("goldstein_price", [-1.9, 1.9]), ("beale", [-4.4, 4.4]), ("rosenbrock", [-3.0, -2.9])] {
        let landscape = Landscape::parse(landscape).unwrap();
        for tab in some(Pane::TABS.into_iter().filter(|tab| tab.suits(&landscape) && *tab != Pane::Basins), 2) {
            let mut state = state(&landscape, &["gd", "newton_damped"], 1, tab);
            state.apply(vec![Command::Document(DocumentCommand::MoveStart(start.into()))]);
            state.finish();
            harness.state_mut().state = state;
            harness.run_steps(3);
            for (text, _) in texts(&harness.output().shapes) {
                large += usize::from(text.contains("\u{a0}"));
                faults.extend(
                    odd_numbers(&text).into_iter().map(|odd| format!("{landscape}, {}: {odd} in '{text}'", tab.id())),
                );
            }
        }
    }
    assert!(large > at_least(40, 15), "{large} large numbers");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Letters about as wide and as high as those of the program's small type.
struct Letters;

impl Measure for Letters {
    fn size(&self, text: &str, _strong: bool) -> Vec2 {
        vec2(7.0 * text.chars().count() as f32, 16.0)
    }
}

/// What is drawn on the map of a state in a room of this size: its page, the words on it, the legend line, and its room.
fn map_words(state: &State, size: Vec2) -> (ChartPage, Vec<Layer>, Vec<Layer>, Rect) {
    let view = state.document.landscape.domain();
    let whole = Rect::from_min_size(pos2(0.0, 0.0), size);
    let (rect, row) = whole.split_top_bottom_at_y(whole.bottom() - legend_height(&Letters, 1.0));
    let page = Chart { view, equal_scales: true, axes: Axes::Both }.laid(rect, &Letters);
    let scale = PageScale::equal(page.view().width() / f64::from(page.frame().width()));
    let context = overlay_context(state, paths(state), page.view(), scale);
    let primitives = compose::map(&context, |id| state.view.sees(id), None);
    let brush = Brush { page: &page, measure: &Letters, theme: Theme::Light, scale: 1.0 };
    let (words, legend) = brush.words_beside(&primitives, None);
    (page, words, brush.legend(&legend, row), row)
}

/// The boxes of words and the words.
fn patches(layers: &[Layer]) -> Vec<(String, Rect)> {
    let word = |layer: &Layer| match layer {
        Layer::Words { patch, text, .. } => Some((text.clone(), *patch)),
        _ => None,
    };
    layers.iter().filter_map(word).collect()
}

/// Over all landscapes, five steps and three sizes: words on the map keep apart and leave every critical point to be seen, at
/// most two of them are names, and the legend line has room for itself.
#[test]
fn the_map_has_few_names_and_they_cover_nothing() {
    const METHODS: [&str; 7] = ["gd", "momentum", "newton", "adam", "gd_armijo", "trust_region", "bfgs"];
    let (mut faults, mut names, mut entries_seen) = (Vec::new(), 0, 0);
    let landscapes = every_landscape().into_iter().filter(|landscape| !landscape.dimension().is_one());
    for landscape in some(landscapes, 3) {
        let mut random = SplitMix64::of_names(&[&landscape.to_string(), "names on the map"]);
        let mut pick = |count: usize| (random.uniform() * count as f64) as usize;
        let methods = [METHODS[pick(METHODS.len())], METHODS[pick(METHODS.len())]];
        let mut state = state(&landscape, &methods, 0, Pane::Slice);
        let others = overlays::ALL.iter().filter(|overlay| overlay.id != overlays::FOG);
        for overlay in others.filter(|overlay| overlay.suits(&landscape)) {
            if (!overlay.on_at_first || !overlay.tabs.is_empty()) && pick(2) == 0 {
                state.view.scene.overlays.insert(overlay.id);
            }
        }
        for step in [0, 1, 2, 5, 30] {
            state.playback.playhead = step;
            // At one of the steps the tab Directions is open, which brings a step of every method with their names.
            if step == 2 {
                state.apply(vec![Command::View(ViewCommand::ShowTab(Pane::Circle))]);
                state.view.scene.overlays.insert(overlays::EVERY_METHOD);
            }
            state.finish();
            for size in [vec2(740.0, 390.0), vec2(1130.0, 720.0), vec2(470.0, 330.0)] {
                let (page, words, legend, row) = map_words(&state, size);
                let (words, legend) = (patches(&words), patches(&legend));
                let mut say =
                    |fault: String| faults.push(format!("{landscape}, {methods:?}, step {step}, {size}: {fault}"));
                overprinted(&words).into_iter().chain(overprinted(&legend)).for_each(&mut say);
                for (text, _) in legend.iter().filter(|(_, patch)| !row.expand(0.5).contains_rect(*patch)) {
                    say(format!("'{text}' has no room in the legend line"));
                }
                // Of very many only the minima are drawn.
                let seen = state.derived.critical_points().iter().filter(|point| page.view().contains(point.at));
                let few = seen.clone().count() <= 60;
                for point in seen.filter(|point| few || point.kind == Kind::Minimum) {
                    // The square that every mark has in it; where there are very many they are small.
                    let side = if few { 9.0 } else { 2.0 };
                    let mark = Rect::from_center_size(page.position(point.at), Vec2::splat(side));
                    for (text, _) in words.iter().filter(|(_, patch)| patch.intersects(mark)) {
                        say(format!("'{text}' covers the {} at {}", point.name(), point.at));
                    }
                }
                // A short step would be hidden by the names of its ends.
                let step =
                    state.derived.analysis().and_then(|analysis| Some((analysis.iterate.at, analysis.proposed()?)));
                let step = step.filter(|_| state.view.sees(overlays::STEP));
                for share in (1..10).map(|tenth| f64::from(tenth) / 10.0) {
                    let Some(at) = step.map(|(from, step)| page.position(from + step * share)) else { break };
                    let of_ends = words
                        .iter()
                        .filter(|(text, _)| ["start", "landing", "rejected"].iter().any(|name| text.starts_with(name)));
                    for (text, _) in of_ends.filter(|(_, patch)| patch.shrink(1.0).contains(at)) {
                        say(format!("'{text}' covers the arrow of the step at {share}"));
                    }
                }
                names += words.len();
                entries_seen += legend.len();
            }
        }
    }
    assert!(
        names > at_least(500, 200) && entries_seen > at_least(1000, 400),
        "there is something to look at: {names}, {entries_seen}"
    );
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults[..faults.len().min(40)].join("\n"));
}

/// What lies outside the picture is not named; that the run is there, is.
#[test]
fn the_legend_explains_only_what_is_seen() {
    let quad = Landscape::parse("quad").unwrap();
    let said = |step: usize| {
        let mut harness = desk(1280.0, 720.0);
        let mut state = state(&quad, &["gd:lr=0.1135"], step, Pane::Slice);
        state.view.scene.picture = Picture::Map;
        harness.state_mut().state = state;
        harness.run_steps(6);
        let legend = harness.query_by_label_contains("Legend: ");
        let legend = legend.and_then(|node| node.accesskit_node().label().or(node.accesskit_node().value()));
        (
            legend.unwrap_or_default(),
            texts(&harness.output().shapes).into_iter().map(|(text, _)| text).collect::<Vec<_>>(),
        )
    };
    let (near, _) = said(1);
    assert!(near.contains("tangent plane"), "{near}");
    let (far, words) = said(40);
    for name in ["tangent plane", "landing", "plane right within"] {
        assert!(!far.contains(name) && !words.iter().any(|word| word == name), "{name} is far away: {far}");
    }
    assert!(words.iter().any(|word| word.ends_with(" outside")), "{words:?}");
}

/// Every run that has left the picture is named on it, also one of several of the same method, and no name lies over another.
#[test]
fn every_run_that_has_left_is_named_on_the_map_and_as_the_run_that_it_is() {
    const METHODS: [&str; 5] =
        ["gd:lr=0.2", "gd:lr=0.3", "momentum:lr=0.3,beta=0.5", "momentum:lr=0.3,beta=0.9", "nesterov:lr=0.4"];
    const NAMES: [&str; 5] =
        ["Gradient descent η 0.2", "Gradient descent η 0.3", "Momentum β 0.5", "Momentum β 0.9", "Nesterov"];
    let himmelblau = Landscape::parse("himmelblau").unwrap();
    let state = state(&himmelblau, &METHODS, 40, Pane::Slice);
    for size in [vec2(740.0, 390.0), vec2(1130.0, 720.0), vec2(470.0, 330.0)] {
        let words = patches(&map_words(&state, size).1);
        assert_eq!(overprinted(&words), [""; 0], "{size}");
        for name in NAMES {
            let named = words.iter().filter(|(text, _)| text.starts_with(name) && text.contains("diverged"));
            assert_eq!(named.count(), 1, "{name} at {size}: {words:?}");
        }
    }
}
