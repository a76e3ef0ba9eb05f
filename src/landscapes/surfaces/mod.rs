//! The surfaces: one file each, with its entry and its formula written once. A new one adds its two lines here.

mod ackley;
mod beale;
mod booth;
mod bowl;
mod bukin6;
mod camel3;
mod camel6;
mod cliff;
mod double_well;
mod easom;
mod goldstein_price;
mod griewank;
mod himmelblau;
mod l1;
mod levy13;
mod matyas;
mod mccormick;
mod monkey;
mod plateau;
mod quad;
mod rastrigin;
mod ravine;
mod relu_kink;
mod rosenbrock;
mod saddle;
mod styblinski_tang;
mod trough;

use super::Entry;

/// Every surface, in the order of the picker: by group, the simplest first.
pub static ENTRIES: &[&Entry] = &[
    &bowl::ENTRY,
    &quad::ENTRY,
    &trough::ENTRY,
    &booth::ENTRY,
    &matyas::ENTRY,
    &ravine::ENTRY,
    &rosenbrock::ENTRY,
    &beale::ENTRY,
    &double_well::ENTRY,
    &himmelblau::ENTRY,
    &styblinski_tang::ENTRY,
    &mccormick::ENTRY,
    &camel3::ENTRY,
    &camel6::ENTRY,
    &goldstein_price::ENTRY,
    &griewank::ENTRY,
    &ackley::ENTRY,
    &rastrigin::ENTRY,
    &levy13::ENTRY,
    &saddle::ENTRY,
    &monkey::ENTRY,
    &plateau::ENTRY,
    &easom::ENTRY,
    &cliff::ENTRY,
    &l1::ENTRY,
    &relu_kink::ENTRY,
    &bukin6::ENTRY,
];
