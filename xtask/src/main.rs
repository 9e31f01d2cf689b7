//! `cargo xtask`: sets up, builds, runs, tests and measures Lunette. It compiles before anything else does, so it has
//! few dependencies.

mod build;
mod machine;
mod setup;
mod shell;
mod toolchain;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    about = "Sets up, builds, runs and tests Lunette",
    max_term_width = 100
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing on this machine: an eBPF toolchain, runc, …
    Setup {
        /// What for
        #[arg(long = "for", value_enum, default_value_t = setup::Level::Test)]
        level: setup::Level,
    },
    /// Build the kernel programs, and the agent with them inside
    Build(build::Options),
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    match run(task) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    match task {
        Task::Setup { level } => {
            let toolchain = setup::run(&workspace, level)?;
            shell::say(&format!("everything is there: {}", toolchain.describe()));
            Ok(ExitCode::SUCCESS)
        }
        Task::Build(options) => build::run(&workspace, &options).map(|_| ExitCode::SUCCESS),
    }
}
