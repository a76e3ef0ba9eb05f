//! Converts an initial velocity to the distance it coasts on level ground, and back.

use crate::numbers::Vector;
use crate::optimizers::{Choice, LEARNING_RATE};

/// Where the initial velocity alone would carry the weights from the start, if the loss were level and the rate the same in all
/// steps: −ηv₀(β + β² + …). `None` for a method that begins without one, and where no velocity is kept.
pub fn coast(choice: &Choice) -> Option<Vector> {
    Some(choice.initial_velocity() * gain(choice)?)
}

/// The initial velocity that alone carries the weights along a way: the inverse of [`coast`].
pub fn velocity_for(choice: &Choice, coast: Vector) -> Option<Vector> {
    Some(coast / gain(choice)?)
}

/// −ηβ/(1−β).
fn gain(choice: &Choice) -> Option<f64> {
    choice.initial_indices()?;
    let beta = choice.parameters[choice.coefficient_index()?];
    let gain = -choice.values().find(LEARNING_RATE)? * beta / (1.0 - beta);
    (gain < 0.0 && gain.is_finite()).then_some(gain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::landscapes::Landscape;
    use crate::numbers::Point;
    use crate::run::{Recipe, Run};

    #[test]
    fn on_level_ground_the_ball_rolls_as_far_as_said() {
        for method in ["momentum:lr=0.02,beta=0.9,v0x=3,v0y=-7", "momentum:lr=0.3,beta=0.5,form=ema,v0x=0.4,v0y=2"] {
            let choice = Choice::parse(method).unwrap();
            let start = Point::new(1.0, 2.0);
            let run = Run::of(&Landscape::parse("formula:0*x*y").unwrap(), &Recipe::new(choice.clone(), start, 2000));
            let rolled = run.iterates().last().unwrap().at - start;
            let coast = coast(&choice).unwrap();
            assert!((rolled - coast).norm() < 1e-12 * coast.norm(), "{method}: {rolled} instead of {coast}");
            let velocity = velocity_for(&choice, coast).unwrap();
            assert!((velocity - choice.initial_velocity()).norm() < 1e-12 * velocity.norm(), "{method}: and back");
        }
        for method in ["gd", "nesterov", "momentum:beta=0", "momentum:form=ema_debiased"] {
            assert_eq!(coast(&Choice::parse(method).unwrap()), None, "{method}: there is none");
        }
    }
}
