//! Which of very many cases a test takes: in a usual run some of each kind, with `TAYLORSCOPE_ALL=1` all of them.

/// The first of every few cases, or all of them in a long run.
pub(crate) fn some<T>(cases: impl IntoIterator<Item = T>, every: usize) -> impl Iterator<Item = T> {
    cases.into_iter().step_by(if is_all() { 1 } else { every })
}

/// Whether this is a long run, of all cases.
pub(crate) fn is_all() -> bool {
    std::env::var_os("TAYLORSCOPE_ALL").is_some()
}
