use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::*;

fn elf(strings: &[&[u8]]) -> Vec<u8> {
    let mut file = b"\x7fELF\x02\x01\x01".to_vec();
    for string in strings {
        file.extend_from_slice(&[0; 8]);
        file.extend_from_slice(string);
    }
    file
}

#[test]
fn tells_by_content() {
    let posix: [&[u8]; 3] = [b"getopts\0", b"unalias\0", b"OPTIND\0"];
    let with = |more: &[u8]| identify(&elf(&[posix.as_slice(), &[more]].concat()));
    assert_eq!(with(b""), ProgramKind::Shell("shell"));
    assert_eq!(with(b"BASH_VERSION\0"), ProgramKind::Shell("bash"));
    assert_eq!(with(YASH), ProgramKind::Shell("yash"));
    // busybox has a shell's strings too.
    assert_eq!(with(b"BusyBox v1.35.0\0applet not found\0"), ProgramKind::Multicall("busybox"));
    assert_eq!(identify(&elf(&[b"getopts\0", b"OPTIND\0"])), ProgramKind::Other);
    assert_eq!(identify(&elf(&[b"UPX!"])), ProgramKind::Unidentified("packed with UPX"));
    assert_eq!(identify(b"#!/bin/sh\ngetopts\0unalias\0OPTIND\0"), ProgramKind::Other);
    assert_eq!(identify(b""), ProgramKind::Other);
}

#[test]
fn tells_the_shells_of_this_machine() {
    for (path, kind) in [
        ("/bin/dash", ProgramKind::Shell("dash")),
        ("/bin/bash", ProgramKind::Shell("bash")),
        ("/bin/busybox", ProgramKind::Multicall("busybox")),
        ("/bin/cat", ProgramKind::Other),
    ] {
        // Not every distribution has each of them.
        if let Ok(file) = std::fs::read(path) {
            assert_eq!(identify(&file), kind, "{path}");
        }
    }
}

/// Looks at every program under the directories in `LUNETTE_PROGRAMS` (separated by `:`), and prints which are taken
/// for shells.
#[test]
#[ignore = "for looking over a machine's programs by hand"]
fn lists_shells() {
    let mut todo: Vec<PathBuf> = std::env::var("LUNETTE_PROGRAMS")
        .unwrap_or("/usr/bin:/usr/sbin".into())
        .split(':')
        .map(PathBuf::from)
        .collect();
    let mut files = 0u32;
    let mut slowest = (std::time::Duration::ZERO, PathBuf::new());
    while let Some(path) = todo.pop() {
        let Ok(meta) = path.symlink_metadata() else { continue };
        if meta.is_dir() {
            todo.extend(std::fs::read_dir(&path).into_iter().flatten().flatten().map(|entry| entry.path()));
        } else if meta.is_file() && meta.len() > 4 {
            let Some(file) = first_megabytes(&path) else { continue };
            let start = std::time::Instant::now();
            let kind = identify(&file);
            slowest = slowest.max((start.elapsed(), path.clone()));
            files += 1;
            if kind != ProgramKind::Other {
                println!("{kind:?} {} {} KiB", path.display(), file.len() >> 10);
            }
        }
    }
    println!("{files} ELF files, slowest {slowest:?}");
}

fn first_megabytes(path: &Path) -> Option<Vec<u8>> {
    let mut file = File::open(path).ok()?;
    let mut bytes = vec![0; 4];
    file.read_exact(&mut bytes).ok()?;
    if bytes != b"\x7fELF" {
        return None;
    }
    file.take(16 << 20).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
