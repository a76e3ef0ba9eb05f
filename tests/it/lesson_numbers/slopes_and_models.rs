//! The numbers of lessons 1 to 8: slopes, planes, rates, lengths of steps, the quadratic model.

use taylorscope::analysis::{DIRECTIONS_TRIED, Kind};
use taylorscope::run::SHARE;

use super::Numbers;
use super::walks::{Place, Walk, critical, place, steps_to_rest, walk};

const LINE: &str = "parabola";
const ROUND: &str = "formula:x^2+2y^2";
const LONG: &str = "formula:x^2+10y^2";
const SADDLE: &str = "formula:x^4+4x^2*y+4y^2+2x+2y";
/// Where Newton's step on Beale's function goes uphill.
const UPHILL: [f64; 2] = [-0.25, 1.5];

fn on_line(x: f64) -> Place {
    place(LINE, [x, 0.0])
}

fn along_line() -> Walk {
    walk(LINE, "gd:lr=0.1", [1.0, 0.0], 5)
}

fn far_on_line() -> Walk {
    walk(LINE, "gd:lr=0.2", [1.0, 0.0], 1)
}

fn on_round() -> Walk {
    walk(ROUND, "gd:lr=0.2", [-1.0, 0.5], 1)
}

fn in_himmelblau(method: &str) -> Walk {
    walk("himmelblau", method, [2.0, 3.0], 60)
}

fn start_in_himmelblau() -> Place {
    place("himmelblau", [2.0, 3.0])
}

fn degrees_at(radius: f64) -> f64 {
    start_in_himmelblau().circle(radius).angle_from_minus_gradient.to_degrees()
}

fn in_valley(method: &str) -> Walk {
    walk(LONG, method, [1.0, 1.0], 60)
}

fn on_bowl(method: &str) -> Walk {
    walk("bowl", method, [2.5, 1.5], 30)
}

fn on_plateau(method: &str) -> Walk {
    walk("plateau", method, [4.0, 3.0], 200)
}

fn on_rosenbrock() -> Walk {
    walk("rosenbrock", "newton", [-1.2, 1.0], 6)
}

fn from_saddle_start() -> Walk {
    walk(SADDLE, "newton", [1.0, 1.0], 2)
}

fn uphill() -> Place {
    place("beale", UPHILL)
}

fn in_cycle() -> Walk {
    walk(SADDLE, "newton", [1.25, -0.90625], 4)
}

pub(super) const SLOPES_AND_MODELS: &[Numbers] = &[
    Numbers {
        lesson: "slope",
        given: &["1.1", "1.01"],
        computed: &[
            ("2.42", || on_line(1.1).model.value),
            ("0.42", || on_line(1.1).model.value - on_line(1.0).model.value),
            ("4.2", || (on_line(1.1).model.value - on_line(1.0).model.value) / 0.1),
            ("2.0402", || on_line(1.01).model.value),
            ("4.02", || (on_line(1.01).model.value - on_line(1.0).model.value) / 0.01),
            ("4", || on_line(1.0).model.gradient.x),
            ("2", || on_line(1.0).model.value),
            ("0.8", || -far_on_line().taken(0).x),
            ("3.2", || -far_on_line().change(0).linear),
            ("1.92", || -far_on_line().change(0).actual),
            ("0.08", || far_on_line().loss(1)),
            ("1.28", || far_on_line().error(0)),
            ("0.6", || along_line().at(1).x),
            ("0.36", || along_line().at(2).x),
            ("0.216", || along_line().at(3).x),
            ("2.4", || along_line().slope(1)),
            ("1.44", || along_line().slope(2)),
            ("−6", || on_line(-1.5).model.gradient.x),
            ("0.5", || on_line(1.0).limit()),
        ],
    },
    Numbers {
        lesson: "tangent-plane",
        given: &[],
        computed: &[
            ("3", || place(ROUND, [1.0, 1.0]).model.value),
            ("2", || place(ROUND, [1.0, 1.0]).model.gradient.x),
            ("4", || place(ROUND, [1.0, 1.0]).model.gradient.y),
            ("4.472", || place(ROUND, [1.0, 1.0]).model.gradient.norm()),
            ("1.6", || -on_round().change(0).linear),
            ("0.4", || on_round().taken(0).x),
            ("−0.4", || on_round().taken(0).y),
            ("−0.6", || on_round().at(1).x),
            ("0.1", || on_round().at(1).y),
            ("1.12", || -on_round().change(0).actual),
        ],
    },
    Numbers {
        lesson: "curved-ground",
        given: &["20"],
        computed: &[
            ("32", || start_in_himmelblau().model.value),
            ("35", || -in_himmelblau("gd:lr=0.016").change(0).linear),
            ("34.82", || -in_himmelblau("gd:lr=0.016").change(0).linear),
            ("22.35", || -in_himmelblau("gd:lr=0.016").change(0).actual),
            ("12.47", || in_himmelblau("gd:lr=0.016").error(0)),
            ("10", || 100.0 * SHARE),
            ("4.1", || in_himmelblau("gd:lr=0.016").taken(0).norm() / start_in_himmelblau().radius()),
            ("17.41", || -in_himmelblau("gd:lr=0.008").change(0).linear),
            ("3.402", || in_himmelblau("gd:lr=0.008").error(0)),
            ("8.704", || -in_himmelblau("gd:lr=0.004").change(0).linear),
            ("0.8884", || in_himmelblau("gd:lr=0.004").error(0)),
            ("8.7", || -in_himmelblau("gd:lr=0.004").change(0).linear),
            ("7.8", || -in_himmelblau("gd:lr=0.004").change(0).actual),
            ("0.1552", || in_himmelblau("gd:lr=0.004").loss(20)),
        ],
    },
    Numbers {
        lesson: "learning-rate",
        given: &["0.11"],
        computed: &[
            ("2", || place(LONG, [1.0, 1.0]).eigenvalue(0)),
            ("20", || place(LONG, [1.0, 1.0]).eigenvalue(1)),
            ("0.92", || in_valley("gd:lr=0.04").at(1).x),
            ("0.2", || in_valley("gd:lr=0.04").at(1).y),
            ("0.8464", || in_valley("gd:lr=0.04").at(2).x),
            ("0.04", || in_valley("gd:lr=0.04").at(2).y),
            ("0.7787", || in_valley("gd:lr=0.04").at(3).x),
            ("0.008", || in_valley("gd:lr=0.04").at(3).y),
            ("0.05", || 1.0 / place(LONG, [1.0, 1.0]).eigenvalue(1)),
            ("0", || in_valley("gd:lr=0.05").at(1).y),
            ("−0.8", || in_valley("gd:lr=0.09").at(1).y),
            ("0.64", || in_valley("gd:lr=0.09").at(2).y),
            ("0.82", || in_valley("gd:lr=0.09").at(1).x),
            ("0.001686", || in_valley("gd:lr=0.09").loss(20)),
            ("0.01478", || in_valley("gd:lr=0.05").loss(20)),
            ("0.09091", || 2.0 / place(LONG, [1.0, 1.0]).curvature().eigen.values.iter().sum::<f64>()),
            ("0.1", || place(LONG, [1.0, 1.0]).limit()),
            ("0.8", || in_valley("gd:lr=0.1").at(1).x),
            ("−1", || in_valley("gd:lr=0.1").at(1).y),
            ("11", || in_valley("gd:lr=0.1").loss(0)),
            ("10.64", || in_valley("gd:lr=0.1").loss(1)),
            ("10.41", || in_valley("gd:lr=0.1").loss(2)),
            ("10", || in_valley("gd:lr=0.1").loss(60)),
            ("−1.2", || in_valley("gd:lr=0.11").at(1).y),
            ("1.44", || in_valley("gd:lr=0.11").at(2).y),
            ("−1.728", || in_valley("gd:lr=0.11").at(3).y),
            ("15.01", || in_valley("gd:lr=0.11").loss(1)),
            ("21.11", || in_valley("gd:lr=0.11").loss(2)),
            ("30.09", || in_valley("gd:lr=0.11").loss(3)),
            ("8", || place("quad:kappa=8", [-2.1, 1.7]).eigenvalue(1)),
        ],
    },
    Numbers {
        lesson: "step-scales",
        given: &["0.04"],
        computed: &[
            ("0.8746", || on_bowl("gd:lr=0.3").taken(0).norm()),
            ("0.6122", || on_bowl("gd:lr=0.3").taken(1).norm()),
            ("0.4286", || on_bowl("gd:lr=0.3").taken(2).norm()),
            ("0.4", || on_bowl("gd_normalized:lr=0.4").taken(20).norm()),
            ("0.1155", || on_bowl("gd_normalized:lr=0.4").at(29).coords.norm()),
            ("0.2845", || on_bowl("gd_normalized:lr=0.4").at(30).coords.norm()),
            ("2.159·10⁻⁹", || on_bowl("gd:lr=0.3").loss(30)),
            ("0.04048", || on_bowl("gd_normalized:lr=0.4").loss(30)),
            ("0.7", || on_bowl("gd:lr=0.3").at(1).x / on_bowl("gd:lr=0.3").at(0).x),
            ("0.01479", || on_plateau("gd:lr=0.5").slope(0)),
            ("5", || on_plateau("gd:lr=0.5").at(0).coords.norm()),
            ("16", || on_plateau("gd_normalized:lr=0.3").below(0.04)),
            ("187", || on_plateau("gd:lr=0.5").below(0.04)),
        ],
    },
    Numbers {
        lesson: "finite-step",
        given: &["0.25", "0.1", "0.01"],
        computed: &[
            ("2.692", || start_in_himmelblau().circle(1.0).best.unwrap().value),
            ("6.436", || start_in_himmelblau().circle(1.0).minus_gradient_value),
            ("17.29", || degrees_at(1.0)),
            ("14400", || DIRECTIONS_TRIED as f64),
            ("15.56", || degrees_at(0.5)),
            ("10.29", || degrees_at(0.25)),
            ("4.743", || degrees_at(0.1)),
            ("0.5033", || degrees_at(0.01)),
            ("13.55", || in_himmelblau("trust_region:radius0=0.5").loss(1)),
            ("13.47", || start_in_himmelblau().circle(0.5).best.unwrap().value),
            ("14.6", || start_in_himmelblau().circle(0.5).minus_gradient_value),
            ("0.07485", || in_himmelblau("finite_step:radius=0.25").loss(60)),
        ],
    },
    Numbers {
        lesson: "newton-step",
        given: &[],
        computed: &[
            ("62.96", || -walk("quad", "newton", [-2.1, 1.7], 1).change(0).quadratic),
            ("0.4768", || walk("quad", "gd:lr=0.05", [-2.1, 1.7], 1).loss(1)),
            ("1", || place("quad", [-2.1, 1.7]).eigenvalue(0)),
            ("20", || place("quad", [-2.1, 1.7]).eigenvalue(1)),
            ("24.2", || on_rosenbrock().loss(0)),
            ("4.732", || on_rosenbrock().loss(1)),
            ("1412", || on_rosenbrock().loss(2)),
            ("0.05597", || on_rosenbrock().loss(3)),
            ("0.3132", || on_rosenbrock().loss(4)),
            ("1.853·10⁻¹¹", || on_rosenbrock().loss(5)),
            ("4.217", || -on_rosenbrock().change(1).quadratic),
            ("1407", || on_rosenbrock().change(1).actual),
            ("6", || steps_to_rest("rosenbrock", "newton", [-1.2, 1.0])),
            ("1.001", || place("rosenbrock:b=10", [0.0, -1.0]).curvature().newton_step.unwrap().norm()),
            ("−18", || place("rosenbrock:b=10", [0.0, 0.5]).eigenvalue(0)),
            ("3.5", || place("rosenbrock:b=10", [0.0, 0.5]).model.value),
            ("0.3614", || walk("rosenbrock:b=10", "trust_region:radius0=0.5", [0.0, 0.5], 1).loss(1)),
            ("1.236", || walk("rosenbrock:b=10", "newton", [0.0, 0.5], 1).loss(1)),
        ],
    },
    Numbers {
        lesson: "newton-saddle",
        given: &[],
        computed: &[
            ("4", || place(SADDLE, [1.0, 1.0]).eigenvalue(0)),
            ("24", || place(SADDLE, [1.0, 1.0]).eigenvalue(1)),
            ("12.25", || -from_saddle_start().change(0).actual),
            ("13", || from_saddle_start().loss(0)),
            ("0.75", || from_saddle_start().loss(1)),
            ("−1.062", || place(SADDLE, [1.0, -0.75]).eigenvalue(0)),
            ("15.06", || place(SADDLE, [1.0, -0.75]).eigenvalue(1)),
            ("−0.75", || from_saddle_start().at(1).y),
            ("−27.67", || uphill().eigenvalue(0)),
            ("38.44", || uphill().eigenvalue(1)),
            ("5.21", || walk("beale", "newton", UPHILL, 1).change(0).quadratic),
            ("4.43", || walk("beale", "newton", UPHILL, 1).change(0).actual),
            ("−0.402", || place(SADDLE, [1.25, -0.90625]).eigenvalue(0)),
            ("0.0625", || in_cycle().change(0).quadratic),
            ("−0.40625", || in_cycle().at(1).y),
            ("0.5", || critical("beale", Kind::Minimum)[0].at.y),
            ("12", || steps_to_rest("beale", "saddle_free", [4.0, 1.0])),
            ("11", || steps_to_rest("beale", "trust_region", [4.0, 1.0])),
            ("16", || steps_to_rest("beale", "levenberg_marquardt", [4.0, 1.0])),
            ("6", || steps_to_rest("beale", "newton_damped", [1.3, 1.6])),
        ],
    },
];
