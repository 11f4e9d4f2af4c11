//! Parses the command line and calls.

use std::process::ExitCode;

use aftercare::cli::{Cli, run};
use clap::Parser;

fn main() -> ExitCode {
    run(Cli::parse())
}
