//! Finds out what the pipeline would like to know, beside it: who a cgroup is, what kind of program a file is.

use std::fs::File;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bstr::ByteSlice as _;
use lunette_wire::MountKey;
use tokio::sync::{Semaphore, mpsc};

use crate::detect::program::identify;
use crate::enrich::identity::{LookUp, Resolver};
use crate::enrich::programs::ProgramKey;
use crate::enrich::runtime::part;
use crate::event::{Container, MountRoot, ProgramKind, Subject};
use crate::pipeline::{ProgramRequest, Want};

/// Look-ups that run at the same time.
const AT_ONCE: usize = 16;
/// Most bytes of a program that are looked at.
const PROGRAM_MAX: u64 = 16 << 20;
/// `BTRFS_SUPER_MAGIC`: its files' device numbers are others than the kernel's own.
const BTRFS: i64 = 0x9123_683e;

/// An answer to a [`Want`].
#[derive(Debug)]
pub enum Found {
    /// A cgroup's subject, and the roots of its secret mounts: `None` where not all of them could be had.
    Identity(LookUp, Option<Vec<MountKey>>),
    Program(ProgramKey, ProgramKind),
}

/// Answers wants until nobody asks any more.
pub async fn serve(
    resolver: Arc<Resolver>,
    mut wants: mpsc::UnboundedReceiver<Want>,
    found: mpsc::UnboundedSender<Found>,
) {
    let permits = Arc::new(Semaphore::new(AT_ONCE));
    while let Some(want) = wants.recv().await {
        // Closed never: it is ours.
        let Ok(permit) = Arc::clone(&permits).acquire_owned().await else { return };
        let (resolver, found) = (Arc::clone(&resolver), found.clone());
        tokio::spawn(async move {
            let answer = match want {
                Want::Identity(request) => {
                    let mut found = resolver.look_up(request).await;
                    let mut mounts = None;
                    if let Subject::Container(container) = &found.answer.subject {
                        let container = (**container).clone();
                        // Looks at files: not for an async task.
                        let noted = tokio::task::spawn_blocking(move || note_secret_roots(container)).await;
                        if let Ok((container, keys)) = noted {
                            found.answer.subject = Subject::Container(Arc::new(container));
                            mounts = keys;
                        }
                    }
                    Some(Found::Identity(found, mounts))
                }
                Want::Program(request) => {
                    let key = request.key.clone();
                    let kind = tokio::task::spawn_blocking(move || look_at(&request)).await;
                    Some(Found::Program(
                        key,
                        kind.unwrap_or(ProgramKind::Unidentified("the look at it failed")),
                    ))
                }
                Want::Forget(_) => None,
            };
            if let Some(answer) = answer {
                // Nobody listens only when the agent ends.
                let _ = found.send(answer);
            }
            drop(permit);
        });
    }
}

/// Looks at what is mounted where the container's secrets are, and notes it in the container. Returns the roots as the
/// kernel program knows them, `None` when one of them can't be had.
fn note_secret_roots(mut container: Container) -> (Container, Option<Vec<MountKey>>) {
    // Where nobody has said what is mounted, secrets may be.
    if !container.sources.iter().any(|(part, _)| *part == part::MOUNTS) {
        return (container, None);
    }
    let mut keys = Some(Vec::new());
    for mount in container.mounts.iter_mut().filter(|mount| mount.secret.is_some()) {
        let inside = || {
            let root = PathBuf::from(format!("/proc/{}/root", container.init_pid));
            (container.init_pid != 0).then(|| root.join(mount.destination.trim_start_matches('/')))
        };
        let key = root_of(Path::new(&mount.source)).or_else(|| root_of(&inside()?));
        mount.root = key.map(|key| MountRoot { dev: key.dev, ino: key.ino });
        if key.is_none() {
            tracing::debug!(mount = mount.destination, "the root of a secret mount can't be looked at");
        }
        keys = keys.zip(key).map(|(mut keys, key)| {
            keys.push(key);
            keys
        });
    }
    (container, keys)
}

fn root_of(path: &Path) -> Option<MountKey> {
    if !path.is_absolute() {
        return None;
    }
    let metadata = std::fs::metadata(path).ok()?;
    let raw = std::ffi::CString::new(path.as_os_str().as_encoded_bytes()).ok()?;
    // SAFETY: all zeroes is a value of `statfs`; the path ends with NUL and lives through the call.
    let (result, fs) = unsafe {
        let mut fs: libc::statfs = std::mem::zeroed();
        (libc::statfs(raw.as_ptr(), &raw mut fs), fs)
    };
    if result != 0 || fs.f_type == BTRFS {
        return None;
    }
    let dev = metadata.dev();
    // MKDEV of the kernel.
    let dev = libc::major(dev) << 20 | libc::minor(dev);
    Some(MountKey { ino: metadata.ino(), dev, pad: 0 })
}

/// Looks at the file that was executed, by the ways that may still lead to it. What is found counts only if it begins as
/// the executed file did, and is as long.
fn look_at(request: &ProgramRequest) -> ProgramKind {
    let below = |root: String| {
        let exe = request.exe.strip_prefix(b"/")?.to_path().ok()?;
        Some(PathBuf::from(root).join(exe))
    };
    let ways = [
        Some(PathBuf::from(format!("/proc/{}/exe", request.pid))),
        (request.init_pid != 0).then(|| below(format!("/proc/{}/root", request.init_pid))).flatten(),
        (!request.rootfs.is_empty()).then(|| below(request.rootfs.clone())).flatten(),
    ];
    for way in ways.into_iter().flatten() {
        if let Some(content) = read_if_same(&way, &request.key) {
            return identify(&content);
        }
    }
    ProgramKind::Unidentified("its file couldn't be reached any more")
}

fn read_if_same(path: &Path, key: &ProgramKey) -> Option<Vec<u8>> {
    use std::os::unix::fs::OpenOptionsExt as _;
    // A container may have put a FIFO or a device there in the meantime.
    let file = File::options().read(true).custom_flags(libc::O_NONBLOCK | libc::O_NOCTTY).open(path).ok()?;
    let metadata = file.metadata().ok()?;
    if !metadata.is_file() || metadata.len() != key.file.size {
        return None;
    }
    let mut content = Vec::new();
    file.take(PROGRAM_MAX).read_to_end(&mut content).ok()?;
    let begin = key.head.len().min(content.len());
    (content[..begin] == key.head[..begin]).then_some(content)
}
