//! The Rust of the gRPC APIs, made from their `.proto` files and committed. The generator is a crate of its own, so that
//! no other task waits for its many dependencies.

use std::process::Command;

use anyhow::{Context, Result, bail};

/// Generates `proto/src/gen` anew. With `check`, changes nothing and fails if what is there differs.
pub fn run(check: bool) -> Result<()> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--package", "lunette-codegen", "--"]);
    if check {
        cargo.arg("--check");
    }
    if !cargo.status().context("can't run cargo")?.success() {
        bail!("the generated gRPC code is not in order; what is wrong stands above");
    }
    Ok(())
}
