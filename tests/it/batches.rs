//! Mini-batches, by label: whose gradients a step is made of, the loss of the batch, its epochs, and the noise.

use egui::Role;
use egui::accesskit::Role as Node;
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use taylorscope::drawing::ink::Ink;
use taylorscope::drawing::overlays::{self, BATCH, CLOUD};
use taylorscope::drawing::page_scale::PageScale;
use taylorscope::drawing::primitive::Primitive;
use taylorscope::landscapes::{Landscape, ViewBox};
use taylorscope::numbers::{Point, Vector};
use taylorscope::optimizers::Choice;
use taylorscope::render::context::overlay_context;
use taylorscope::run::{Epochs, Run};
use taylorscope::state::{Command, Document, DocumentCommand, LESSONS, Pane, PlayCommand, State, ViewCommand};
use taylorscope::ui::views::paths;

use crate::desk::{Desk, open_page, opened, overshooting, says, show_tab};

fn on(landscape: &str, optimizer: &str, step: usize) -> State {
    let mut document = Document::new(Landscape::parse(landscape).unwrap());
    document.start = Point::new(0.4, 0.3);
    document.steps = 40;
    document.cards.clear();
    document.add(Choice::parse(optimizer).unwrap());
    let mut state = State::new(document);
    state.finish();
    state.apply(vec![Command::Play(PlayCommand::GoTo(step)), Command::View(ViewCommand::ShowTab(Pane::Data))]);
    state
}

/// What the canvas says of itself whose label starts so.
fn announced(harness: &Harness<'static, Desk>, start: &str) -> String {
    let canvases = harness.query_all(By::new().role(Role::Canvas)).filter_map(|node| node.accesskit_node().label());
    canvases.into_iter().find(|label| label.starts_with(start)).unwrap()
}

/// The arrows of the cloud on the map, from their common foot, by ink and width.
fn arrows(state: &State) -> Vec<(Vector, Ink, f32)> {
    let runs = paths(state);
    let context = overlay_context(state, runs, ViewBox::square(3.0), PageScale::equal(0.01));
    let mut primitives = Vec::new();
    overlays::find(CLOUD.name()).unwrap().draw.unwrap()(&context, &mut primitives);
    let arrow = |primitive: Primitive<'_>| match primitive {
        Primitive::Arrow { from, to, pen } => Some((to - from, pen.ink, pen.width)),
        _ => None,
    };
    primitives.into_iter().filter_map(arrow).collect()
}

#[test]
fn the_cloud_is_shown_from_the_list_and_its_words_are_read() {
    let mut harness = opened(on("linreg", "sgd:lr=0.02,batch=3", 5));
    harness.get_by_label("Show").click();
    harness.run_steps(3);
    harness.get_by_label("Per-sample gradients").click();
    harness.get_by_label("Mini-batch loss").click();
    harness.run_steps(3);
    let description = announced(&harness, "Map of");
    for words in [
        "n times −∇ of each of 12 samples: their mean is −∇f",
        "batch: the sum over 3 of 12, on average 3/12 of −∇f",
        "loss of this batch, 3 of 12 samples, drawn ×4",
    ] {
        assert!(description.contains(words), "{words}: {description}");
    }
    assert!(harness.state().state.derived.cloud().is_some(), "computed where it is shown");
    harness.state_mut().state.apply(vec![
        Command::View(ViewCommand::ToggleOverlay(CLOUD)),
        Command::View(ViewCommand::ToggleOverlay(BATCH)),
    ]);
    harness.run_steps(2);
    assert!(harness.state().state.derived.cloud().is_none(), "and nowhere else");
    assert!(!announced(&harness, "Map of").contains("batch"), "hidden");
}

#[test]
fn arrows_have_one_scale_and_those_of_the_batch_are_stronger() {
    for (network, optimizer) in [
        ("tanh2", "sgd:lr=0.1,batch=3,seed=4"),
        ("linreg", "sgd:lr=0.01,batch=3,seed=4"),
        ("tanh2:n=300", "sgd:batch=6"),
    ] {
        let mut state = on(network, optimizer, 2);
        state.apply(vec![Command::View(ViewCommand::ToggleOverlay(CLOUD))]);
        let focus = state.derived.analysis().unwrap();
        let (batch, cloud) = (focus.batch.as_ref().unwrap(), state.derived.cloud().unwrap());
        let all = arrows(&state);
        let run = state.document.cards[0].style;
        let ink = taylorscope::drawing::ink::run_style(run).0;
        let (whole, own) = (all[all.len() - 2], all[all.len() - 1]);
        let times = whole.0.norm() / focus.iterate.gradient.norm();
        let scaled =
            |gradient: Vector, arrow: Vector| (arrow + gradient * times).norm() <= 1e-9 * arrow.norm().max(times);
        assert!(scaled(focus.iterate.gradient, whole.0) && whole.1 == Ink::Truth, "{network}: the mean arrow is −∇f");
        assert!(scaled(batch.gradient, own.0) && own.1 == ink, "{network}: the batch's arrow, in the color of the run");
        let step = focus.proposed().unwrap();
        assert!(own.0.dot(&step) > 0.999_999 * own.0.norm() * step.norm(), "{network}: it is where the method goes");
        // An arrow shorter than a point is none.
        let is_drawn = |(sample, _): &(usize, usize)| cloud.gradients[*sample].norm() * times > 0.015;
        let drawn: Vec<(usize, usize)> = batch.counts().into_iter().filter(is_drawn).collect();
        let members: Vec<_> = all[..all.len() - 2].iter().filter(|arrow| arrow.1 == ink).collect();
        let thin = all.iter().filter(|arrow| arrow.2 == 1.2).count();
        assert_eq!(members.len(), drawn.len(), "{network}: members");
        assert!(members.len() > 1 && thin > 5 && thin <= 200, "{network}: {thin} thin");
        for ((sample, _), (arrow, ..)) in std::iter::zip(drawn, members) {
            assert!(scaled(cloud.gradients[sample], *arrow), "{network}: sample {sample}");
        }
        assert!(all.iter().all(|(arrow, ..)| arrow.norm() <= 0.42 * 6.0), "{network}: the longest fits");
    }
}

#[test]
fn the_step_tells_its_batch_and_the_data_view_rings_it() {
    let mut state = on("tanh2:n=5", "sgd:lr=0.1,batch=4,seed=3", 0);
    let batch_of = |state: &State| state.derived.analysis().unwrap().batch.clone().unwrap();
    while batch_of(&state).counts().len() == 4 {
        state.apply(vec![Command::Play(PlayCommand::StepBy(1))]);
    }
    let mut harness = opened(state);
    let description = announced(&harness, "Data of");
    show_tab(&mut harness, Pane::Rule);
    let state = &harness.state().state;
    let batch = batch_of(state);
    let members = batch.members();
    assert!(members.contains('×'), "one is drawn twice: {members}");
    assert!(description.contains(&format!("; ringed, the batch of this step: {members}")), "{description}");
    for words in [
        "4 of 5 samples, drawn with replacement: ",
        "batch: plane predicted",
        "plane of all 5 predicted",
        "−∇f(B) to −∇f",
    ] {
        assert!(says(&harness, words), "{words}");
    }
    assert!(
        says(&harness, "The plane of its 4 samples predicted a drop of "),
        "the sentence is of what the method believed"
    );
    let next = state.derived.run(state.selected).unwrap().iterates()[state.shown_step() + 1].at;
    let at = state.derived.analysis().unwrap().iterate.at;
    assert!((at - batch.gradient * 0.1 - next).norm() < 1e-15, "and these are the samples of this very step");
}

#[test]
fn epochs_stand_on_the_time_axis() {
    let harness = opened(on("tanh2:n=16", "sgd:lr=0.1,batch=4", 10));
    assert!(says(&harness, "step 10 · epoch 2.5"), "the counter");
    let strip = harness.get_by_role_and_label(Node::Slider, "step").accesskit_node().description().unwrap();
    let words = "Step 10: epoch 2.5. An epoch ends every 4 steps: 16 samples / batches of 4, drawn with replacement: some come twice, about 36 % never in an epoch.";
    assert!(strip.contains(words) && strip.contains("dotted lines"), "{strip}");
    let none = opened(on("tanh2:n=16", "gd:lr=0.1", 10));
    assert!(!says(&none, "epoch") && says(&none, "step 10"), "descent over all samples has none");
    assert!(!says(&none, "Mini-batch of this step"), "nor a batch");
}

/// Batches larger than the data, of one sample, of one sample alone, and of very many: all is described, nothing breaks.
#[test]
fn odd_sizes_are_described_and_counted_as_one_gradient_a_step() {
    for (landscape, optimizer) in [
        ("tanh2:n=3", "sgd:batch=32"),
        ("tanh2", "sgd:batch=1"),
        ("relu:n=1", "sgd:batch=1"),
        ("linreg:n=1", "sgd:lr=0.00001,batch=10000"),
        ("linreg:n=10000", "sgd:lr=0.00001,batch=10000"),
        ("network:w2*tanh(w1*x),loss=mae", "sgd:batch=3"),
    ] {
        let mut state = on(landscape, optimizer, 7);
        let shown = [CLOUD, BATCH].map(ViewCommand::ToggleOverlay).map(Command::View);
        state.apply(std::iter::once(Command::Document(DocumentCommand::SetTolerance(None))).chain(shown).collect());
        state.finish();
        let run = state.derived.run(state.selected).unwrap();
        let evaluations = run.iterates()[7].evaluations;
        assert_eq!(
            (evaluations.gradients, evaluations.values, evaluations.hessians),
            (8, 0, 0),
            "{landscape} {optimizer}: one a step"
        );
        let epochs = Epochs::of(run).unwrap();
        let size = state.derived.analysis().unwrap().batch.as_ref().unwrap().samples.len();
        let expected = 7.0 * size as f64 / epochs.samples as f64;
        assert!((epochs.at(7) - expected).abs() <= 1e-12 * expected, "{landscape} {optimizer}: epochs");
        assert!(arrows(&state).len() <= 2 * 200 + 2, "{landscape} {optimizer}: few enough arrows");
        // A picture of ten thousand samples takes longer than a test may.
        if epochs.samples > 1000 {
            continue;
        }
        let mut harness = opened(state);
        show_tab(&mut harness, Pane::Rule);
        assert!(says(&harness, "drawn with replacement: "), "{landscape} {optimizer}");
        let description = announced(&harness, "Map of");
        assert!(description.contains("samples") && !description.contains("NaN"), "{description}");
    }
}

#[test]
fn noise_leaves_a_poor_minimum_and_keeps_from_settling() {
    let mut harness = opened(overshooting());
    // The mean loss of the last steps of the two runs, between bounds.
    let ends = [
        ("Why is noise good?", [(0.0, 0.05), (0.2, f64::INFINITY)]),
        ("Why does it not settle?", [(1.6, f64::INFINITY), (0.0, 1.43)]),
    ];
    for (evaluations, bounds) in ends {
        let lesson = LESSONS.iter().find(|lesson| lesson.question == evaluations).unwrap();
        // The page that compares runs with the same rate.
        open_page(&mut harness, &lesson.id, |state| {
            let cards = &state.document.cards;
            let rate = |card: usize| cards[card].optimizer.parameters[0];
            cards.len() == bounds.len() && rate(0) == rate(1)
        });
        show_tab(&mut harness, Pane::Rule);
        assert!(says(&harness, "drawn with replacement: "), "{evaluations}: the batch is told");
        let end = |run: &Run| {
            let last = &run.iterates()[run.iterates().len().saturating_sub(60)..];
            last.iter().map(|iterate| iterate.loss).sum::<f64>() / last.len() as f64
        };
        let losses: Vec<f64> = harness.state().state.derived.runs().map(|(_, run)| end(run)).collect();
        let is_so = std::iter::zip(&losses, bounds).all(|(loss, (low, high))| (low..high).contains(loss));
        assert!(is_so && losses.len() == bounds.len(), "{evaluations}: {losses:?}");
    }
}
