//! Which program a process runs: what a file is by its content, which applet of it, and whether that is a shell.

use bstr::{BStr, BString, ByteSlice};
use memchr::memmem;

use crate::event::{Image, ProgramKind};

/// Whether a file is a command interpreter or a program of many applets, from the bytes that make it one: the names of
/// built-in commands and variables that an interpreter can't do without, and banners.
///
/// Pure, and some ten passes of a vectorised search: under 1 ms for 3 MB. `file` may be cut; a shell's tables are
/// in its first few MB. Anything that is no ELF file is [`ProgramKind::Other`]: a script is run by its interpreter, and
/// that is the file to look at.
pub fn identify(file: &[u8]) -> ProgramKind {
    if !file.starts_with(b"\x7fELF") {
        return ProgramKind::Other;
    }
    let has = |needle: &[u8]| memmem::find(file, needle).is_some();
    if has(b"BusyBox v") && has(b"applet not found") {
        return ProgramKind::Multicall("busybox");
    }
    if has(b"multicall binary") && has(b"toybox") {
        return ProgramKind::Multicall("toybox");
    }
    // Every POSIX shell has `getopts` built in and keeps its place in OPTIND. posh alone does without aliases.
    if has(b"getopts\0") && has(b"OPTIND") && (has(b"unalias\0") || has(b"POSH_VERSION")) {
        const NAMES: [(&[u8], &str); 6] = [
            (b"BASH_VERSION\0", "bash"),
            (b"ZSH_VERSION\0", "zsh"),
            (b"MIRBSD KSH", "mksh"),
            (b"KSH_VERSION", "ksh"),
            (b"POSH_VERSION", "posh"),
            // dash names itself nowhere, but no other shell words its complaint about $((…)) like this.
            (b"arithmetic expression: %s: \"%s\"", "dash"),
        ];
        let name = NAMES.iter().find(|(needle, _)| has(needle)).map(|(_, name)| *name);
        return ProgramKind::Shell(name.unwrap_or(if has(YASH) { "yash" } else { "shell" }));
    }
    // The C shells: `onintr` and `rehash` are theirs alone.
    if has(b"onintr\0") && has(b"rehash\0") && has(b"unalias\0") {
        return ProgramKind::Shell(if has(b"tcsh\0") { "tcsh" } else { "csh" });
    }
    // fish has its own names as wide characters up to version 3; its other programs have no such option.
    if has(b"init-command") && (has(FISH) || has(b"__fish_config_dir")) {
        return ProgramKind::Shell("fish");
    }
    if has(b"src.elv.sh/pkg/shell") {
        return ProgramKind::Shell("elvish");
    }
    if has(b"Stand-alone shell (version") {
        return ProgramKind::Shell("sash");
    }
    if has(b"UPX!") {
        return ProgramKind::Unidentified("packed with UPX");
    }
    ProgramKind::Other
}

/// `YASH_VERSION` and `__fish_config` as 32-bit characters.
const YASH: &[u8] = b"Y\0\0\0A\0\0\0S\0\0\0H\0\0\0_\0\0\0V\0\0\0E\0\0\0R\0\0\0S\0\0\0";
const FISH: &[u8] =
    b"_\0\0\0_\0\0\0f\0\0\0i\0\0\0s\0\0\0h\0\0\0_\0\0\0c\0\0\0o\0\0\0n\0\0\0f\0\0\0i\0\0\0g\0\0\0";

/// A shell that an image turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shell<'a> {
    pub name: &'a BStr,
    pub evidence: Evidence,
}

/// What says that it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The file's content.
    Content,
    /// The applet of a program of many.
    Applet(&'static str),
    /// The file's name only: its content couldn't be looked at, for this reason.
    Name(&'static str),
    /// The name of the program that the dynamic loader was told to run.
    Loader,
}

/// The shell that a process runs, if it is one.
pub fn shell(image: &Image) -> Option<Shell<'_>> {
    if let Some((kind, applet)) = multicall(image) {
        return applet
            .filter(|name| is_shell_name(name))
            .map(|name| Shell { name, evidence: Evidence::Applet(kind) });
    }
    match image.kind.get() {
        Some(ProgramKind::Shell(name)) => Some(Shell { name: BStr::new(*name), evidence: Evidence::Content }),
        Some(ProgramKind::Multicall(_)) => None,
        Some(ProgramKind::Other) => loaded(image)
            .filter(|name| is_shell_name(name))
            .map(|name| Shell { name, evidence: Evidence::Loader }),
        unknown => {
            let reason = match unknown {
                Some(ProgramKind::Unidentified(reason)) => reason,
                _ => "not looked at yet",
            };
            // For a script the file name is the script's, which says nothing about what runs it.
            let given = if image.flags.script { BStr::new("") } else { basename(&image.filename) };
            // A file without a name of its own has only the one that its caller gave it.
            let nameless = image.flags.memfd || image.flags.deleted;
            let called = image.args.first().filter(|_| nameless).map_or(BStr::new(""), |arg| {
                let name = basename(arg);
                BStr::new(name.strip_prefix(b"-").unwrap_or(name))
            });
            [basename(&image.exe), given, called]
                .into_iter()
                .find(|name| is_shell_name(name))
                .map(|name| Shell { name, evidence: Evidence::Name(reason) })
                .or_else(|| {
                    let name = loaded(image).filter(|name| is_shell_name(name))?;
                    Some(Shell { name, evidence: Evidence::Loader })
                })
        }
    }
}

/// The applet that a program of many runs; `None` for other programs, and where no applet was asked for.
pub fn applet(image: &Image) -> Option<&BStr> {
    multicall(image).and_then(|(_, applet)| applet)
}

/// What a program is called: its applet, or the name of its file.
pub fn name(image: &Image) -> &BStr {
    match applet(image) {
        Some(applet) => applet,
        None if image.exe.is_empty() => basename(&image.filename),
        None => basename(&image.exe),
    }
}

/// The program of many that an image is, and the applet that was asked for.
fn multicall(image: &Image) -> Option<(&'static str, Option<&BStr>)> {
    let kind = match image.kind.get() {
        Some(ProgramKind::Multicall(kind)) => *kind,
        Some(ProgramKind::Shell(_) | ProgramKind::Other) => return None,
        Some(ProgramKind::Unidentified(_)) | None => {
            *["busybox", "toybox"].iter().find(|kind| basename(&image.exe).starts_with_str(kind))?
        }
    };
    // Both programs go by the last component of argv[0] without a login shell's leading dash; where that is their own
    // name, or begins with it, by the next argument, again and again.
    let mut args = image.args.iter();
    let first = match args.next() {
        Some(arg) => basename(arg),
        None => basename(&image.filename),
    };
    let mut applet = BStr::new(first.strip_prefix(b"-").unwrap_or(first));
    while applet.starts_with_str(kind) {
        match args.next() {
            Some(arg) if !arg.starts_with(b"-") => applet = basename(arg),
            _ => return Some((kind, None)),
        }
    }
    Some((kind, Some(applet)))
}

/// The program that the dynamic loader was told to run, where the image is the loader itself.
fn loaded(image: &Image) -> Option<&BStr> {
    let exe = basename(&image.exe);
    if !(exe.starts_with(b"ld-") || exe.starts_with(b"ld.so") || exe.starts_with(b"ld64.so")) {
        return None;
    }
    // Options of glibc's and musl's that take the next argument.
    const WITH_VALUE: [&[u8]; 7] = [
        b"--library-path",
        b"--inhibit-rpath",
        b"--audit",
        b"--preload",
        b"--argv0",
        b"--glibc-hwcaps-prepend",
        b"--glibc-hwcaps-mask",
    ];
    let mut args = image.args.iter().skip(1);
    while let Some(arg) = args.next() {
        if WITH_VALUE.contains(&arg.as_slice()) {
            args.next();
        } else if !arg.starts_with(b"-") {
            return Some(basename(arg));
        }
    }
    None
}

/// Last component of a path.
pub fn basename(path: &BString) -> &BStr {
    let start = path.rfind_byte(b'/').map_or(0, |slash| slash + 1);
    BStr::new(&path[start..])
}

const SHELL_NAMES: [&str; 31] = [
    "ash", "bash", "bsd-csh", "csh", "dash", "elvish", "fish", "hush", "ksh", "lash", "lksh", "loksh",
    "mksh", "msh", "nu", "oksh", "osh", "pdksh", "posh", "pwsh", "rbash", "rksh", "rzsh", "sash", "sh",
    "tcsh", "toysh", "xonsh", "yash", "ysh", "zsh",
];

/// Whether a name is a shell's, with or without a version (`zsh5`, `bash-5.2`) or `-static` after it.
fn is_shell_name(name: &BStr) -> bool {
    let name = name.strip_suffix(b"-static").unwrap_or(name);
    let end = name.trim_end_with(|char| char.is_ascii_digit() || matches!(char, '.' | '-'));
    SHELL_NAMES.iter().any(|shell| shell.as_bytes() == end)
}

#[cfg(test)]
mod tests;
