//! For what a cost is given: how many weights, and what a Hessian–vector product costs.

use super::exit::Exit;
use crate::landscapes::excerpt::excerpt;
use crate::landscapes::number;
use crate::optimizers::CostModel;

/// The model of costs.
#[derive(clap::Args)]
pub(super) struct Cost {
    /// The number of weights for which costs are given
    #[arg(long, value_name = "N", default_value = "1000000", allow_hyphen_values = true, value_parser = weights)]
    n: f64,
    /// What a Hessian–vector product costs, in gradients, from 2 to 5
    #[arg(long, value_name = "X", default_value = "2.5", allow_hyphen_values = true, value_parser = hessian_vector)]
    hessian_vector: f64,
}

impl Cost {
    pub(super) fn model(&self) -> CostModel {
        CostModel { weights: self.n, hessian_vector: self.hessian_vector }
    }
}

fn weights(text: &str) -> Result<f64, Exit> {
    let value = number("--n", text)?;
    let [least, most] = [1.0, CostModel::WEIGHTS[1]];
    if (least..=most).contains(&value) && value.fract() == 0.0 {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("--n cannot be {}: a number of weights is a whole number from 1 to 1e12", excerpt(text))))
}

fn hessian_vector(text: &str) -> Result<f64, Exit> {
    let value = number("--hessian-vector", text)?;
    let [least, most] = CostModel::HESSIAN_VECTOR;
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Exit::Wrong(format!("--hessian-vector cannot be {}: it lies between {least} and {most}", excerpt(text))))
}
