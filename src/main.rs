//! Starts the window or a command, nothing else.

use std::process::ExitCode;

use taylorscope::app;
use taylorscope::cli::{self, Hooks};

fn main() -> ExitCode {
    cli::run(&Hooks {
        window: app::window,
        render: app::render,
        film: app::begin_film,
        runs: app::runs,
        sweep: app::sweep,
        basins: app::basins,
        race: app::race,
        tournament: app::tournament,
        check: app::check,
        seconds: app::seconds,
    })
}
