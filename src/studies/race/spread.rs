//! One method with several seeds: the mean of its rows, and how far they spread.

use super::Row;
use crate::landscapes::Evaluations;
use crate::numbers::extremes;
use crate::optimizers::Charged;

/// What the rows of several seeds come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The mean of those that met the criterion, or of all where none did.
    pub mean: Row,
    /// How many seeds there are.
    pub seeds: usize,
    /// How many of them met the criterion.
    pub met: usize,
    /// The standard deviation of the steps, and the fewest and the most.
    pub steps: [f64; 3],
    /// The standard deviation of the loss, and the least and the greatest.
    pub losses: [f64; 3],
}

impl Spread {
    /// The spread over the rows of one method; `None` without any.
    pub fn of(rows: &[Row]) -> Option<Self> {
        let met = rows.iter().filter(|row| row.reached.is_some()).count();
        let counted: Vec<&Row> = rows.iter().filter(|row| met == 0 || row.reached.is_some()).collect();
        let first = *counted.first()?;
        let mean = |of: &dyn Fn(&Row) -> f64| counted.iter().map(|row| of(row)).sum::<f64>() / counted.len() as f64;
        let known = |of: &dyn Fn(&Row) -> Option<f64>| {
            counted.iter().map(|row| of(row)).sum::<Option<f64>>().map(|sum| sum / counted.len() as f64)
        };
        let count = |of: &dyn Fn(&Row) -> u32| mean(&|row| f64::from(of(row))).round() as u32;
        let steps = mean(&|row| row.steps as f64).round() as usize;
        let most = |row: &&&Row| counted.iter().filter(|other| other.end == row.end).count();
        let commonest = counted.iter().max_by_key(most).copied().unwrap_or(first);
        let evaluations = |of: &dyn Fn(&Row) -> Evaluations| Evaluations {
            values: count(&|row| of(row).values),
            gradients: count(&|row| of(row).gradients),
            hessians: count(&|row| of(row).hessians),
        };
        let mean = Row {
            reached: (met > 0).then_some(steps),
            steps,
            evaluations: evaluations(&|row| row.evaluations),
            charged: Charged {
                evaluations: evaluations(&|row| row.charged.evaluations),
                products: count(&|row| row.charged.products),
            },
            gradients: mean(&|row| row.gradients),
            first_step: known(&|row| row.first_step),
            operations: mean(&|row| row.operations),
            memory: mean(&|row| row.memory),
            seconds: known(&|row| row.seconds),
            usual_seconds: known(&|row| row.usual_seconds),
            loss: mean(&|row| row.loss),
            outer_losses: [0, 1].map(|place: usize| mean(&|row| row.outer_losses[place])),
            distance: known(&|row| row.distance),
            end: commonest.end,
            // One that misses it now and then is not the best.
            can_win: rows.iter().all(|row| row.can_win),
            stays: commonest.stays,
            end_at: None,
        };
        Some(Self {
            mean,
            seeds: rows.len(),
            met,
            steps: spread(counted.iter().map(|row| row.steps as f64)),
            losses: spread(counted.iter().map(|row| row.loss)),
        })
    }
}

/// The standard deviation, the least and the largest.
fn spread(values: impl Iterator<Item = f64> + Clone) -> [f64; 3] {
    let count = values.clone().count().max(1) as f64;
    let mean = values.clone().sum::<f64>() / count;
    let square = values.clone().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (count - 1.0).max(1.0);
    let [low, high] = extremes(values);
    [square.sqrt(), low, high]
}
