//! The numbers of the lessons from the ninth on: what the second order costs, momentum, other norms, networks, noise.

use taylorscope::analysis::Kind;
use taylorscope::run::SHARE;

use super::Numbers;
use super::walks::{Place, Walk, critical, pass, place, samples, walk};

const EDGE: &str = "formula:(x^2*y^2-1)^2/4";
/// The tolerance for the loss in Compare.
const SMALL: f64 = 1e-6;
/// A million weights.
const MILLION: f64 = 1e6;

fn in_quad(method: &str) -> Walk {
    walk("quad", method, [-2.1, 1.7], 140)
}

/// The operations until the loss is small.
fn operations(method: &str, weights: f64) -> f64 {
    let walk = in_quad(method);
    walk.operations(walk.below(SMALL) as usize, weights)
}

fn in_wells(method: &str) -> Walk {
    walk("double_well", method, [2.0, 1.0], 400)
}

fn average_in_wells() -> Walk {
    in_wells("momentum:lr=0.02,beta=0.9,form=ema")
}

fn barrier() -> f64 {
    critical("double_well", Kind::Saddle)[0].value - critical("double_well", Kind::Minimum)[1].value
}

fn below_a_thousandth(method: &str, landscape: &str) -> f64 {
    walk(landscape, method, [-2.5, 0.5], 250).below(0.001)
}

fn fit() -> Walk {
    walk("relu", "gd:lr=0.1", [-0.8, 1.8], 100)
}

fn with_layers(layers: usize) -> Place {
    place(&format!("depth:layers={layers}"), [1.0, 0.0])
}

fn wave(method: &str, start: [f64; 2]) -> f64 {
    walk("sine", method, start, 200).final_loss()
}

/// Number of seeds from 1 to 12 with which batches of this size leave the poor minimum.
fn seeds_that_leave(batch: usize) -> usize {
    let leaves = |seed: &u32| wave(&format!("sgd:lr=0.4,batch={batch},seed={seed}"), [1.0, 2.6]) < 0.02;
    (1..=12).filter(leaves).count()
}

fn best_wave() -> [f64; 2] {
    walk("sine", "gd:lr=0.1", [2.0, 1.0], 400).last().into()
}

fn at_the_edge(method: &str) -> f64 {
    walk(EDGE, method, [4.0, 0.3], 3000).final_curvature()
}

fn line_fit(method: &str) -> f64 {
    walk("linreg", method, [-1.0, -1.5], 300).mean_of_last(60)
}

pub(super) const COSTS_AND_NETWORKS: &[Numbers] = &[
    Numbers {
        lesson: "second-order",
        given: &["10⁻⁶"],
        computed: &[
            ("1", || in_quad("newton").below(SMALL)),
            ("80", || in_quad("gd:lr=0.08").below(SMALL)),
            ("90.67", || operations("newton", 2.0)),
            ("1280", || operations("gd:lr=0.08", 2.0)),
            ("25", || {
                let is_more = |n: &u32| operations("newton", f64::from(*n)) > operations("gd:lr=0.08", f64::from(*n));
                f64::from((2..100).find(is_more).unwrap())
            }),
            ("3.334·10¹⁷", || operations("newton", MILLION)),
            ("6.4·10⁸", || operations("gd:lr=0.08", MILLION)),
            ("4", || in_quad("newton").memory(MILLION) / 1e12),
            ("4", || in_quad("newton").memory(1e9) / 1e18),
            ("8", || in_quad("gd:lr=0.08").memory(MILLION) / 1e6),
            ("4", || in_quad("lbfgs").below(SMALL)),
            ("1.66·10⁸", || operations("lbfgs", MILLION)),
            ("88", || in_quad("lbfgs").memory(MILLION) / 1e6),
            ("181.6", || walk("himmelblau", "newton", [-0.5, -1.4], 6).loss(6)),
            ("178.3", || walk("himmelblau", "newton", [-0.5, -1.4], 6).loss(0)),
        ],
    },
    Numbers {
        lesson: "momentum",
        given: &["10⁻⁶", "100"],
        computed: &[
            ("1", || place("quad", [-2.1, 1.7]).eigenvalue(0)),
            ("20", || place("quad", [-2.1, 1.7]).eigenvalue(1)),
            ("80", || in_quad("gd:lr=0.08").below(SMALL)),
            ("0.9048", || place("quad", [-2.1, 1.7]).best_factor()),
            ("0.9802", || place("quad:kappa=100", [-2.1, 1.7]).best_factor()),
            ("485", || walk("quad:kappa=100", "gd:lr=0.0198", [-2.1, 1.7], 600).below(SMALL)),
            ("42", || in_quad("momentum:lr=0.08,beta=0.4").below(SMALL)),
            ("126", || in_quad("momentum:lr=0.01,beta=0.9").below(SMALL)),
            ("0.4026", || {
                let root = place("quad", [-2.1, 1.7]).curvature().condition().unwrap().sqrt();
                ((root - 1.0) / (root + 1.0)).powi(2)
            }),
            ("0.6345", || {
                let root = place("quad", [-2.1, 1.7]).curvature().condition().unwrap().sqrt();
                (root - 1.0) / (root + 1.0)
            }),
        ],
    },
    Numbers {
        lesson: "momentum-escapes",
        given: &["5", "6", "28"],
        computed: &[
            ("0.09736", || critical("double_well", Kind::Minimum)[1].value),
            ("−0.1024", || critical("double_well", Kind::Minimum)[0].value),
            ("0.255", || critical("double_well", Kind::Saddle)[0].value),
            ("0.1577", barrier),
            ("10", || in_wells("momentum:lr=0.02,beta=0.9").left_of(critical("double_well", Kind::Saddle)[0].at.x)),
            ("−1.047", || in_wells("momentum:lr=0.02,beta=0.9").last().x),
            ("0.9456", || in_wells("gd:lr=0.2").last().x),
            ("0.1233", || {
                in_wells("momentum:lr=0.02,beta=0.9").loss(5) - critical("double_well", Kind::Saddle)[0].value
            }),
            ("1.575", || in_wells("momentum:lr=0.02,beta=0.9").kinetic(5)),
            ("0.8913", || in_wells("momentum:lr=0.02,beta=0.84").kinetic(6)),
            ("0.1195", || average_in_wells().kinetic(28)),
            ("0.2", || 0.02 / (1.0 - 0.9)),
        ],
    },
    Numbers {
        lesson: "norms",
        given: &["0.001"],
        computed: &[
            ("−2.5", || place("quad:theta=0", [-2.5, 0.5]).model.gradient.x),
            ("10", || place("quad:theta=0", [-2.5, 0.5]).model.gradient.y),
            ("0.25", || walk("quad:theta=0", "sign_gd:lr=0.25", [-2.5, 0.5], 1).taken(0).x),
            ("−0.25", || walk("quad:theta=0", "sign_gd:lr=0.25", [-2.5, 0.5], 1).taken(0).y),
            ("0.1", || walk("quad:theta=0", "adam:lr=0.1", [-2.5, 0.5], 1).taken(0).x),
            ("−0.1", || walk("quad:theta=0", "adam:lr=0.1", [-2.5, 0.5], 1).taken(0).y),
            ("31", || below_a_thousandth("adam:lr=0.1", "quad:theta=0")),
            ("49", || below_a_thousandth("gd:lr=0.08", "quad:theta=0")),
            ("45", || 0.785_f64.to_degrees()),
            ("216", || below_a_thousandth("adam:lr=0.1", "quad:theta=0.785")),
            ("42", || below_a_thousandth("gd:lr=0.08", "quad:theta=0.785")),
        ],
    },
    Numbers {
        lesson: "relu",
        given: &["100"],
        computed: &[
            ("3.044", || fit().loss(0)),
            ("0.1726", || fit().loss(10)),
            ("0.01236", || fit().loss(100)),
            ("3.078", || fit().slope(0)),
            ("0.551", || fit().slope(10)),
            ("0.03249", || fit().slope(100)),
            ("16", || samples("relu")),
            ("0.6548", || place("relu", [0.0, -2.0]).model.value),
            ("0.6547", || walk("relu", "gd:lr=0.1", [-1.0, -1.0], 400).final_loss()),
        ],
    },
    Numbers {
        lesson: "backpropagation",
        given: &[],
        computed: &[
            ("1", || pass().u),
            ("0.7616", || pass().h),
            ("1.523", || pass().o),
            ("0.5232", || pass().o - pass().y),
            ("0.2737", || pass().loss),
            ("1.046", || pass().dl_do),
            ("0.7969", || pass().dl_dw2),
            ("2.093", || pass().dl_dh),
            ("0.42", || 1.0 - pass().h.powi(2)),
            ("0.879", || pass().dl_du),
            ("1.758", || pass().dl_dw1),
            ("12", || samples("tanh2")),
            ("1.133", || place("tanh2", [0.0, 0.0]).model.value),
            ("−2.309", || place("tanh2", [0.0, 0.0]).eigenvalue(0)),
            ("2.309", || place("tanh2", [0.0, 0.0]).eigenvalue(1)),
        ],
    },
    Numbers {
        lesson: "deeper",
        given: &["5", "20"],
        computed: &[
            ("10", || 100.0 * SHARE),
            ("0.0565", || with_layers(1).radius()),
            ("0.03864", || with_layers(5).radius()),
            ("0.01171", || with_layers(20).radius()),
            ("0.4192", || with_layers(1).eigenvalue(1)),
            ("19.08", || with_layers(5).eigenvalue(1)),
            ("462.5", || with_layers(20).eigenvalue(1)),
            ("4.771", || with_layers(1).limit()),
            ("0.1048", || with_layers(5).limit()),
            ("0.004324", || with_layers(20).limit()),
            ("4.497", || -walk("depth:layers=20", "gd:lr=0.1", [1.0, 0.0], 3).change(1).linear),
            ("16", || samples("sine")),
            ("0.4714", || wave("gd:lr=0.1", [3.6, -2.4])),
            ("0.2237", || wave("gd:lr=0.1", [1.0, 2.6])),
            ("0.002519", || wave("gd:lr=0.1", [2.0, 1.0])),
            ("2.509", || best_wave()[0]),
            ("0.4909", || best_wave()[1]),
            ("0.002574", || wave("sgd:lr=0.4,batch=2,seed=2", [1.0, 2.6])),
            ("53.5", || place(EDGE, [4.0, 0.3]).eigenvalue(1)),
            ("19.95", || at_the_edge("gd:lr=0.1")),
        ],
    },
    Numbers {
        lesson: "constant-slope",
        given: &[],
        computed: &[
            ("1.414", || place("l1", [1.33, -0.87]).model.gradient.norm()),
            ("0.2", || walk("l1", "gd:lr=0.3", [1.33, -0.87], 120).loss(119)),
            ("0.4", || walk("l1", "gd:lr=0.3", [1.33, -0.87], 120).loss(120)),
            ("0.06", || walk("l1", "gd:lr=0.1", [1.33, -0.87], 120).loss(119)),
            ("0.14", || walk("l1", "gd:lr=0.1", [1.33, -0.87], 120).loss(120)),
            ("13", || steps_to_kinks(0.1)),
            ("4", || steps_to_kinks(0.3)),
            ("0.0465", || walk("l1", "gd:lr=0.3,schedule=inverse_time,decay=0.1", [1.33, -0.87], 120).loss(120)),
        ],
    },
    Numbers {
        lesson: "edge-of-stability",
        given: &["0.2"],
        computed: &[
            ("53.5", || place(EDGE, [4.0, 0.3]).eigenvalue(1)),
            ("20", || 2.0 / 0.1),
            ("40", || 2.0 / 0.05),
            ("24.66", || place(EDGE, [3.5, 1.0 / 3.5]).eigenvalue(1)),
            ("19.95", || at_the_edge("gd:lr=0.1")),
            ("32.04", || at_the_edge("gd:lr=0.05")),
        ],
    },
    Numbers {
        lesson: "noise",
        given: &["4", "12"],
        computed: &[
            ("9", || {
                assert_eq!(seeds_that_leave(4), 0, "none of the batches of 4");
                seeds_that_leave(2) as f64
            }),
            ("1.129", || walk("sine", "gd:lr=0.4", [1.0, 2.6], 200).last().x),
            ("2.042", || walk("sine", "gd:lr=0.4", [1.0, 2.6], 200).last().y),
            ("0.2237", || wave("gd:lr=0.4", [1.0, 2.6])),
            ("0.002519", || wave("gd:lr=0.1", [2.0, 1.0])),
            ("0.002574", || wave("sgd:lr=0.4,batch=2,seed=2", [1.0, 2.6])),
            ("0.2959", || wave("sgd:lr=0.4,batch=4,seed=5", [1.3, 1.9])),
        ],
    },
    Numbers {
        lesson: "noise-settles",
        given: &["0.02", "60"],
        computed: &[
            ("12", || samples("linreg")),
            ("1.413", || critical("linreg", Kind::Minimum)[0].value),
            ("1.846", || line_fit("sgd:lr=0.08,batch=2")),
            ("1.463", || line_fit("sgd:lr=0.02,batch=2")),
            ("43", || line_below_two(0.02)),
            ("11", || line_below_two(0.08)),
            ("1.418", || line_fit("sgd:lr=0.08,batch=2,schedule=inverse_time,decay=0.1")),
        ],
    },
    Numbers { lesson: "tour", given: &[], computed: &[] },
];

/// The steps of batches of 2 until the loss of the line is below 2.
fn line_below_two(rate: f64) -> f64 {
    walk("linreg", &format!("sgd:lr={rate},batch=2"), [-1.0, -1.5], 300).below(2.0)
}

/// The steps until both weights of |x| + |y| are within one step of 0.
fn steps_to_kinks(rate: f64) -> f64 {
    let walk = walk("l1", &format!("gd:lr={rate}"), [1.33, -0.87], 120);
    let is_there = |step: &usize| walk.at(*step).coords.amax() <= rate;
    (0..=120).find(is_there).expect("it gets there") as f64
}
