//! The one table of everything that has a key or a menu entry.
//!
//! Menus, the list of keys and the keyboard all read it, so they cannot disagree.

mod action;
mod editing;
mod looking;
mod piloting;
mod playing;
mod predicting;
mod reading;
mod scenes;
mod sharing;

use std::sync::LazyLock;

pub use action::{Action, Menu, key_text};

use crate::drawing::overlays::OverlayGroup;

/// The table.
pub fn all() -> &'static [Action] {
    static TABLE: LazyLock<Vec<Action>> = LazyLock::new(|| {
        let mut table = Vec::new();
        table.extend(scenes::scenes());
        table.extend(scenes::files());
        table.extend(scenes::sharing());
        table.extend(playing::playing());
        table.extend(playing::inside());
        table.extend(predicting::predicting());
        table.extend(piloting::piloting());
        table.extend(reading::reading());
        table.extend(editing::runs());
        table.extend(editing::eigenvectors());
        table.extend(editing::editing());
        table.extend(editing::samples());
        table.extend(looking::type_and_theme());
        table.extend(looking::views());
        table.extend(looking::tabs());
        table.extend(OverlayGroup::ALL.map(looking::group));
        table.extend(sharing::sharing());
        table.extend(looking::helping());
        table
    });
    &TABLE
}

/// The action with this id.
pub fn find(id: &str) -> Option<&'static Action> {
    all().iter().find(|action| action.id == id)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use egui::KeyboardShortcut;

    use super::*;
    use crate::state::{Pane, State};

    #[test]
    fn no_key_has_two_meanings() {
        let mut taken: HashMap<KeyboardShortcut, &str> = HashMap::new();
        for action in all() {
            for shortcut in &action.shortcuts {
                let other = taken.insert(*shortcut, &action.id);
                assert_eq!(other, None, "{shortcut:?} is the key of '{}', too: choose another one", action.id);
            }
        }
        let ids: HashSet<&str> = all().iter().map(|action| action.id.as_str()).collect();
        assert_eq!(ids.len(), all().len(), "ids differ");
    }

    /// A character that the toolkit does not know as a key would leave a tab without one.
    #[test]
    fn every_tab_is_shown_by_its_key() {
        for tab in Pane::TABS {
            let action = find(&format!("show {}", tab.title())).unwrap();
            let printed = action.shortcuts.iter().map(|shortcut| shortcut.logical_key.symbol_or_name().to_owned());
            let key = tab.key().map(String::from);
            assert_eq!(printed.collect::<Vec<_>>(), Vec::from_iter(key), "{tab:?}: the list of keys prints its key");
        }
    }

    #[test]
    fn every_entry_of_the_show_list_has_its_digit_and_every_action_its_words() {
        for group in OverlayGroup::ALL {
            let action = find(&format!("show {}", group.digit())).unwrap();
            assert_eq!(action.shortcuts[0].logical_key.name(), group.digit().to_string(), "{group:?}");
        }
        let state = State::overshooting();
        for action in all() {
            assert!(action.help.ends_with('.') && !(action.label)(&state).is_empty(), "{}", action.id);
        }
    }
}
