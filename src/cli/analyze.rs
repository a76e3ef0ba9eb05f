//! `taylorscope analyze`: what the plane and the quadratic model at a point predict, and how far the plane is true.

use std::io::{self, Write};

use serde::Serialize;

use super::conventions::note_conventions;
use super::exit::Exit;
use super::landscape::LandscapeArgs;
use super::output::{Output, Tabular};
use super::point::Place;
use super::table::{few, pair};
use super::{digits, point, spelled, table};
use crate::analysis::{Curvature, LevelPoint, LocalModel, end_of_values, linear_validity_radius};
use crate::export::csv::Table;
use crate::export::json;
use crate::landscapes::Landscape;
use crate::landscapes::excerpt::excerpt;
use crate::numbers::{Dimension, Point, Vector, direction, length};

/// Analyze a point: curvature, Newton's step, and how far the tangent plane is valid
#[derive(clap::Args)]
#[command(after_help = "Example: taylorscope analyze -l rosenbrock --at -1.2,1 --lengths 0.01,0.1")]
pub(super) struct AnalyzeArgs {
    #[command(flatten)]
    landscape: LandscapeArgs,
    /// The point; of one weight, X is enough
    #[arg(long, value_name = "X,Y", allow_hyphen_values = true, value_parser = point::parse_place)]
    at: Place,
    /// How far to go along −∇f, as lengths in weight space
    #[arg(long, value_name = "T,…", allow_hyphen_values = true, value_delimiter = ',', value_parser = spelled::finite)]
    #[arg(default_value = "0.01,0.03,0.1,0.3,1")]
    lengths: Vec<f64>,
    #[command(flatten)]
    output: Output,
}

impl AnalyzeArgs {
    pub(super) fn run(self) -> Result<(), Exit> {
        let landscape = self.landscape.landscape()?;
        let at = self.at.on(&landscape)?;
        point::note_undefined(&landscape, &[at]);
        note_conventions(&landscape, &[at]);
        digits::note_lost(landscape.dimension(), std::iter::once((at, digits::at_point(&landscape, at))));
        self.output.deliver(&Analysis::of(&landscape, at, &self.lengths))
    }
}

/// What does not exist at the point is `None`; what has no finite value is NaN; both are `null`.
#[derive(Serialize)]
struct Analysis {
    #[serde(skip)]
    landscape: String,
    at: [f64; 2],
    value: f64,
    gradient: [f64; 2],
    gradient_norm: f64,
    hessian: [f64; 3],
    /// One for each weight, ascending.
    eigenvalues: Vec<f64>,
    eigenvectors: Vec<[f64; 2]>,
    newton_step: Option<[f64; 2]>,
    newton_decrement_squared: Option<f64>,
    curvature_along_minus_gradient: Option<f64>,
    gd_stability_limit: Option<f64>,
    along_minus_gradient: Vec<Sample>,
    linear_radius: Radii,
    /// The length along −g from which on the loss has no value, where it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    values_end: Option<f64>,
    #[serde(skip)]
    end: String,
    #[serde(skip)]
    shape: &'static str,
    /// Why there is no Newton step, where there is none.
    #[serde(skip)]
    singular: String,
}

#[derive(Serialize)]
struct Sample {
    t: f64,
    linear: f64,
    quadratic: f64,
    actual: f64,
}

/// How far along −g the plane is true within each share of its prediction; `None` if all the way, or to where the loss has no
/// value any more.
#[derive(Default, Serialize)]
struct Radii {
    #[serde(rename = "0.01")]
    percent: Option<f64>,
    #[serde(rename = "0.1")]
    tenth: Option<f64>,
    #[serde(rename = "0.5")]
    half: Option<f64>,
    #[serde(rename = "1")]
    whole: Option<f64>,
}

/// What the loss is called where it is the same all around.
const FLAT: &str = "flat";

/// The plane is followed at least this far.
const LEAST_REACH: f64 = 3.0;

impl Analysis {
    fn of(landscape: &Landscape, at: Point, lengths: &[f64]) -> Self {
        let model = LocalModel::new(landscape.loss(), at);
        let curvature = Curvature::of(&model);
        let eigen = curvature.map(|curvature| curvature.eigen);
        let weights = landscape.dimension().count();
        let highest = eigen.map(|eigen| eigen.values[1]).filter(|highest| *highest > 0.0);
        let downhill = model.is_finite().then(|| direction(-model.gradient)).flatten();
        let is_flat = model.gradient == Vector::zeros() && LevelPoint::of(landscape, at) == LevelPoint::Flat;
        let end = downhill.and_then(|unit| end_of_values(landscape.loss(), at, unit, limit(landscape)));
        Self {
            landscape: landscape.to_string(),
            at: at.into(),
            value: model.value,
            gradient: model.gradient.into(),
            gradient_norm: length(model.gradient),
            hessian: [model.hessian.xx, model.hessian.xy, model.hessian.yy],
            eigenvalues: eigen.map_or_else(|| vec![f64::NAN; weights], |eigen| eigen.spectrum().to_vec()),
            eigenvectors: eigen.map_or_else(
                || vec![[f64::NAN; 2]; weights],
                |eigen| eigen.vectors.into_iter().take(weights).map(Into::into).collect(),
            ),
            newton_step: curvature.and_then(|curvature| curvature.newton_step).map(Into::into),
            newton_decrement_squared: curvature.and_then(|curvature| curvature.newton_decrement_squared),
            curvature_along_minus_gradient: curvature.and_then(|curvature| curvature.along_gradient),
            gd_stability_limit: highest.map(|highest| 2.0 / highest),
            along_minus_gradient: downhill.map_or_else(Vec::new, |unit| samples(landscape, &model, unit, lengths)),
            linear_radius: downhill.map_or_else(Radii::default, |unit| Radii::of(landscape, &model, unit, end)),
            values_end: end,
            end: downhill.zip(end).map_or_else(String::new, |(unit, end)| what_ends(landscape, at, unit, end)),
            shape: match curvature {
                None => "no finite curvature",
                Some(_) if is_flat => FLAT,
                Some(curvature) => curvature.definiteness(),
            },
            singular: if is_flat && !landscape.is_constant() {
                "the loss is flat here".to_owned()
            } else {
                why_singular(landscape, &model)
            },
        }
    }

    /// A point or a vector; of one weight, one number.
    fn spelled(&self, [x, y]: [f64; 2]) -> String {
        if self.eigenvalues.len() == 1 { few(x) } else { pair(Vector::new(x, y)) }
    }

    fn eigenvalue_fact(&self) -> (&'static str, String) {
        let along = |(value, vector): (&f64, &[f64; 2])| format!("{} along {}", few(*value), pair((*vector).into()));
        if let [only] = self.eigenvalues[..] {
            return ("f″", format!("{}: {}", few(only), self.shape));
        }
        let each: Vec<String> = self.eigenvalues.iter().zip(&self.eigenvectors).map(along).collect();
        ("eigenvalues", format!("{}: {}", each.join(", "), self.shape))
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let some = |number: Option<f64>| number.map_or_else(|| "none".to_owned(), few);
        vec![
            ("loss", few(self.value)),
            ("gradient", format!("{}, length {}", self.spelled(self.gradient), few(self.gradient_norm))),
            self.eigenvalue_fact(),
            (
                "Newton's step",
                self.newton_step.map_or_else(|| format!("none: {}", self.singular), |step| self.spelled(step)),
            ),
            ("Newton decrement squared, λ²", some(self.newton_decrement_squared)),
            ("curvature along −∇f", some(self.curvature_along_minus_gradient)),
            ("gradient descent is stable below", some(self.gd_stability_limit)),
        ]
    }
}

/// Why Newton's step does not exist, where it does not.
fn why_singular(landscape: &Landscape, model: &LocalModel) -> String {
    if let Some(gap) = landscape.hole(model.at) {
        return format!("the point lies {}", gap.lies);
    }
    if !model.is_finite() {
        return "the loss has no finite value here".to_owned();
    }
    if landscape.is_constant() {
        return "the loss is a constant, so there is nothing to minimize".to_owned();
    }
    if landscape.dimension().is_one() {
        return "f″ is zero here".to_owned();
    }
    let absent = landscape.absent_weight().map(|absent| format!("{}, so ", absent.words()));
    format!("{}the Hessian is singular", absent.unwrap_or_default())
}

fn samples(landscape: &Landscape, model: &LocalModel, unit: Vector, lengths: &[f64]) -> Vec<Sample> {
    let sample = |t: &f64| {
        let change = model.change(landscape.loss(), unit * *t);
        Sample { t: *t, linear: change.linear, quadratic: change.quadratic, actual: change.actual }
    };
    lengths.iter().map(sample).collect()
}

/// How far along −g is looked.
fn limit(landscape: &Landscape) -> f64 {
    LEAST_REACH.max(landscape.domain().size())
}

/// What happens at the length from which on the loss has no value: "the direction enters a hole of the measured grid".
fn what_ends(landscape: &Landscape, at: Point, unit: Vector, end: f64) -> String {
    let beyond = at + unit * (end + 1e-9 * limit(landscape));
    landscape.hole(beyond).map_or_else(
        || "the direction reaches points where the loss has no value".to_owned(),
        |gap| format!("the direction {}", gap.enters),
    )
}

impl Radii {
    /// `end` is the length at which the loss ends: being wrong begins before it, or not at all.
    fn of(landscape: &Landscape, model: &LocalModel, unit: Vector, end: Option<f64>) -> Self {
        let limit = limit(landscape);
        let is_before = |t: &f64| end.is_none_or(|end| *t < end - 1e-9 * limit);
        let reach = |share| linear_validity_radius(landscape.loss(), model, unit, share, limit).filter(is_before);
        Self { percent: reach(0.01), tenth: reach(0.1), half: reach(0.5), whole: reach(1.0) }
    }

    /// `end` says where the values end, if they do.
    fn facts(&self, end: Option<&str>) -> Vec<(&'static str, String)> {
        let rows = [
            ("1 % error", self.percent),
            ("10 % error", self.tenth),
            ("50 % error", self.half),
            ("100 % error", self.whole),
        ];
        let words = |reach: Option<f64>| {
            let never = || end.map_or_else(|| "never on the way".to_owned(), |end| format!("not before it {end}"));
            reach.map_or_else(never, |t| format!("at length {}", few(t)))
        };
        match end {
            Some(end) if rows.iter().all(|(_, reach)| reach.is_none()) => {
                vec![("right within 1 %", format!("until {end}"))]
            }
            _ => rows.map(|(name, reach)| (name, words(reach))).to_vec(),
        }
    }
}

impl Tabular for Analysis {
    fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        json::write(out, self)
    }

    fn table(&self) -> Table {
        let row = |sample: &Sample| [sample.t, sample.linear, sample.quadratic, sample.actual].map(Into::into).to_vec();
        Table {
            columns: vec!["t", "linear", "quadratic", "actual"],
            rows: self.along_minus_gradient.iter().map(row).collect(),
        }
    }

    fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let dimension = if self.eigenvalues.len() == 1 { Dimension::One } else { Dimension::Two };
        writeln!(out, "{} at {}\n", excerpt(&self.landscape), table::start(self.at.into(), dimension))?;
        table::write_facts(out, &self.facts())?;
        if self.along_minus_gradient.is_empty() {
            let why = if self.shape == FLAT { ": the loss is flat" } else { "" };
            return writeln!(out, "\nThere is no direction −∇f here{why}.");
        }
        let plane = if self.eigenvalues.len() == 1 { "line" } else { "plane" };
        writeln!(out, "\nThe error of the tangent {plane} along −∇f:")?;
        let end = self.values_end.map(|length| format!("{} at length {}", self.end, few(length)));
        table::write_facts(out, &self.linear_radius.facts(end.as_deref()))?;
        writeln!(
            out,
            "\nChange of the loss at length t along −∇f: predicted by the {plane}, predicted by the quadratic model, and actual"
        )?;
        table::write(out, &self.table())
    }
}
