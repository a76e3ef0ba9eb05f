//! What the program has to say by itself: it covers neither picture nor tab.

use egui_kittest::kittest::Queryable as _;
use taylorscope::drawing::WindowPart;
use taylorscope::state::{Command, TypeScale, WindowCommand};

use crate::desk::desk;

/// A notice has its place beside the runs where the bottom line is too narrow for it, at every size of type.
#[test]
fn a_notice_covers_neither_picture_nor_tab() {
    const IGNORED: &str = "The stored settings cannot be read and are ignored: the usual ones are used";
    for scale in [TypeScale::Normal, TypeScale::Large, TypeScale::Lecture] {
        let mut harness = desk(1040.0, 784.0);
        for command in [WindowCommand::SetTypeScale(scale), WindowCommand::Say(IGNORED.to_owned())] {
            harness.state_mut().state.apply(vec![Command::Window(command)]);
            harness.run_steps(4);
        }
        let notice = harness.get_by_label(IGNORED).rect();
        let canvases = &harness.state().canvases;
        for part in [WindowPart::Picture, WindowPart::Tab, WindowPart::Sentence, WindowPart::Menu] {
            let place = canvases.place(part);
            let is_free = place.is_none_or(|place| !place.shrink(2.0).intersects(notice));
            assert!(is_free, "{scale:?}: {notice} over {part:?}");
        }
    }
}
