//! `cargo xtask`: sets up, builds, runs, tests and measures Lunette. It compiles before anything else does, so it has
//! few dependencies.

mod agent;
mod bench;
mod build;
mod codegen;
mod demo;
mod lint;
mod machine;
mod process;
mod run;
mod setup;
mod shell;
mod test;
mod tidy;
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
    /// Set up what is missing, build, start the agent, show a demonstration, and watch until Ctrl-C
    Run(run::Options),
    /// Set up what is missing, build, and run the tests
    Test(test::Options),
    /// Set up what is missing, build, and measure what the agent costs on this machine
    Bench(bench::Options),
    /// Generate the gRPC code from the .proto files
    Codegen {
        /// Change nothing; fail if what is committed isn't what would be generated
        #[arg(long)]
        check: bool,
    },
    /// Check formatting, clippy and the house rules
    Lint,
    /// Do the demonstration's deeds with nobody watching
    #[command(hide = true)]
    DemoContainer,
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    match run(task) {
        Ok(code) => code,
        Err(error) => match error.downcast_ref::<process::Interrupted>() {
            // Whoever did it knows.
            Some(interrupted) => ExitCode::from(interrupted.code()),
            None => {
                eprintln!("error: {error:#}");
                ExitCode::FAILURE
            }
        },
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
        Task::Run(options) => run::run(&workspace, &options),
        Task::Test(options) => test::run(&workspace, &options),
        Task::Bench(options) => bench::run(&workspace, &options),
        Task::Codegen { check } => codegen::run(check).map(|()| ExitCode::SUCCESS),
        Task::Lint => lint::run(&workspace),
        Task::DemoContainer => demo::container_alone(&workspace).map(|()| ExitCode::SUCCESS),
    }
}
