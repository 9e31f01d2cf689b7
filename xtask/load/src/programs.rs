//! What BPF programs there are, and what they did.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use aya::programs::loaded_programs;
use aya::sys::{Stats, enable_stats};
use serde_json::{Value, json};

/// `BPF_PROG_TYPE_TRACING`.
const TRACING: u32 = 26;

/// Runs the command while the kernel takes the time of each program, and prints
/// `{PROGRAM: {"runs": how often it ran, "ns": how long in all}}` for those that `pid` holds.
pub fn stats(pid: u32, command: &[String]) -> Result<()> {
    // For as long as this is open.
    let _stats = enable_stats(Stats::RunTime).context("the kernel doesn't take the programs' time")?;
    let before = runs(pid)?;
    let (program, arguments) = command.split_first().context("there is no command")?;
    let status =
        Command::new(program).args(arguments).status().with_context(|| format!("cannot run {program}"))?;
    ensure!(status.success(), "{program} failed ({status})");
    let after = runs(pid)?;
    let names = names();
    let spent: serde_json::Map<String, Value> = after
        .into_iter()
        .filter_map(|(id, (runs, ns))| {
            let (runs_before, ns_before) = before.get(&id).copied().unwrap_or_default();
            let spent = json!({ "runs": runs - runs_before, "ns": ns - ns_before });
            Some((names.get(&id)?.clone(), spent))
        })
        .collect();
    println!("{}", Value::Object(spent));
    Ok(())
}

/// Runs, and nanoseconds, of each program that the process holds a descriptor of, by the program's id.
fn runs(pid: u32) -> Result<BTreeMap<u32, (u64, u64)>> {
    let directory = format!("/proc/{pid}/fdinfo");
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(&directory).with_context(|| format!("cannot read {directory}"))? {
        // Closed in the meantime, perhaps.
        let Ok(text) = fs::read_to_string(entry?.path()) else { continue };
        let field = |name: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            value.trim().parse::<u64>().ok()
        };
        if let (Some(id), Some(runs), Some(ns)) = (field("prog_id"), field("run_cnt"), field("run_time_ns")) {
            found.insert(id as u32, (runs, ns));
        }
    }
    Ok(found)
}

fn names() -> BTreeMap<u32, String> {
    loaded_programs()
        .flatten()
        .map(|program| (program.id(), String::from_utf8_lossy(program.name()).into_owned()))
        .collect()
}

/// Prints the names of all tracing programs.
pub fn loaded() -> Result<()> {
    for program in loaded_programs() {
        let program = program.context("the loaded programs can't be listed")?;
        if program.program_type() as u32 == TRACING {
            println!("{}", String::from_utf8_lossy(program.name()));
        }
    }
    Ok(())
}
