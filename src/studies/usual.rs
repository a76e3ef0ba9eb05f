//! How large studies are, and when their walks have finished, where nothing else is asked: for the window and the command line alike.

/// ‖∇f‖ at which a walk of a race, a sweep or a tournament has finished.
pub const TOLERANCE: f64 = 1e-6;
/// Random starts on each landscape of a tournament.
pub const STARTS: usize = 20;
/// The seed of random starts.
pub const SEED: u32 = 1;
/// What a run of a tournament may ask for, in gradients.
pub const BUDGET: f64 = 1000.0;
/// Values of a sweep along one axis where sixteen walks are taken at a time, and where they are taken one by one.
pub const ALONG: [usize; 2] = [193, 65];
/// Values of a sweep along each of two axes where sixteen walks are taken at a time, and where they are taken one by one.
pub const ACROSS: [[usize; 2]; 2] = [[128, 96], [40, 30]];
