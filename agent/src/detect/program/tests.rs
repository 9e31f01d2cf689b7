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
