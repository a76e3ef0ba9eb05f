//! Layer 3: optimizers. A rule with its state, knobs and citation is one file; its two lines here put it everywhere.

mod adadelta;
mod adagrad;
mod adam;
mod adamw;
mod amsgrad;
mod ball;
mod barzilai_borwein;
mod bfgs;
mod cg;
mod convention;
mod coordinate_gd;
mod finite_step;
mod gd;
mod gd_armijo;
mod gd_exact;
mod gd_normalized;
mod langevin;
mod lbfgs;
mod levenberg_marquardt;
mod line_search;
mod lion;
mod moments;
mod momentum;
mod nadam;
mod natural_gradient;
mod nesterov;
mod newton;
mod newton_damped;
mod optimizer;
mod per_weight;
mod phases;
mod recurrence;
mod reduction;
mod rmsprop;
mod saddle_free;
mod sam;
mod schedule;
mod secant;
mod sgd;
mod sign_gd;
mod step;
mod trust_region;

pub use ball::{Ball, GRADIENT, Metric, Rim, angle_between};
pub use newton_damped::FALLBACK;
pub use optimizer::{Carried, Choice, Conditional, Entry, Family, Optimizer, Pace, sum_of_gradients};
pub use phases::{Phase, Shows, phases};
pub use recurrence::Recurrence;
pub use schedule::RATE_OF_STEP;
pub use step::{Part, Step, Trial, Undefined, Verdict};

/// Every optimizer, in the order of the menu.
pub static ENTRIES: &[&Entry] = &[
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
