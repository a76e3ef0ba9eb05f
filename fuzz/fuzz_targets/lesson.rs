//! Any text, read as a lesson: a lesson whose scenes are scenes or mistakes, or mistakes that lie in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taylorscope::lessons::formula;
use taylorscope::state::Lesson;

fuzz_target!(|text: &str| {
    if let Err(mistake) = formula::read(text) {
        assert!(mistake.at <= text.len(), "{mistake:?} lies in the text");
    }
    match Lesson::read(text) {
        Ok(lesson) => {
            for page in &lesson.pages {
                drop(page.scene());
            }
        }
        Err(mistakes) => {
            assert!(!mistakes.is_empty(), "something is said");
            for mistake in mistakes {
                assert!(mistake.at <= text.len(), "{mistake:?} lies in the text");
                let _ = mistake.in_text(text);
            }
        }
    }
});
