//! Names and keys of the views are their own.

use std::collections::HashSet;

use super::*;

#[test]
fn every_view_has_names_of_its_own_and_every_tab_a_key() {
    let unique =
        |names: Vec<&str>| assert_eq!(names.iter().collect::<HashSet<_>>().len(), Pane::ALL.len(), "{names:?}");
    unique(Pane::ALL.map(Pane::id).to_vec());
    unique(Pane::ALL.map(Pane::title).to_vec());
    unique(Pane::ALL.map(Pane::short_title).to_vec());
    for (place, tab) in Pane::TABS.iter().enumerate() {
        let key = tab.key().expect("every tab has one");
        let other = Pane::TABS[..place].iter().find(|other| other.key() == Some(key));
        assert_eq!(
            other, None,
            "{key} is the key of {tab:?}, too: see \"A tab\" in ARCHITECTURE.md for those that are free"
        );
    }
    for pane in Pane::ALL {
        assert!(pane.help().ends_with('.'), "{pane:?}");
        assert_eq!((Pane::find(pane.id()), pane.key().is_some()), (Some(pane), Pane::TABS.contains(&pane)));
    }
}
