//! The files of the lessons of the program, and the guide to writing one: a new lesson is a file in `assets/lessons/` and a line here.

/// The lessons, in the order of their numbers; those with `first = true` stand on top of the list, see `state/lessons/catalog.rs`.
pub const FILES: &[&str] = &[
    include_str!("../../assets/lessons/01-slope.md"),
    include_str!("../../assets/lessons/02-tangent-plane.md"),
    include_str!("../../assets/lessons/03-curved-ground.md"),
    include_str!("../../assets/lessons/04-learning-rate.md"),
    include_str!("../../assets/lessons/05-step-scales.md"),
    include_str!("../../assets/lessons/06-finite-step.md"),
    include_str!("../../assets/lessons/07-newton-step.md"),
    include_str!("../../assets/lessons/08-newton-saddle.md"),
    include_str!("../../assets/lessons/09-second-order.md"),
    include_str!("../../assets/lessons/10-momentum.md"),
    include_str!("../../assets/lessons/11-momentum-escapes.md"),
    include_str!("../../assets/lessons/12-norms.md"),
    include_str!("../../assets/lessons/13-relu.md"),
    include_str!("../../assets/lessons/14-backpropagation.md"),
    include_str!("../../assets/lessons/15-deeper.md"),
    include_str!("../../assets/lessons/16-constant-slope.md"),
    include_str!("../../assets/lessons/17-edge-of-stability.md"),
    include_str!("../../assets/lessons/18-noise.md"),
    include_str!("../../assets/lessons/19-noise-settles.md"),
    include_str!("../../assets/lessons/20-tour.md"),
];

/// How a lesson is written.
pub const GUIDE: &str = include_str!("../../assets/lessons/README.md");
