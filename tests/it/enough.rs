//! How much a test must have looked at, so that it says something.

use crate::some::is_all;

/// How many things a test must have looked at so that it says something: fewer where it takes some of its cases.
pub(crate) fn at_least(in_a_long_run: usize, in_a_usual_run: usize) -> usize {
    if is_all() { in_a_long_run } else { in_a_usual_run }
}
