//! Any text, read as a scene, a link or a command: nothing panics, mistakes lie in the text, and what is read is written and
//! read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taylorscope::state::{Scene, read_shared};

fuzz_target!(|text: &str| {
    match Scene::read(text) {
        Ok(scene) => {
            let again = scene.write().expect("every scene has a text");
            let same = Scene::read(&again).unwrap_or_else(|faults| panic!("{faults}\n{again}"));
            assert_eq!(same.spec(), scene.spec(), "the same scene");
        }
        Err(faults) => {
            assert!(!faults.0.is_empty() && faults.0.len() <= 20, "what is wrong is named");
            for fault in faults.0 {
                assert!(text.get(fault.span.clone()).is_some(), "the span {:?} is no part of the text", fault.span);
            }
        }
    }
    let _ = read_shared(text);
});
