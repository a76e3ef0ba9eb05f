//! The files of the lessons of the program, and the guide to writing one: a new lesson is a file in `assets/lessons/` and a line here.

/// The lessons, in the order of the list.
pub const FILES: &[&str] = &[
    include_str!("../../assets/lessons/01-tangent-plane.md"),
    include_str!("../../assets/lessons/02-learning-rate.md"),
    include_str!("../../assets/lessons/03-second-order.md"),
    include_str!("../../assets/lessons/04-momentum-escapes.md"),
    include_str!("../../assets/lessons/05-newton-saddle.md"),
    include_str!("../../assets/lessons/06-backpropagation.md"),
    include_str!("../../assets/lessons/07-curved-ground.md"),
    include_str!("../../assets/lessons/08-finite-step.md"),
    include_str!("../../assets/lessons/09-step-scales.md"),
    include_str!("../../assets/lessons/10-momentum.md"),
    include_str!("../../assets/lessons/11-relu.md"),
    include_str!("../../assets/lessons/12-constant-slope.md"),
    include_str!("../../assets/lessons/13-edge-of-stability.md"),
    include_str!("../../assets/lessons/14-noise.md"),
    include_str!("../../assets/lessons/15-noise-settles.md"),
];

/// How a lesson is written.
pub const GUIDE: &str = include_str!("../../assets/lessons/README.md");
