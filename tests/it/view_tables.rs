//! Tables of views on the command line: each is what its view shows, or is refused with the command that has its numbers.

use std::fs;

use taylorscope::drawing::{Pane, PaneNumbers};

use crate::cli::say;

/// The header of the table of the runs.
const OF_RUNS: &str = "run,optimizer,step,x,y,loss";

#[test]
fn a_view_writes_its_own_table_or_names_who_does() {
    let folder = tempfile::tempdir().unwrap();
    let commands = say("--help").out;
    for pane in Pane::ALL {
        for ending in ["csv", "npz"] {
            let file = folder.path().join(format!("{}.{ending}", pane.id()));
            let landscape = if pane == Pane::Depth { "depth" } else { "tanh2" };
            let words = format!(
                "render -l {landscape} -o gd:lr=0.1 --start 1,1 --steps 3 --view {} --out {}",
                pane.id(),
                file.display()
            );
            let said = say(&words);
            if let PaneNumbers::Elsewhere(command) = pane.numbers() {
                assert_eq!(said.status, 2, "{words}: {}", said.err);
                assert!(said.err.contains(&format!("cannot hold --view {}", pane.id())), "{words}: {}", said.err);
                let named = command.map(|command| format!("`taylorscope {command}`"));
                assert!(named.is_none_or(|named| said.err.contains(&named)), "{words}: {}", said.err);
                assert!(command.is_none_or(|command| commands.contains(command)), "{command:?} is a command");
                assert!(!file.exists(), "{words}");
                continue;
            }
            assert_eq!(said.status, 0, "{words}: {}", said.err);
            if ending == "csv" {
                let table = fs::read_to_string(&file).unwrap();
                let is_of_runs = table.starts_with(OF_RUNS);
                assert_eq!(is_of_runs, pane.numbers() == PaneNumbers::Runs, "{words}: {table}");
            }
        }
    }
}
