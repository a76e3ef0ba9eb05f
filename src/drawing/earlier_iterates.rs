//! Which earlier iterates of a run are worth drawing beside the current one: few, each clearly apart from the others, and
//! mostly the same while the run is played.

/// More curves than these would be unreadable.
const MOST: usize = 5;

/// Earlier steps of a run that stands at step `now`, each with what `curve` makes of it, the earliest first. What `apart`
/// cannot distinguish from another one, or from `here`, is left out; where there are too many, the start and the last one stay.
pub(super) fn ghosts<C>(
    now: usize,
    here: &C,
    curve: impl Fn(usize) -> C,
    apart: impl Fn(&C, &C) -> bool,
) -> Vec<(usize, C)> {
    let mut kept: Vec<(usize, C)> = Vec::new();
    for step in candidates(now) {
        let ghost = curve(step);
        if apart(&ghost, here) && kept.last().is_none_or(|(_, last)| apart(&ghost, last)) {
            kept.push((step, ghost));
        }
    }
    let last = kept.len().saturating_sub(1);
    // As evenly as can be, both ends among them.
    let chosen = |place: usize| (0..MOST).any(|rank| (rank * last + MOST / 2) / (MOST - 1) == place);
    let mut places = 0..;
    kept.retain(|_| last < MOST || places.next().is_some_and(chosen));
    kept
}

/// The start, then steps each about half as late again as the one before, and the one just taken.
fn candidates(now: usize) -> Vec<usize> {
    let next = |step: &usize| Some((step + step / 2).max(step + 1));
    let mut steps: Vec<usize> = std::iter::successors(Some(0), next).take_while(|step| *step < now).collect();
    let before = now.saturating_sub(1);
    if steps.last().is_some_and(|last| *last < before) {
        steps.push(before);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_begin_at_the_start_and_end_at_the_step_before() {
        for (now, steps) in [
            (0, vec![]),
            (1, vec![0]),
            (2, vec![0, 1]),
            (6, vec![0, 1, 2, 3, 4, 5]),
            (12, vec![0, 1, 2, 3, 4, 6, 9, 11]),
        ] {
            assert_eq!(candidates(now), steps, "at step {now}");
        }
        assert!(candidates(1_000_000).len() < 40, "few of a long run");
    }

    #[test]
    fn ghosts_are_few_and_apart_and_reach_from_the_start_to_the_last_step() {
        let apart = |a: &f64, b: &f64| (a - b).abs() > 0.5;
        let steps = |now: usize, curve: fn(usize) -> f64| {
            let found = ghosts(now, &curve(now), curve, apart);
            found.into_iter().map(|(step, _)| step).collect::<Vec<_>>()
        };
        let far = steps(1000, |step| step as f64);
        assert!(far.len() == MOST && far[0] == 0 && far[MOST - 1] == 999, "{far:?}");
        assert_eq!(
            steps(1000, |step| 2.0 / (1.0 + step as f64)),
            [0, 1],
            "those that cannot be distinguished are left out"
        );
        assert_eq!(steps(51, |step| (step % 2) as f64), [0], "a run that alternates shows where it comes from");
        assert_eq!(steps(9, |_| 1.0), [0; 0], "one that stands still shows none");
    }
}
