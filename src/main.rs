//! Parses the command line and calls.

use std::process::ExitCode;

use aftercare::cli::{Cli, run};
use clap::Parser;

// Chosen by measurement: a detail took a third less processor time than with the system's, and memory a quarter less.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    run(Cli::parse())
}
