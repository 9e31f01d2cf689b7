//! From a cgroup's id to its path, through the mounted cgroup file systems.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirEntryExt;
use std::path::{Path, PathBuf};

use bstr::{BString, ByteSlice};
use lunette_wire::{LEGACY_CGROUP, ROOT_CGROUP};

/// `FILEID_KERNFS` of linux/exportfs.h.
const FILEID_KERNFS: i32 = 0xfe;
/// Most directories that a walk looks at.
const MAX_WALK: usize = 65_536;

/// A file handle as open_by_handle_at(2) takes it, of a kernfs node.
#[repr(C)]
struct Handle {
    bytes: u32,
    kind: i32,
    id: u64,
}

/// A mounted hierarchy.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Hierarchy {
    mount: PathBuf,
    /// What of the hierarchy is mounted there; `/` is all of it.
    root: BString,
}

/// Why a cgroup's path can't be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoPath {
    /// There is no such cgroup any more, for certain.
    pub gone: bool,
    /// A sentence.
    pub reason: String,
}

/// The path of a cgroup by its id, as records have it: of the v2 hierarchy, or, with [`LEGACY_CGROUP`], of
/// v1's `pids` or else `memory`. Looks at files: not for an async task.
///
/// # Errors
/// Why it can't be had.
pub fn path_of(cgroup: u64) -> Result<BString, NoPath> {
    if cgroup == ROOT_CGROUP {
        return Ok("/".into());
    }
    let unseen = |reason: String| NoPath { gone: false, reason };
    let table = fs::read("/proc/self/mountinfo")
        .map_err(|error| unseen(format!("can't read the mount table: {error}")))?;
    let [unified, legacy] = hierarchies(&table);
    let (hierarchy, name) =
        if cgroup & LEGACY_CGROUP == 0 { (unified, "cgroup2") } else { (legacy, "cgroup v1 pids or memory") };
    let hierarchy = hierarchy
        .ok_or_else(|| unseen(format!("no {name} file system is mounted where the agent can see it")))?;
    let id = cgroup & !LEGACY_CGROUP;
    match hierarchy.by_handle(id) {
        Ok(path) => Ok(path),
        // The kernel's word for: no such node here.
        Err(error) if error.raw_os_error() == Some(libc::ESTALE) => {
            Err(NoPath { gone: true, reason: "the cgroup was gone before its path could be read".to_owned() })
        }
        // Without CAP_DAC_READ_SEARCH, or in a mount that shows only a part.
        Err(_) => hierarchy
            .by_walk(id)
            .ok_or_else(|| unseen("the cgroup is gone, or outside of what the agent sees".to_owned())),
    }
}

impl Hierarchy {
    fn by_handle(&self, id: u64) -> io::Result<BString> {
        let mount = File::open(&self.mount)?;
        let mut handle = Handle { bytes: 8, kind: FILEID_KERNFS, id };
        // SAFETY: `handle` begins as `struct file_handle` does and is followed by the 8 bytes that it
        // announces; it lives through the call.
        let fd = unsafe {
            libc::open_by_handle_at(
                mount.as_raw_fd(),
                (&raw mut handle).cast(),
                libc::O_PATH | libc::O_CLOEXEC,
            )
        };
        if fd < 0 {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: the call succeeded, so that the descriptor is open, and nobody else's.
        let fd = unsafe { OwnedFd::from_raw_fd(fd) };
        let seen = fs::read_link(format!("/proc/self/fd/{}", fd.as_raw_fd()))?;
        self.within(&seen).ok_or_else(|| io::Error::from_raw_os_error(libc::ENOENT))
    }

    /// On 64-bit kernels a cgroup's id is its directory's inode number.
    fn by_walk(&self, id: u64) -> Option<BString> {
        let mut waiting = vec![self.mount.clone()];
        let mut looked_at = 0;
        while let Some(directory) = waiting.pop() {
            let entries = fs::read_dir(&directory).into_iter().flatten().flatten();
            for entry in entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())) {
                if entry.ino() == id {
                    return self.within(&entry.path());
                }
                looked_at += 1;
                if looked_at > MAX_WALK {
                    return None;
                }
                waiting.push(entry.path());
            }
        }
        None
    }

    /// The path in the hierarchy of a path on the node.
    fn within(&self, seen: &Path) -> Option<BString> {
        let below = seen.strip_prefix(&self.mount).ok()?.as_os_str().as_bytes();
        // What the kernel adds to the name of a directory that is no more.
        if below.ends_with(b" (deleted)") {
            return None;
        }
        let mut path = self.root.to_vec();
        if !below.is_empty() {
            if !path.ends_with(b"/") {
                path.push(b'/');
            }
            path.extend_from_slice(below);
        }
        Some(path.into())
    }
}

/// v2's, and v1's `pids`, or `memory` where there is no `pids`; of each, the mount that shows most.
fn hierarchies(mountinfo: &[u8]) -> [Option<Hierarchy>; 2] {
    let mut kinds: [Option<Hierarchy>; 3] = Default::default();
    for line in mountinfo.lines() {
        let Some((kind, hierarchy)) = parse_line(line) else { continue };
        let slot = &mut kinds[kind];
        if slot.as_ref().is_none_or(|other| other.root.len() > hierarchy.root.len()) {
            *slot = Some(hierarchy);
        }
    }
    let [unified, pids, memory] = kinds;
    [unified, pids.or(memory)]
}

/// proc(5): `ID PARENT DEV ROOT MOUNT OPTIONS [TAGS…] - TYPE SOURCE OPTIONS`.
fn parse_line(line: &[u8]) -> Option<(usize, Hierarchy)> {
    let (mount, filesystem) = line.split_once_str(b" - ")?;
    let mut mount = mount.split_str(b" ").skip(3);
    let (root, mount) = (unescape(mount.next()?), unescape(mount.next()?));
    let mut filesystem = filesystem.split_str(b" ");
    let (kind, options) = (filesystem.next()?, filesystem.nth(1)?);
    let has = |name: &[u8]| options.split_str(b",").any(|option| option == name);
    let kind = match kind {
        b"cgroup2" => 0,
        b"cgroup" if has(b"pids") => 1,
        b"cgroup" if has(b"memory") => 2,
        _ => return None,
    };
    // A cgroup namespace's view from outside: its paths can't be told from here.
    if root.starts_with(b"/..") {
        return None;
    }
    Some((kind, Hierarchy { mount: PathBuf::from(OsStr::from_bytes(&mount)), root }))
}

/// Blanks and their kin stand as `\ooo`.
fn unescape(text: &[u8]) -> BString {
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        let octal = after
            .get(..3)
            .filter(|digits| byte == b'\\' && digits.iter().all(|digit| (b'0'..b'8').contains(digit)));
        match octal {
            Some(digits) => {
                plain.push(
                    digits.iter().fold(0u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit - b'0')),
                );
                rest = &after[3..];
            }
            None => {
                plain.push(byte);
                rest = after;
            }
        }
    }
    plain.into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    #[test]
    fn hybrid_mounts() {
        let table = b"30 24 0:26 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755\n\
            31 30 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n\
            32 30 0:28 / /sys/fs/cgroup/pids rw shared:2 - cgroup cgroup rw,pids\n\
            33 30 0:29 /docker/x /some\\040where rw - cgroup2 cgroup2 rw\n\
            34 30 0:29 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n\
            35 30 0:29 /../.. /x rw - cgroup2 cgroup2 rw\n\
            nonsense";
        let mounts = hierarchies(table).map(|hierarchy| hierarchy.unwrap().mount);
        assert_eq!(mounts, [Path::new("/sys/fs/cgroup/unified"), Path::new("/sys/fs/cgroup/pids")]);
        assert_eq!(unescape(b"/some\\040where\\"), "/some where\\");
    }

    #[test]
    fn a_mount_of_a_part_still_gives_whole_paths() {
        let part = Hierarchy { mount: "/sys/fs/cgroup".into(), root: "/docker/x".into() };
        assert_eq!(part.within(Path::new("/sys/fs/cgroup/below")).unwrap(), "/docker/x/below");
        assert_eq!(part.within(Path::new("/sys/fs/cgroup")).unwrap(), "/docker/x");
        let whole = Hierarchy { mount: "/sys/fs/cgroup".into(), root: "/".into() };
        assert_eq!(whole.within(Path::new("/sys/fs/cgroup/a/b")).unwrap(), "/a/b");
        assert_eq!(whole.within(Path::new("/sys/fs/cgroup")).unwrap(), "/");
        assert!(whole.within(Path::new("/elsewhere")).is_none());
    }

    #[test]
    fn cgroups_of_this_machine() {
        assert_eq!(path_of(ROOT_CGROUP).unwrap(), "/");
        let table = fs::read("/proc/self/mountinfo").unwrap();
        for (hierarchy, bit) in hierarchies(&table).into_iter().zip([0, LEGACY_CGROUP]) {
            let Some(hierarchy) = hierarchy else { continue };
            let name = format!("lunette-cgroupfs-{}", std::process::id());
            let own = hierarchy.mount.join(&name);
            if fs::create_dir(&own).is_err() {
                continue;
            }
            let id = fs::metadata(&own).unwrap().ino();
            let (whole, walked) = (path_of(id | bit), hierarchy.by_walk(id));
            fs::remove_dir(&own).unwrap();
            assert!(whole.unwrap().ends_with_str(&name));
            assert!(walked.unwrap().ends_with_str(&name));
            assert!(path_of(id | bit).is_err_and(|error| error.gone));
        }
    }
}
