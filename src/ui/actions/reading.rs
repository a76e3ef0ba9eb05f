//! Turning the pages of a lesson, its hint, and leaving it.

use egui::{Key, Modifiers};

use super::action::{Action, Menu, action};
use crate::state::{Command, LessonCommand, State};

pub(super) fn reading() -> [Action; 4] {
    let turn = |pages: isize| move |_: &State| Command::Lessons(LessonCommand::TurnPage(pages));
    let has_page = |pages: isize| {
        move |state: &State| {
            let reading = state.view.scene.lesson.as_ref();
            reading.is_some_and(|reading| {
                let page = reading.page.checked_add_signed(pages);
                page.is_some_and(|page| page < reading.lesson.pages.len())
            })
        }
    };
    let has_hint =
        |state: &State| state.page().and_then(|page| page.task.as_ref()).is_some_and(|task| task.hint.is_some());
    [
        action("next page", "Next page of the lesson", "Turns to the next page, and sets its scene.", turn(1))
            .when(has_page(1))
            .key(Modifiers::SHIFT, Key::ArrowRight)
            .key(Modifiers::COMMAND, Key::PageDown)
            .menu(Menu::Run, 3),
        action(
            "previous page",
            "Previous page of the lesson",
            "Turns back to the page before, and sets its scene.",
            turn(-1),
        )
        .when(has_page(-1))
        .key(Modifiers::SHIFT, Key::ArrowLeft)
        .key(Modifiers::COMMAND, Key::PageUp)
        .menu(Menu::Run, 3),
        action("hint", "Hint for the task", "Shows a hint for the task of the page.", |_| {
            Command::Lessons(LessonCommand::ShowHint)
        })
        .when(has_hint)
        .menu(Menu::Run, 3),
        action("leave lesson", "Leave the lesson", "Leaves the lesson, and gives back what was there before.", |_| {
            Command::Lessons(LessonCommand::Close)
        })
        .when(|state| state.lesson().is_some())
        .menu(Menu::Run, 3),
    ]
}
