//! The Gauss–Newton and Fisher models beside the Hessian's: which are drawn, or why not.

use super::ink::{Dash, Ink};
use super::overlays::{ASSUMED_MODEL, FISHER, GAUSS_NEWTON, OTHER, OverlayId};
use crate::analysis::{CurvatureMatrices, Kinship, LocalModel, ModelOrder, alike, rank};
use crate::landscapes::Fisher;
use crate::numbers::Symmetric2;
use crate::run::StepAnalysis;

/// The matrix of a quadratic model beside the Hessian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurvatureKind {
    /// Gauss's and Newton's, G.
    GaussNewton,
    /// Fisher's, F.
    Fisher,
}

impl CurvatureKind {
    /// Both, in drawing order.
    pub const ALL: [Self; 2] = [Self::GaussNewton, Self::Fisher];

    /// The overlay that shows it.
    pub fn overlay(self) -> OverlayId {
        match self {
            Self::GaussNewton => GAUSS_NEWTON,
            Self::Fisher => FISHER,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::GaussNewton => "Gauss–Newton",
            Self::Fisher => "Fisher",
        }
    }

    /// The role of its color.
    pub fn ink(self) -> Ink {
        match self {
            Self::GaussNewton => Ink::GaussNewton,
            Self::Fisher => Ink::Fisher,
        }
    }

    /// How its lines are broken.
    pub fn dash(self) -> Dash {
        match self {
            Self::GaussNewton => Dash::Solid,
            Self::Fisher => Dash::Dotted,
        }
    }
}

/// One of the two where it is asked for.
pub struct NetworkModel {
    /// Which.
    pub whose: CurvatureKind,
    /// The local model; `None` where there is none, or where it is another that is drawn anyway.
    pub model: Option<LocalModel>,
    /// Its name, or why it is not drawn.
    pub words: String,
}

/// A quadratic model that is drawn already, and what it is called.
pub type Drawn = (&'static str, Symmetric2);

/// The quadratics that are drawn on map and surface where overlays are on.
pub fn drawn(analysis: &StepAnalysis, shows: impl Fn(OverlayId) -> bool) -> Vec<Drawn> {
    let overlay = if analysis.order == ModelOrder::Quadratic { ASSUMED_MODEL } else { OTHER };
    let name = if analysis.own_matrix_name.is_some() { "the method's model" } else { "the quadratic" };
    shows(overlay).then_some((name, analysis.assumed.hessian)).into_iter().collect()
}

/// The Gauss–Newton and the Fisher model at an iterate, as far as their overlays are on. One that equals a quadratic in `drawn`, or the
/// other one, is not drawn again, and its words say so.
pub fn network_models(
    analysis: &StepAnalysis,
    curvatures: Option<&CurvatureMatrices>,
    shows: impl Fn(OverlayId) -> bool,
    mut drawn: Vec<Drawn>,
) -> Vec<NetworkModel> {
    let shown_kinds = CurvatureKind::ALL.into_iter().filter(|whose| shows(whose.overlay()));
    let local_model = |whose: CurvatureKind| {
        let picture = curvatures.ok_or_else(|| "not finite here".to_owned()).and_then(|all| matrix(whose, all, &drawn));
        let name = whose.name();
        drawn.extend(picture.iter().map(|(matrix, _)| (name, *matrix)));
        NetworkModel {
            whose,
            model: picture.as_ref().ok().map(|(hessian, _)| LocalModel { hessian: *hessian, ..analysis.model }),
            words: words(name, &picture),
        }
    };
    shown_kinds.map(local_model).collect()
}

/// The name of a model with the word on it, or why it is not drawn.
fn words(name: &str, picture: &Result<(Symmetric2, String), String>) -> String {
    match picture {
        Ok((_, aside)) if aside.is_empty() => name.to_owned(),
        Ok((_, aside)) | Err(aside) => format!("{name}: {aside}"),
    }
}

/// The matrix of a local model that is to be drawn and a word on it, or why there is nothing to draw.
fn matrix(whose: CurvatureKind, all: &CurvatureMatrices, drawn: &[Drawn]) -> Result<(Symmetric2, String), String> {
    let gauss_newton = all.parts.gauss_newton;
    let (matrix, letter) = match (whose, all.fisher) {
        (CurvatureKind::GaussNewton, _) => (gauss_newton, "G"),
        (CurvatureKind::Fisher, Some(fisher)) => (fisher.matrix, "F"),
        (CurvatureKind::Fisher, None) => return Err("none, this loss is not a likelihood".to_owned()),
    };
    let rank = rank(matrix);
    if rank == 0 {
        return Err(format!("the plane, {letter} = 0"));
    }
    if let Some((name, _)) = drawn.iter().find(|(_, other)| alike(*other, matrix)) {
        return Err(format!("the same as {name}"));
    }
    let noise =
        if whose == CurvatureKind::Fisher && is_half(&matrix, gauss_newton) { "½G, noise of variance 1" } else { "" };
    let shape = if rank == 1 { "singular" } else { "" };
    let equal = if alike(matrix, all.hessian) { "that of the Hessian" } else { "" };
    let words: Vec<&str> = [noise, shape, equal].into_iter().filter(|words| !words.is_empty()).collect();
    Ok((matrix, words.join(", ")))
}

fn is_half(fisher: &Symmetric2, gauss_newton: Symmetric2) -> bool {
    alike(fisher.scaled(2.0), gauss_newton)
}

/// What the three matrices say of each other, in sentences.
pub fn description(all: &CurvatureMatrices) -> Vec<String> {
    let parts = &all.parts;
    let kinship = match all.kinship() {
        Kinship::LinearOutput => {
            "H = G: every output is linear in the weights here, so its curvature is zero.".to_owned()
        }
        Kinship::NoResiduals => {
            "H = G: every residual is zero, and Gauss–Newton omits residual × curvature of the network.".to_owned()
        }
        Kinship::Cancels => {
            "H = G here: the term that Gauss–Newton omits, residual × curvature of the network, cancels between the samples."
                .to_owned()
        }
        Kinship::BendsDown(count) => {
            let directions = if count == 1 { "one direction" } else { "both directions" };
            format!("The Hessian has negative curvature in {directions}. Gauss–Newton omits the term that can, H − G: residual × curvature of the network.")
        }
        Kinship::Apart => {
            "Gauss–Newton omits H − G, residual × curvature of the network, and is positive semidefinite.".to_owned()
        }
    };
    let shape = match rank(parts.gauss_newton) {
        0 if parts.output_gradient == 0.0 => {
            Some("G = 0: no weight changes any output here, so Gauss–Newton has no curvature.")
        }
        0 if parts.loss_bend == 0.0 => {
            Some("G = 0: the loss is linear in the output, so Gauss–Newton has no curvature.")
        }
        0 => Some("G = 0 here: the loss is linear in every output that depends on the weights."),
        1 => Some("G is singular: its model is constant along one direction."),
        _ => None,
    };
    let fisher = match &all.fisher {
        None => "No Fisher matrix: it needs a probability of y, and this loss is not a likelihood.".to_owned(),
        Some(Fisher { matrix, noise }) if alike(*matrix, parts.gauss_newton) => format!("F = G, where {noise}."),
        Some(Fisher { noise, .. }) => format!("F = ½G, where {noise}: the loss here has no factor ½."),
    };
    [Some(kinship), shape.map(str::to_owned), Some(fisher)].into_iter().flatten().collect()
}

/// The most telling of it in a few words.
pub fn brief_described(all: &CurvatureMatrices) -> String {
    match all.kinship() {
        _ if rank(all.parts.gauss_newton) == 0 && all.hessian.norm() > 0.0 => "G = 0".to_owned(),
        Kinship::LinearOutput | Kinship::NoResiduals | Kinship::Cancels => "H = G".to_owned(),
        Kinship::BendsDown(_) => "only H is indefinite".to_owned(),
        Kinship::Apart => "H ≠ G".to_owned(),
    }
}
