//! The floor: empty programs on the agent's hooks.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use aya::programs::BtfTracePoint;
use aya::{Btf, Ebpf};

/// Attaches the object's programs, each to the tracepoint that it is named after (`floor_` and the tracepoint), until
/// standard input ends.
pub fn hold(object: &Path) -> Result<()> {
    let mut ebpf =
        Ebpf::load_file(object).with_context(|| format!("cannot load the object {}", object.display()))?;
    let btf = Btf::from_sys_fs()?;
    for (name, program) in ebpf.programs_mut() {
        let program: &mut BtfTracePoint =
            program.try_into().with_context(|| format!("{name} is on no BTF tracepoint"))?;
        let tracepoint =
            name.strip_prefix("floor_").with_context(|| format!("{name} isn't named floor_*"))?;
        program.load(tracepoint, &btf).with_context(|| format!("cannot load {name}"))?;
        program.attach().with_context(|| format!("cannot attach {name}"))?;
    }
    println!("ready");
    std::io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}
