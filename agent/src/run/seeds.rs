//! What `/proc` says of a process that ran before the agent did.

use std::fs;
use std::io::Read as _;
use std::os::unix::ffi::OsStringExt as _;

use bstr::BString;
use lunette_wire::ARGS_MAX;

use crate::decode;
use crate::pipeline::Seed;

/// Reads it; what can't be read (the process has ended, or is the kernel's) is empty.
pub fn read(pid: u32) -> Seed {
    let link = |name: &str| {
        let target = fs::read_link(format!("/proc/{pid}/{name}"));
        BString::from(target.map(|t| t.into_os_string().into_vec()).unwrap_or_default())
    };
    let mut args = Vec::new();
    if let Ok(file) = fs::File::open(format!("/proc/{pid}/cmdline")) {
        let _ = file.take(ARGS_MAX as u64).read_to_end(&mut args);
    }
    Seed { exe: link("exe"), args: decode::args(&args), cwd: link("cwd") }
}

/// Splits what the task iterator wrote into its records.
pub fn records(mut bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let len = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
        let (record, rest) = bytes.split_at_checked(len.max(1))?;
        bytes = rest;
        Some(record)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_itself() {
        let seed = read(std::process::id());
        assert!(!seed.exe.is_empty() && !seed.args.is_empty() && seed.cwd.starts_with(b"/"));
        assert_eq!(read(u32::MAX), Seed::default());
    }

    #[test]
    fn damaged_bytes_end_the_records() {
        assert_eq!(records(&[4, 0, 0, 0, 9, 0, 0, 0, 1]).count(), 1);
        assert_eq!(records(&[0, 0, 0, 0, 0]).count(), 2);
        assert_eq!(records(&[]).count(), 0);
    }
}
