//! Layer 3: optimizers. A rule with its state, parameters and citation is one file; its two lines here put it everywhere.

mod adabelief;
mod adadelta;
mod adagrad;
mod adam;
mod adamw;
mod amsgrad;
mod ball;
mod barzilai_borwein;
mod bfgs;
mod cg;
mod choice;
mod convention;
mod coordinate_gd;
mod cost;
mod finite_step;
mod fista;
mod gd;
mod gd_armijo;
mod gd_exact;
mod gd_normalized;
mod gradient_sum;
mod lane_search;
mod lanes;
mod langevin;
mod lbfgs;
mod levenberg_marquardt;
mod line_search;
mod lion;
mod matrix;
mod method;
mod moments;
mod momentum;
mod nadam;
mod natural_gradient;
mod needs;
mod nesterov;
mod newton;
mod newton_damped;
mod optimizer;
mod parameters;
mod per_weight;
mod phases;
mod quantity;
mod reduction;
mod rmsprop;
mod saddle_free;
mod sam;
mod schedule;
mod secant;
mod sgd;
mod sign_gd;
mod starts;
mod step;
mod storage;
mod suggested;
mod trust_region;
mod uphill;
mod values;
mod weight_rates;
mod work;
mod yardsticks;

pub use ball::{Ball, GRADIENT, Metric, Rim, angle_between};
pub use choice::{Choice, find};
pub use cost::{Charged, CostModel, MethodCost};
pub use gradient_sum::{Form, Gains, GradientSum, Kind, Motion, Recurrence};
pub use lanes::{LaneRule, Packs};
pub use matrix::Matrix;
pub use method::{Conditional, Family, Method, Order, StepScale, short_name};
pub use needs::MethodNeeds;
pub use optimizer::{Carried, Optimizer};
pub use parameters::{BETA, LEARNING_RATE, SEED};
pub use phases::{Phase, Shows};
pub use quantity::{
    AVERAGE, CORRECTED_AVERAGE, Quantities, Quantity, Role, VELOCITY, playing, sum_of_gradients, value_of,
};
pub use schedule::{NOISE, SCHEDULE, Schedule};
pub use sgd::BATCH;
pub use starts::ManyStarts;
pub use step::{Part, Step, Trial, Undefined, Verdict};
pub use storage::Storage;
pub use uphill::Uphill;
pub use values::{Count, Flag, OneOf, ParameterId, RealParameter, Values, Variants};
pub use weight_rates::RATE_RATIO;
pub use work::Operations;
pub use yardsticks::{YARDSTICKS, Yardstick};

/// Every optimizer, in the order of the menu.
pub static ENTRIES: &[&Method] = &[
    &gd::ENTRY,
    &gd_normalized::ENTRY,
    &sign_gd::ENTRY,
    &coordinate_gd::ENTRY,
    &sam::ENTRY,
    &momentum::ENTRY,
    &nesterov::ENTRY,
    &lion::ENTRY,
    &adagrad::ENTRY,
    &rmsprop::ENTRY,
    &adadelta::ENTRY,
    &adam::ENTRY,
    &amsgrad::ENTRY,
    &adamw::ENTRY,
    &nadam::ENTRY,
    &adabelief::ENTRY,
    &sgd::ENTRY,
    &langevin::ENTRY,
    &gd_armijo::ENTRY,
    &gd_exact::ENTRY,
    &cg::ENTRY,
    &newton::ENTRY,
    &newton_damped::ENTRY,
    &levenberg_marquardt::ENTRY,
    &saddle_free::ENTRY,
    &trust_region::ENTRY,
    &natural_gradient::ENTRY,
    &barzilai_borwein::ENTRY,
    &bfgs::ENTRY,
    &lbfgs::ENTRY,
    &finite_step::ENTRY,
];
