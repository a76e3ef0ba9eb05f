//! Landscapes and methods as the command line spells them, from any bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[expect(dead_code, reason = "each target has one of them")]
#[path = "../checks.rs"]
mod checks;

fuzz_target!(|bytes: &[u8]| checks::spelled(bytes));
