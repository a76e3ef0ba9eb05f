//! What is said of ends of runs.

use super::*;
use crate::run::Run;

fn text(landscape: &Landscape, method: &str, start: [f64; 2], tolerance: f64) -> (StopReason, String) {
    let recipe = Recipe::new(Choice::parse(method).unwrap(), Point::from(start), 200);
    let run = Run::of(landscape, &Recipe { tolerance: Some(tolerance), ..recipe });
    let stop = run.stop().unwrap();
    (stop.reason, stop.text.clone())
}

fn parsed(text: &str) -> Landscape {
    match (text.strip_prefix("formula:"), text.strip_prefix("network:")) {
        (Some(formula), _) => Landscape::of_formula(formula).unwrap(),
        (_, Some(output)) => Landscape::of_network(output).unwrap(),
        _ => Landscape::parse(text).unwrap(),
    }
}

#[test]
fn a_method_that_no_longer_moves_is_not_called_under_way() {
    const ROSENBROCK: &str = "((1-x)^2+100*(y-x^2)^2)";
    for (factor, method, words) in [
        ("1", "gd:lr=0.001", "All 200 steps were taken"),
        ("1e-250", "gd", "All 200 steps were taken, but the weights never moved: ‖∇f‖ is 2.33·10⁻²⁴⁸ there"),
        ("1e-16", "gd", "All 200 steps were taken, but the weights moved by only "),
    ] {
        let landscape = Landscape::of_formula(&format!("{factor}*{ROSENBROCK}")).unwrap();
        let (reason, text) = text(&landscape, method, [-1.2, 1.0], 0.0);
        assert_eq!(reason, StopReason::StepLimit, "{method} at {factor}: {text}");
        assert!(text.starts_with(words), "{method} at {factor}: {text}");
    }
}

#[test]
fn rejected_steps_are_not_said_to_be_taken() {
    for (steps, rejected, words) in [
        (1, 0, "The step was taken"),
        (1, 1, "The step was rejected"),
        (60, 0, "All 60 steps were taken"),
        (60, 19, "41 of 60 steps were taken, 19 rejected"),
        (60, 60, "All 60 steps were rejected"),
    ] {
        assert_eq!(taken(steps, rejected), words, "{rejected} of {steps}");
    }
    let recipe = Recipe::new(Choice::parse("trust_region").unwrap(), Point::new(-1.2, 1.0), 8);
    let run = Run::of(&parsed("rosenbrock"), &recipe);
    assert_eq!(run.stop().unwrap().text, "7 of 8 steps were taken, 1 rejected", "a run");
}

#[test]
fn a_factor_that_grows_does_not_look_like_one() {
    for (rate, words) in [("0.115", ": |1−ηλ| = 1.3 along v₂"), ("0.1005", ": |1−ηλ| = 1.01 along v₂")] {
        let recipe = Recipe::new(Choice::parse(&format!("gd:lr={rate}")).unwrap(), Point::new(1.0, 1.0), 5000);
        let run = Run::of(&parsed("quad:lam=1,kappa=20"), &Recipe { goes_on_diverged: false, ..recipe });
        let text = &run.stop().unwrap().text;
        assert!(text.ends_with(words), "at {rate}: {text}");
    }
}

#[test]
fn a_loss_with_a_bottom_is_not_called_unbounded_where_it_curves_down() {
    // 0 ≤ f, and f″ < 0 at the start, from which one step leads past the radius and upward.
    let landscape = Landscape::of_formula("1e9*ln(1+x^2)").unwrap();
    for method in ["momentum:lr=0.1", "nesterov:lr=0.1"] {
        let (reason, text) = text(&landscape, method, [2.0, 0.0], 0.0);
        assert_eq!((reason, text.as_str()), (StopReason::Diverged, "Diverged at step 1"), "{method}");
    }
}

#[test]
fn a_short_gradient_is_not_zero() {
    let landscape = Landscape::of_formula("1e-250*(x^2+y^2)").unwrap();
    let (_, text) = text(&landscape, "gd", [1.0, 1.0], 1e-200);
    assert!(text.contains("down to ‖∇f‖ = 2.83·10⁻²⁵⁰"), "{text}");
}

#[test]
fn a_run_that_converged_says_to_what() {
    for (landscape, method, start, words) in [
        ("formula:x^4+4x^2 y+4y^2+2x+2y", "newton", [1.0, 1.0], " to a saddle: the gradient is down to ‖∇f‖ = "),
        ("rosenbrock", "newton", [-1.2, 1.0], " to a minimum: the gradient is "),
        ("himmelblau", "newton", [-0.5, -1.4], " to a maximum: "),
        ("camel6", "newton_damped", [1.1, 0.9], " to a saddle: "),
        ("saddle", "newton", [1.0, 0.5], "Converged at step 1 to a saddle: the gradient is zero"),
        (
            "monkey",
            "gd",
            [0.0, 0.0],
            " to a degenerate critical point: the gradient is zero, but the curvature is zero along",
        ),
        ("trough", "gd:lr=0.25", [1.0, 0.5], "Converged at step 1 to one of many minima: the gradient is zero"),
        ("formula:(x-5)^2", "gd:lr=0.5", [0.0, 0.0], "Converged at step 1 to a minimum: the gradient is zero"),
        (
            "formula:x^3",
            "gd",
            [0.0, 0.0],
            " to a point of inflection: the gradient is zero, but f′ does not change its",
        ),
        ("formula:x^4", "gd", [0.0, 3.0], "Converged at step 0 to a minimum: the gradient is zero"),
        ("formula:cos(y)", "gd", [0.0, 0.0], "Converged at step 0 to a maximum in y: the gradient is zero"),
        ("formula:(x*y-1)^2", "gd:lr=0.1", [0.5, 0.3], " to one of many minima: the gradient is down to"),
        ("formula:(x^2+y^2-1)^2", "gd:lr=0.05", [0.5, 0.3], " to one of many minima: the gradient is down to"),
        ("formula:(x+y)^2+1e-10(x-y-1)^2", "newton", [1.0, 0.3], " to a minimum: the gradient is "),
        ("relu", "gd", [0.0, -2.0], " where the loss is flat: the gradient is zero"),
        ("l1", "gd", [0.0, 0.0], "Converged at step 0 to a minimum on a kink: the gradient is zero only by convention"),
        ("relu2", "gd", [0.0, 1.0], "Converged at step 0 on a kink: the gradient is zero only by convention"),
        (
            "formula:sqrt(x)+y^2",
            "gd",
            [0.0, 0.0],
            "Converged at step 0 where the slope is infinite: the gradient is zero only by convention",
        ),
        ("formula:|x|sign(x)+y^2", "gd", [0.0, 0.0], " on a kink: the gradient is zero only by convention"),
    ] {
        let landscape = parsed(landscape);
        let (reason, text) = text(&landscape, method, start, 1e-8);
        assert_eq!(reason, StopReason::Converged, "{method} on {landscape}: {text}");
        assert!(text.contains(words), "{method} on {landscape}: {text}");
    }
}

#[test]
fn a_short_gradient_alone_is_no_critical_point() {
    for (landscape, start, tolerance, words) in [
        (
            "bowl",
            [0.01, 0.0],
            0.1,
            " by the tolerance alone: the gradient is down to ‖∇f‖ = 0.01000, and the quadratic model has its minimum 0.010 away",
        ),
        (
            "formula:x^2+0.05y",
            [0.0, 0.0],
            0.1,
            "the Hessian is singular here, so it does not show whether a critical point is near",
        ),
        (
            "formula:x^4-y^4",
            [0.006, 0.0],
            1e-6,
            " by the tolerance alone: the gradient is down to ‖∇f‖ = 8.64·10⁻⁷, and the Hessian is singular here",
        ),
        ("formula:(x+y)^4", [0.002, 0.002], 1e-6, "the Hessian is singular here"),
        ("formula:x^2+1e-9y", [0.0, 0.0], 1e-6, "the Hessian is singular here"),
        ("easom", [-2.0, -1.0], 1e-8, " by the tolerance alone: "),
    ] {
        let (reason, text) = text(&parsed(landscape), "gd", start, tolerance);
        assert_eq!(reason, StopReason::Converged, "{landscape}: {text}");
        assert!(text.contains(words), "{landscape}: {text}");
    }
}

#[test]
fn a_function_of_one_weight_is_said_to_be_one() {
    for (landscape, method, start, words) in [
        ("formula:x", "newton", [0.5, 0.0], "f″ is zero here, so Newton's step is undefined"),
        (
            "formula:(y-5)^2",
            "newton",
            [0.0, 0.0],
            "x does not occur in the formula, so this is a function of one weight, y",
        ),
        ("formula:2y^2", "newton", [0.0, 1.0], "x does not occur in the formula"),
        ("trough", "newton", [1.0, 0.0], "the loss does not depend on y, so this is a function of one weight, x"),
        (
            "network:tanh(w1 x)",
            "newton",
            [0.3, 0.1],
            "w₂ does not occur in the formula, so this is a function of one weight, w₁",
        ),
        (
            "network:tanh(w1 x)",
            "newton:matrix=gauss_newton",
            [0.3, 0.1],
            "the Gauss–Newton matrix is singular everywhere",
        ),
    ] {
        let (reason, text) = text(&parsed(landscape), method, start, 1e-8);
        assert_eq!(reason, StopReason::UndefinedStep, "{method} on {landscape}: {text}");
        assert!(text.contains(words), "{method} on {landscape}: {text}");
    }
    for constant in ["formula:3", "formula:0*x+3", "formula:x^0+(y-y)", "network:a x", "network:0 w1 + a w2^0"] {
        let run = Run::of(&parsed(constant), &Recipe::new(Choice::parse("newton").unwrap(), Point::new(1.0, 1.0), 3));
        let said = &run.stop().unwrap().text;
        assert!(said.contains("a constant: there is nothing to minimize"), "{constant}: {said}");
    }
    for method in ["trust_region", "levenberg_marquardt", "newton_damped", "saddle_free", "bfgs", "cg"] {
        for (formula, to) in [("formula:(x-5)^2", " to a minimum: "), ("trough", " to one of many minima: ")] {
            let (reason, text) = text(&parsed(formula), method, [0.5, 0.0], 1e-8);
            assert_eq!(reason, StopReason::Converged, "{method}: {text}");
            assert!(text.contains(to), "{method}: {text}");
        }
    }
}
