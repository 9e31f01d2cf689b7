//! House rules that neither rustfmt nor clippy know. `cargo xtask lint` checks them, and so does this crate's test.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// A file that is longer has more than one job.
const MOST_LINES: usize = 600;
/// What `cargo xtask codegen` writes.
const GENERATED: &str = "proto/src/gen/";
/// Texts by others, kept word for word.
const VERBATIM: [&str; 3] = ["LICENSE", "ebpf/LICENSE-GPL-2.0", "Cargo.lock"];

/// Left behind by mistake; clippy misses them in the kernel programs, which it may not see.
const UNFINISHED: [&str; 3] = [concat!("todo", "!("), concat!("unimplemented", "!("), concat!("dbg", "!(")];
/// Where packages are downloaded from, and one machine's paths: neither is the project's business.
const FOREIGN: [&str; 4] = [
    concat!("crates", ".io"),
    concat!("deb.debian", ".org"),
    concat!("static.rust-lang", ".org"),
    concat!("/work", "/"),
];

/// Checks every file of the checkout that git knows or doesn't ignore.
pub(crate) fn check(root: &Path) -> Result<()> {
    let list = shell::output(
        Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root),
    )?;
    let mut faults = Vec::new();
    for name in list.split('\0').filter(|name| !name.is_empty()) {
        let path = root.join(name);
        // Deleted, but not committed yet.
        if !path.is_file() {
            continue;
        }
        let content = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if let Ok(text) = String::from_utf8(content) {
            faults.extend(faults_in(name, &text));
        }
    }
    if !faults.is_empty() {
        bail!("{} of the house rules are broken:\n  {}", faults.len(), faults.join("\n  "));
    }
    Ok(())
}

fn faults_in(name: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if name.starts_with(GENERATED) || VERBATIM.contains(&name) {
        return faults;
    }
    let is_rust = name.ends_with(".rs");
    let lines = text.lines().count();
    if is_rust && lines > MOST_LINES {
        faults.push(format!("{name}: {lines} lines; split what is over {MOST_LINES}"));
    }
    if name.ends_with("Cargo.toml")
        && !text.contains("[lints]\nworkspace = true")
        && !text.contains("[workspace]")
    {
        faults.push(format!(
            "{name}: doesn't take the workspace's lints: add `[lints]` with `workspace = true`"
        ));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        faults.push(format!("{name}: doesn't end in a line end"));
    }
    for (number, line) in (1..).zip(text.lines()) {
        if line.ends_with([' ', '\t', '\r']) {
            faults.push(format!("{name}:{number}: white space at the end of the line"));
        }
        let unfinished = UNFINISHED.iter().filter(|_| is_rust);
        for word in unfinished.chain(&FOREIGN).filter(|word| line.contains(**word)) {
            faults.push(format!("{name}:{number}: `{word}` doesn't belong here"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checkout_is_tidy() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        check(root).unwrap();
    }

    #[test]
    fn sees_what_it_is_there_for() {
        let count = |name: &str, text: &str| faults_in(name, text).len();
        assert_eq!(count("a.rs", "fn f() {}\n"), 0);
        assert_eq!(count("a.rs", &"\n".repeat(MOST_LINES + 1)), 1);
        assert_eq!(count("proto/src/gen/a.rs", &"\n".repeat(MOST_LINES + 1)), 0);
        assert_eq!(count("a.md", "no end"), 1);
        assert_eq!(count("a.md", "trailing \n"), 1);
        assert_eq!(count("a.rs", concat!("todo", "!()\n")), 1);
        assert_eq!(count("a.md", concat!("https://crates", ".io\n")), 1);
        assert_eq!(count("x/Cargo.toml", "[package]\n"), 1);
        assert_eq!(count("x/Cargo.toml", "[lints]\nworkspace = true\n"), 0);
    }
}
