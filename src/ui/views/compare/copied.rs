//! The table of the race as text for other programs: Markdown, LaTeX, CSV, or the command line that makes it.

use super::controls::criterion_in_words;
use super::names::{labels, names};
use crate::numbers::numerals::{parameter, rough};
use crate::optimizers::CostModel;
use crate::state::{CompareColumn, Comparison, State, race_command};
use crate::studies::Tune;

/// A form of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Markdown,
    Latex,
    Csv,
    Command,
}

impl Form {
    pub(super) const ALL: [Self; 4] = [Self::Markdown, Self::Latex, Self::Csv, Self::Command];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Markdown => "as Markdown",
            Self::Latex => "as LaTeX",
            Self::Csv => "as CSV",
            Self::Command => "as a command",
        }
    }
}

/// The table with every column, in the order of the runs.
pub(super) fn text(state: &State, comparison: &Comparison<'_>, form: Form) -> String {
    if form == Form::Command {
        return race_command(comparison.race.question(), comparison.rows.len());
    }
    let weights = comparison.race.question().landscape.dimension().count();
    let headings = CompareColumn::ALL.map(|column| column.heading(weights));
    let headings = std::iter::once("run".to_owned()).chain(headings).chain(["ends at".to_owned()]);
    let rows = comparison.rows.iter().enumerate().map(|(place, row)| {
        let number = |column: CompareColumn| match (row, form) {
            (None, _) => String::new(),
            // A number for a program, all its digits.
            (Some(row), Form::Csv) => column.value(row).map_or_else(String::new, |value| value.to_string()),
            (Some(row), _) => column.text(row),
        };
        let end = row.as_ref().map_or_else(String::new, |row| comparison.race.end_in_words(row));
        let cells = CompareColumn::ALL.map(number);
        let card = comparison.cards.get(place).and_then(|id| state.document.card(*id));
        let [whole, _] = labels(comparison, place);
        let name = card.map_or(whole, |card| names(state, comparison, place, card)[0].clone());
        std::iter::once(name).chain(cells).chain([end]).collect::<Vec<String>>()
    });
    let rows: Vec<Vec<String>> = std::iter::once(headings.collect()).chain(rows).collect();
    let caption = caption(state, comparison);
    match form {
        Form::Markdown => format!("{caption}\n\n{}", markdown(&rows)),
        Form::Latex => format!("% {caption}\n{}", latex(&rows)),
        Form::Csv | Form::Command => format!("# {caption}\n{}", csv(&rows)),
    }
}

/// What the numbers hold for: the criterion, n, what a Hessian–vector product is charged, the rates, and what is counted.
fn caption(state: &State, comparison: &Comparison<'_>) -> String {
    let CostModel { weights, hessian_vector } = comparison.finish.model;
    let until = criterion_in_words(state);
    let rates = match comparison.race.question().tune {
        Tune::Nothing => "rates as set",
        Tune::Rate => "each at its best η",
        Tune::RateAndMomentum => "each at its best η and β",
    };
    let walked = comparison.race.question().landscape.dimension().count();
    let unit = |column: CompareColumn| Some(format!("{} in {}", column.heading(walked), column.unit()?));
    let units = CompareColumn::ALL.into_iter().filter_map(unit);
    format!(
        "{}, {until}; n = {} weights; Hv = {} gradients; {rates}; {}",
        comparison.race.question().landscape,
        rough(weights),
        parameter(hessian_vector),
        units.collect::<Vec<_>>().join(", ")
    )
}

fn markdown(rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let Some((head, body)) = rows.split_first() else { return String::new() };
    let rule = format!("|---|{}\n", "---:|".repeat(head.len() - 1));
    line(head) + &rule + &body.iter().map(|row| line(row)).collect::<String>()
}

fn latex(rows: &[Vec<String>]) -> String {
    let Some((head, body)) = rows.split_first() else { return String::new() };
    let line = |cells: &Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| in_latex(cell)).collect();
        format!("{} \\\\\n", cells.join(" & "))
    };
    let columns = "r".repeat(head.len() - 2);
    let body: String = body.iter().map(line).collect();
    format!("\\begin{{tabular}}{{l{columns}l}}\n\\hline\n{}\\hline\n{body}\\hline\n\\end{{tabular}}\n", line(head))
}

/// Text as LaTeX sets it, powers of ten in mathematics.
fn in_latex(text: &str) -> String {
    let mut out = String::new();
    let mut power = String::new();
    for letter in text.chars().chain(['\0']) {
        if let Some(digit) = superscript(letter) {
            power.push(digit);
            continue;
        }
        if !power.is_empty() {
            out.extend(["$^{", power.as_str(), "}$"]);
            power.clear();
        }
        match letter {
            '\0' => {}
            '·' => out.push_str("$\\cdot$"),
            '−' => out.push_str("$-$"),
            '∇' => out.push_str("$\\nabla$"),
            'η' => out.push_str("$\\eta$"),
            'β' => out.push_str("$\\beta$"),
            'µ' => out.push_str("$\\mu$"),
            '–' => out.push_str("--"),
            '%' | '&' | '_' | '#' | '$' => out.extend(['\\', letter]),
            other => out.push(other),
        }
    }
    out
}

fn superscript(letter: char) -> Option<char> {
    let index = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|digit| digit == letter);
    match letter {
        '⁻' => Some('-'),
        _ => index.and_then(|index| char::from_digit(index as u32, 10)),
    }
}

fn csv(rows: &[Vec<String>]) -> String {
    let quoted = |cell: &String| {
        if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_can_be_pasted() {
        let rows = [["run", "work at n"], ["A, B|C", "6.70·10⁻⁸"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(markdown(&rows), "| run | work at n |\n|---|---:|\n| A, B\\|C | 6.70·10⁻⁸ |\n");
        assert_eq!(csv(&rows), "run,work at n\n\"A, B|C\",6.70·10⁻⁸\n");
        assert!(latex(&rows).contains("A, B|C & 6.70$\\cdot$10$^{-8}$ \\\\\n"), "{}", latex(&rows));
        assert!(latex(&rows).starts_with("\\begin{tabular}{ll}\n"));
    }
}
