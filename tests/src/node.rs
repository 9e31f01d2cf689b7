//! The machine under test: what it has, how commands are run on it, what is to be swept up.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

/// `None` when containers can be run here; else why not, for a test to print after `SKIP: `.
pub fn why_not(programs: &[&str]) -> Option<String> {
    // SAFETY: no arguments, no memory.
    if unsafe { libc::geteuid() } != 0 {
        return Some("needs root".to_owned());
    }
    let missing: Vec<&str> = programs.iter().copied().filter(|program| find(program).is_none()).collect();
    (!missing.is_empty()).then(|| format!("needs {} (on Debian: apt-get install them)", missing.join(", ")))
}

/// Where a program is, by `PATH` and the directories that daemons are in.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let directories = std::env::split_paths(&path).chain(["/usr/sbin", "/sbin", "/bin"].map(PathBuf::from));
    directories.map(|directory| directory.join(program)).find(|path| path.is_file())
}

/// Runs a command to its end and gives what it printed.
///
/// # Errors
/// With what it printed to stderr, when it fails.
pub fn run<S: AsRef<OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Result<String> {
    let path = find(program).with_context(|| format!("{program} isn't installed"))?;
    // In no particular directory: what it is shows in recordings.
    let output = Command::new(path)
        .args(arguments)
        .current_dir("/")
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("can't run {program}"))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        bail!("{program} failed ({}): {}", output.status, error.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Path of a process's cgroup as the kernel programs take it: the v2 hierarchy's, or, in its root, v1's
/// `pids`.
pub fn cgroup_of(pid: u32) -> Result<String> {
    let text = fs::read_to_string(format!("/proc/{pid}/cgroup"))?;
    let of = |controller: &str| {
        text.lines().find_map(|line| {
            let mut fields = line.splitn(3, ':').skip(1);
            let controllers = fields.next()?;
            controllers.split(',').any(|name| name == controller).then(|| fields.next().map(str::to_owned))?
        })
    };
    of("").filter(|path| path != "/").or_else(|| of("pids")).context("in no cgroup that is looked at")
}

/// Id of the cgroup, as [`cgroup_of`] has its path; v2 only.
pub fn cgroup_id(path: &str) -> Result<u64> {
    use std::os::unix::fs::MetadataExt;
    Ok(fs::metadata(unified()?.join(path.trim_start_matches('/')))?.ino())
}

/// Makes a cgroup in the v2 hierarchy, and gives its directory.
///
/// # Errors
/// When that isn't mounted, or can't be written.
pub fn make_cgroup(path: &str) -> Result<PathBuf> {
    let mount = unified()?;
    let directory = mount.join(path.trim_start_matches('/'));
    fs::create_dir_all(&directory)?;
    Ok(directory)
}

fn unified() -> Result<PathBuf> {
    let is_unified = |mount: &PathBuf| mount.join("cgroup.controllers").exists();
    hierarchies().into_iter().find(is_unified).context("cgroup v2 isn't mounted")
}

/// Mount points of all cgroup hierarchies.
fn hierarchies() -> Vec<PathBuf> {
    mounts().into_iter().filter(|(_, kind)| kind.starts_with("cgroup")).map(|(mount, _)| mount).collect()
}

/// Mount points with their file system's type, in the order in which they were mounted.
fn mounts() -> Vec<(PathBuf, String)> {
    let table = fs::read_to_string("/proc/self/mounts").unwrap_or_default();
    let parse = |line: &str| {
        let mut fields = line.split(' ').skip(1);
        Some((PathBuf::from(fields.next()?), fields.next()?.to_owned()))
    };
    table.lines().filter_map(parse).collect()
}

/// Undoes every mount at or below a directory, the last one first.
pub fn unmount_below(directory: &Path) {
    for (mount, _) in mounts().into_iter().rev().filter(|(mount, _)| mount.starts_with(directory)) {
        let Ok(path) = std::ffi::CString::new(mount.as_os_str().as_encoded_bytes()) else { continue };
        // SAFETY: a string that ends with NUL and lives through the call.
        unsafe { libc::umount2(path.as_ptr(), libc::MNT_DETACH) };
    }
}

/// Removes a cgroup and those below it from every hierarchy, as far as nothing is in them.
pub fn remove_cgroup(path: &str) {
    for mount in hierarchies() {
        remove_empty(&mount.join(path.trim_start_matches('/')));
    }
}

fn remove_empty(directory: &Path) {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
        remove_empty(&entry.path());
    }
    let _ = fs::remove_dir(directory);
}

/// Kills every process that has `text` in its command line, and waits until they are gone. `text` must be
/// something that nobody else's has: the path of a directory of one's own.
pub fn kill_with(text: &str) {
    let mut waited_for = BTreeSet::new();
    for _ in 0..200 {
        let found = processes_with(text);
        for pid in &found {
            if waited_for.insert(*pid) {
                // SAFETY: plain numbers.
                unsafe { libc::kill(*pid, libc::SIGKILL) };
            }
        }
        if found.is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

fn processes_with(text: &str) -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let own = std::process::id() as i32;
    pids.filter(|pid| *pid != own)
        .filter(|pid| {
            let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).contains(text)
        })
        .collect()
}
