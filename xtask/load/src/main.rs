//! The load of `cargo xtask bench`: small deeds repeated and timed, with nothing else going on in the process; and what
//! else of the bench needs bpf(2), so that xtask itself doesn't. Linked statically, so that it runs in any container.

mod deeds;
mod floor;
mod measure;
mod programs;
mod smallest;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::deeds::Kind;

#[derive(Parser)]
#[command(name = "lunette-load", about = "The load that `cargo xtask bench` measures with")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Repeat deeds, and print what each took as one line of JSON
    Measure {
        /// CPU to stay on
        #[arg(long)]
        cpu: usize,
        /// How long to repeat each, in milliseconds
        #[arg(long)]
        ms: u64,
        /// The file that is opened
        #[arg(long)]
        file: PathBuf,
        #[arg(required = true, value_enum)]
        kinds: Vec<Kind>,
    },
    /// Attach the programs of an object, say `ready`, and keep them attached until standard input ends
    Floor { object: PathBuf },
    /// Run a command, then print what the BPF programs of a process did meanwhile as one line of JSON
    Stats {
        /// Whose programs
        pid: u32,
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Print the names of the tracing programs that are loaded, one a line
    Loaded,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Measure { cpu, ms, file, kinds } => measure::run(cpu, Duration::from_millis(ms), &file, &kinds),
        Task::Floor { object } => floor::hold(&object),
        Task::Stats { pid, command } => programs::stats(pid, &command),
        Task::Loaded => programs::loaded(),
    }
}
