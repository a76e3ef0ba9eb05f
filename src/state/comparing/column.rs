//! The columns of the race's table: what each says of a row, and which row is best.

use crate::numbers::numerals::{bytes, grouped, number, seconds};
use crate::studies::Row;

/// Which rows can be the best of a column.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// Every one.
    Nothing,
    /// Those that have taken a step: who stays at the start wins nothing.
    Step,
    /// Those that have finished.
    Finish,
}

impl Needs {
    fn are_met_by(self, row: &Row) -> bool {
        match self {
            Self::Nothing => true,
            Self::Step => row.steps > 0,
            Self::Finish => row.can_win(),
        }
    }
}

/// All that is known of a column.
struct Facts {
    id: &'static str,
    title: &'static str,
    /// What its numbers count where the title does not say it; empty where it does.
    unit: &'static str,
    help: &'static str,
    /// What rows are sorted by, the smaller the better; `None` where there is nothing.
    value: fn(&Row) -> Option<f64>,
    /// What stands in the cell.
    text: fn(&Row) -> Option<String>,
    /// Which rows can be best.
    needs: Needs,
    /// Whether some row is marked as the best.
    has_best: bool,
    /// Whether most races have none of it.
    is_rare: bool,
    /// Of what is measured, up to where another value may be the same one, if this is the least; `None` of what is counted.
    noise: Option<fn(&Row) -> Option<f64>>,
}

/// The enum of the columns and their list, from one entry each.
macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident: $facts:expr,)*) => {
        /// A column of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum CompareColumn {
            $($(#[$doc])* $name,)*
        }

        impl CompareColumn {
            /// Every column, from left to right.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];

            const fn facts(self) -> Facts {
                match self {
                    $(Self::$name => $facts,)*
                }
            }
        }
    };
}

/// Measured values that differ by less than this factor are the same: from one measurement to the next there is as much.
const SAME: f64 = 1.2;

/// A count; 0 is shown as a dash.
fn count(value: u32) -> String {
    if value == 0 { "–".to_owned() } else { grouped(value as usize) }
}

/// A count of gradients: whole where it is, with all its digits.
fn whole_or_number(value: f64) -> String {
    if value.fract() == 0.0 && (0.0..1e5).contains(&value) { grouped(value as usize) } else { number(value) }
}

columns! {
    /// Steps.
    Steps: Facts {
        id: "steps",
        title: "steps",
        unit: "",
        help: "Steps until it has finished, or in all.",
        value: |row| Some(row.steps as f64),
        text: |row| Some(grouped(row.steps)),
        needs: Needs::Finish,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Values.
    Values: Facts {
        id: "values",
        title: "f",
        unit: "values",
        help: "Values of the loss for which the method asked, as a line search does.",
        value: |row| Some(f64::from(row.charged.evaluations.values)),
        text: |row| Some(count(row.charged.evaluations.values)),
        needs: Needs::Finish,
        has_best: false,
        is_rare: false,
        noise: None,
    },
    /// Gradients.
    Gradients: Facts {
        id: "gradients",
        title: "∇f",
        unit: "gradients",
        help: "Gradients for which the method asked: one a step of most methods. A line search asks for another at a trial point where the loss changes by less than its rounding, as close to a minimum: there the slope decides.",
        value: |row| Some(f64::from(row.charged.evaluations.gradients)),
        text: |row| Some(count(row.charged.evaluations.gradients)),
        needs: Needs::Finish,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Hessians.
    Hessians: Facts {
        id: "hessians",
        title: "H",
        unit: "Hessians",
        help: "Hessians for which the method asked, or Gauss–Newton matrices in their place.",
        value: |row| Some(f64::from(row.charged.evaluations.hessians)),
        text: |row| Some(count(row.charged.evaluations.hessians)),
        needs: Needs::Finish,
        has_best: false,
        is_rare: false,
        noise: None,
    },
    /// Products of the Hessian with a vector.
    Products: Facts {
        id: "products",
        title: "Hv",
        unit: "Hessian–vector products",
        help: "Hessian–vector products: on a quadratic the minimum of a line is known from one, which a step of an exact line search is charged instead of the search.",
        value: |row| Some(f64::from(row.charged.products)),
        text: |row| Some(count(row.charged.products)),
        needs: Needs::Finish,
        has_best: false,
        is_rare: true,
        noise: None,
    },
    /// Evaluations in gradients.
    Equivalents: Facts {
        id: "equivalents",
        title: "as ∇f",
        unit: "gradients",
        help: "All evaluations in gradients, with n weights: a value is a third of one, a Hessian–vector product 2.5 or as many as is chosen, a Hessian n of these.",
        value: |row| Some(row.gradients),
        text: |row| Some(whole_or_number(row.gradients)),
        needs: Needs::Finish,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Operations.
    Work: Facts {
        id: "work",
        title: "work at n",
        unit: "operations",
        help: "Floating-point operations with n weights until it has finished: evaluations of 2n a value, 6n a gradient, 6n·2.5n a Hessian, n³/3 for a linear system, and a few n of the rule itself. The steps are those counted here, the same at every n: only their price changes. That a gradient costs three values is usual; four to five is the bound.",
        value: |row| Some(row.operations),
        text: |row| Some(number(row.operations)),
        needs: Needs::Finish,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Operations of a step.
    StepWork: Facts {
        id: "step_work",
        title: "work a step",
        unit: "operations",
        help: "Floating-point operations of one step with n weights, on average: line searches and rejected steps ask for more in one step than in another.",
        value: |row| (row.steps > 0).then(|| row.operations / row.steps as f64),
        text: |row| (row.steps > 0).then(|| number(row.operations / row.steps as f64)),
        needs: Needs::Step,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Memory.
    Memory: Facts {
        id: "memory",
        title: "memory",
        unit: "bytes",
        help: "What a step needs with n weights beside the weights, in numbers of eight bytes: the gradient, what the method keeps, and the Hessian or its approximation, n(n+1)/2 numbers.",
        value: |row| Some(row.memory),
        text: |row| Some(bytes(row.memory)),
        needs: Needs::Nothing,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// Time.
    Time: Facts {
        id: "time",
        title: "time",
        unit: "seconds",
        help: "How long the walk takes until it has finished, on this machine and with the two weights that there are: the shortest of nine measurements. ≈ and bold: equal within the spread of these measurements.",
        value: |row| row.seconds,
        text: |row| row.seconds.map(seconds),
        needs: Needs::Finish,
        has_best: true,
        is_rare: false,
        noise: Some(|row| Some(row.usual_seconds?.max(SAME * row.seconds?))),
    },
    /// The loss.
    Loss: Facts {
        id: "loss",
        title: "loss",
        unit: "",
        help: "The loss when it has finished, or at its end.",
        value: |row| Some(row.loss).filter(|loss| loss.is_finite()),
        text: |row| Some(number(row.loss)),
        needs: Needs::Step,
        has_best: true,
        is_rare: false,
        noise: None,
    },
    /// The distance.
    Distance: Facts {
        id: "distance",
        title: "distance",
        unit: "",
        help: "How far the nearest known minimum is then.",
        value: |row| row.distance,
        text: |row| row.distance.map(number),
        needs: Needs::Step,
        has_best: true,
        is_rare: false,
        noise: None,
    },
}

impl CompareColumn {
    /// Its name in files.
    pub const fn id(self) -> &'static str {
        self.facts().id
    }

    /// The one with this name in files.
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.id() == id)
    }

    /// Its heading.
    pub const fn title(self) -> &'static str {
        self.facts().title
    }

    /// Its heading in a table; what is measured says with how many weights it was.
    pub fn heading(self, weights: usize) -> String {
        let title = self.title();
        if self.is_measured() { format!("{title} at n = {weights}") } else { title.to_owned() }
    }

    /// What its numbers count where the heading does not say it.
    pub fn unit(self) -> Option<&'static str> {
        Some(self.facts().unit).filter(|unit| !unit.is_empty())
    }

    /// What it says.
    pub const fn help(self) -> &'static str {
        self.facts().help
    }

    /// What rows are sorted by; `None` where there is nothing.
    pub fn value(self, row: &Row) -> Option<f64> {
        (self.facts().value)(row)
    }

    /// What stands in the cell; a dash where there is nothing.
    pub fn text(self, row: &Row) -> String {
        (self.facts().text)(row).unwrap_or_else(|| "–".to_owned())
    }

    /// Whether it has something to show of these rows: most races have no Hessian–vector products.
    pub fn is_seen(self, rows: &[Option<Row>]) -> bool {
        let Facts { value, is_rare, .. } = self.facts();
        !is_rare || rows.iter().flatten().any(|row| value(row).is_some_and(|value| value > 0.0))
    }

    /// Whether it is measured, and not counted.
    pub fn is_measured(self) -> bool {
        self.facts().noise.is_some()
    }

    /// Whether only rows that have finished can be best.
    pub fn needs_finish(self) -> bool {
        self.facts().needs == Needs::Finish
    }

    /// Up to which value a row is the best, of the rows that can be: the least one, and of what is measured those that are the same
    /// as far as is known. `None` where no one is, or there is no other to be better than.
    pub fn best(self, rows: &[Option<Row>]) -> Option<f64> {
        let Facts { value, needs, has_best, noise, .. } = self.facts();
        let able = rows.iter().flatten().filter(|row| needs.are_met_by(row));
        let least = able.filter_map(|row| Some((row, value(row)?))).min_by(|a, b| a.1.total_cmp(&b.1));
        let (row, least) = least.filter(|_| has_best && rows.len() > 1)?;
        Some(noise.and_then(|noise| noise(row)).unwrap_or(least))
    }
}
