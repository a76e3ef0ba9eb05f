//! The search of the landscape picker: every word that is sought begins a word of the name, the family or the keywords.

use crate::landscapes::{self, Entry, own};

/// How well an entry fits; what fits best comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// By its name or its id.
    Name,
    /// By its family and its keywords, too.
    Keyword,
    /// By the sentence that describes it, too.
    Idea,
}

/// What the search finds, the best fits first. The descriptions are searched only where nothing else fits: they speak of
/// many things.
pub(super) fn found(sought: &str) -> Vec<&'static Entry> {
    let sought: Vec<String> = words_of(sought).collect();
    let all = landscapes::entries().chain(own::ENTRIES);
    let mut fitting: Vec<(Fit, &Entry)> = all.filter_map(|entry| Some((fit(entry, &sought)?, entry))).collect();
    fitting.sort_by_key(|(fit, _)| *fit);
    let best = fitting.first().map(|(fit, _)| *fit);
    let is_shown = |fit: Fit| fit < Fit::Idea || best == Some(Fit::Idea);
    fitting.into_iter().filter(|(fit, _)| is_shown(*fit)).map(|(_, entry)| entry).collect()
}

fn fit(entry: &Entry, sought: &[String]) -> Option<Fit> {
    let mut known: Vec<String> = words_of(entry.name).chain(words_of(entry.id)).collect();
    if covers(&known, sought) {
        return Some(Fit::Name);
    }
    known.extend(words_of(entry.group.title()));
    known.extend(entry.keywords.iter().flat_map(|keyword| words_of(keyword)));
    if covers(&known, sought) {
        return Some(Fit::Keyword);
    }
    known.extend(words_of(entry.idea));
    covers(&known, sought).then_some(Fit::Idea)
}

/// Whether each word that is sought begins one of the known words.
fn covers(known: &[String], sought: &[String]) -> bool {
    sought.iter().all(|sought| known.iter().any(|known| known.starts_with(sought.as_str())))
}

/// The words of a text, in lower case; the dot before the ending of a file's name is not a part of one.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(sought: &str) -> Vec<&'static str> {
        found(sought).into_iter().map(|entry| entry.id).collect()
    }

    #[test]
    fn every_entry_is_found_by_its_name_its_id_its_family_and_its_keywords() {
        for entry in landscapes::entries().chain(own::ENTRIES) {
            let keywords = entry.keywords.iter().copied();
            for sought in [entry.name, entry.id, entry.group.title(), entry.idea].into_iter().chain(keywords) {
                for sought in [sought.to_owned(), sought.to_uppercase(), format!(" {sought} ")] {
                    assert!(ids(&sought).contains(&entry.id), "{} by '{sought}'", entry.id);
                }
            }
            assert_eq!(ids(entry.name).first(), Some(&entry.id), "{} is the first", entry.name);
            assert!(!entry.keywords.is_empty(), "{} has keywords", entry.id);
            for keyword in entry.keywords {
                assert_eq!(*keyword, keyword.to_lowercase(), "{}: keywords are in lower case", entry.id);
            }
        }
    }

    #[test]
    fn a_file_is_found_by_what_people_call_it() {
        for sought in [
            "csv", ".csv", "npz", "npy", "numpy", "file", "open", "data", "samples", "sample", "measured", "table",
            "grid", "own",
        ] {
            assert!(ids(sought).contains(&"grid"), "'{sought}' finds the row of files: {:?}", ids(sought));
        }
    }

    /// (what is sought, an entry that is found, an entry that is not)
    #[test]
    fn words_are_matched_at_their_beginnings() {
        for (sought, yes, no) in [
            ("own", "formula", "double_well"),
            ("ros", "rosenbrock", "bowl"),
            ("well", "double_well", "rosenbrock"),
            ("row", "quad", "bowl"),
            ("bowl", "bowl", "rosenbrock"),
            ("double well", "double_well", "bowl"),
            ("well double", "double_well", "bowl"),
            ("levy", "levy13", "bowl"),
            ("lévy", "levy13", "bowl"),
            ("convex", "quad", "saddle"),
            ("cross-entropy", "logistic", "sine"),
            ("valley bench", "rosenbrock", "quad"),
            ("banana", "rosenbrock", "beale"),
        ] {
            let found = ids(sought);
            assert!(sought == "row" || found.contains(&yes), "'{sought}' finds {yes}: {found:?}");
            assert!(!found.contains(&no), "'{sought}' does not find {no}: {found:?}");
        }
        assert_eq!(ids("no such landscape"), Vec::<&str>::new(), "nothing");
        assert_eq!(ids("").len(), landscapes::entries().count() + own::ENTRIES.len(), "all");
    }

    #[test]
    fn descriptions_are_searched_only_where_nothing_else_fits() {
        assert_eq!(ids("funnel"), ["ackley"], "a word of its description alone");
        assert!(!ids("plateau").contains(&"booth"), "not beside names");
    }
}
