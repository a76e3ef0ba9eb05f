//! Starts the command line, and through it the window.

use std::process::ExitCode;

use taylorscope::cli::{self, Hooks, RenderRequest, WindowRequest};

fn main() -> ExitCode {
    cli::run(&Hooks { window, render })
}

fn window(_: &WindowRequest) -> anyhow::Result<()> {
    anyhow::bail!("this build has no window yet\n`taylorscope --help` names the commands that need none")
}

fn render(_: &RenderRequest) -> anyhow::Result<Vec<u8>> {
    anyhow::bail!("this build cannot draw pictures yet")
}
