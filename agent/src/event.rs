//! What flows through the pipeline once a record is decoded: processes, who they belong to, and what they did.
//!
//! All text that comes from the kernel is bytes ([`BString`]): names in Linux are bytes, and whoever we watch chooses
//! them. It is matched as bytes and escaped where it leaves (`export`).

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use bstr::BString;
use serde::{Deserialize, Serialize};

use crate::recording::{interned, interned_keys, interned_pairs};

/// Names a process once and for all: pids are reused, pid and start time aren't.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProcessKey {
    /// Process id (thread group) in the initial pid namespace.
    pub pid: u32,
    /// Start, in nanoseconds of `CLOCK_BOOTTIME`.
    pub start_ns: u64,
}

/// One thing that happened, with who did it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Position in this run's stream, from 1, without gaps: a subscriber that misses one can tell.
    pub seq: u64,
    /// When it happened, nanoseconds of `CLOCK_BOOTTIME`.
    pub boot_ns: u64,
    /// The same as wall time, nanoseconds since 1970-01-01T00:00:00Z.
    pub unix_ns: u64,
    /// Absent only for what no process did ([`Deed::Loss`]).
    pub actor: Option<Actor>,
    pub deed: Deed,
}

/// The process that did it, as it stood at that moment.
#[derive(Clone, Debug)]
pub struct Actor {
    pub process: Arc<Process>,
    pub credentials: Credentials,
    /// Thread id.
    pub tid: u32,
    /// `task_struct.comm`: anyone can set it, so never more than a hint.
    pub comm: BString,
    pub namespaces: Namespaces,
    /// Container, host or unknown, by the cgroup that the task was in at that moment.
    pub subject: Subject,
}

/// User and group ids in the initial user namespace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    pub uid: u32,
    pub gid: u32,
    pub euid: u32,
    pub egid: u32,
}

/// Inode numbers of the namespaces (`/proc/PID/ns/*`); 0 where unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespaces {
    pub mnt: u32,
    pub pid: u32,
    pub net: u32,
    pub user: u32,
}

/// A process and the program it runs. It never changes: an exec makes a new one under the same key.
#[derive(Clone, Debug)]
pub struct Process {
    pub key: ProcessKey,
    /// Who made it; where that wasn't seen, its real parent when it was first seen. `None` where there is none.
    pub parent: Option<ProcessKey>,
    /// Process id in its own pid namespace; 1 is that namespace's init. 0 where unknown.
    pub ns_pid: u32,
    /// cgroup (kernfs id) that it was in when it last forked or executed.
    pub cgroup: u64,
    /// The program, shared by all that were forked from it.
    pub image: Arc<Image>,
    pub origin: Origin,
    pub source: ProcessSource,
}

/// The program that a process runs, as of its exec.
#[derive(Clone, Debug, Default)]
pub struct Image {
    /// Real path of the file, in the mount namespace of whoever executed it. For a script, of its interpreter.
    pub exe: BString,
    /// The name that was given to the kernel: for a script, the script.
    pub filename: BString,
    /// What runs the script, where the file is one.
    pub interpreter: Option<BString>,
    pub args: Vec<BString>,
    /// Length of all arguments in bytes when they were cut; `None` when `args` is complete.
    pub args_cut_from: Option<u32>,
    pub cwd: BString,
    /// What of the above was cut or couldn't be read: `exe`, `filename`, `args`, `cwd`.
    pub incomplete: Vec<&'static str>,
    pub file: FileId,
    pub cap_effective: u64,
    pub cap_permitted: u64,
    /// Audit login uid, where set.
    pub loginuid: Option<u32>,
    /// Audit session id, where set.
    pub sessionid: Option<u32>,
    pub flags: ImageFlags,
    /// First bytes of the file (its ELF header), for telling copies of a program by more than their name. Empty where
    /// unknown.
    pub head: Box<[u8]>,
    /// cgroup (kernfs id) at the time of the exec: 0 where unknown.
    pub exec_cgroup: u64,
    /// Mount namespace at the time of the exec: 0 where unknown.
    pub exec_mnt_ns: u32,
    /// What kind of program the file is, by its content: set once, when the file has been looked at.
    pub kind: OnceLock<ProgramKind>,
}

/// One of a few fixed words.
pub type Word = &'static str;

/// What kind of program a file is, found from its content and not from its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ProgramKind {
    /// A command interpreter: `bash`, `dash`, `zsh`, …, or `shell` where it is none that has a name here.
    Shell(#[serde(deserialize_with = "interned")] Word),
    /// Many programs in one file, told apart by the name they are called by: `busybox`, `toybox`.
    Multicall(#[serde(deserialize_with = "interned")] Word),
    Other,
    /// The file couldn't be looked at, and why; only its name is left to go by.
    Unidentified(#[serde(deserialize_with = "interned")] Word),
}

/// Identity of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct FileId {
    /// Device as the kernel has it (`major << 20 | minor`); 0 where unknown.
    pub dev: u32,
    pub ino: u64,
    pub size: u64,
    /// `i_mode`.
    pub mode: u32,
    pub nlink: u32,
    /// `super_block.s_magic`.
    pub fs_magic: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImageFlags {
    /// It has a controlling terminal.
    pub tty: bool,
    /// Set-uid, set-gid or file capabilities took effect.
    pub secure_exec: bool,
    /// The file is in no directory: a memfd, or an unnamed temporary file.
    pub memfd: bool,
    /// The file had been deleted.
    pub deleted: bool,
    /// A script, or a binfmt_misc handler.
    pub script: bool,
}

/// How a process came to be in its container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Not in a container.
    Host,
    /// The container's own first program.
    Entrypoint,
    /// A descendant of the entrypoint.
    Spawned,
    /// Brought in from outside (`kubectl exec`, `runc exec`, `nsenter`), or a descendant of such a process.
    ExecInto,
    /// The container runtime's own helper, inside the container's cgroup but before its exec of the user's program.
    Runtime,
    /// Not known, as for what ran before the agent started.
    Unknown,
}

impl Origin {
    /// As it stands in JSON and in the API's documentation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Entrypoint => "entrypoint",
            Self::Spawned => "spawned",
            Self::ExecInto => "exec-into",
            Self::Runtime => "runtime",
            Self::Unknown => "unknown",
        }
    }
}

/// Where the knowledge of a process comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProcessSource {
    /// Its exec was seen.
    Exec,
    /// Its fork was seen; the image is its parent's.
    Fork,
    /// Read from `/proc`: it ran before the agent did, or its record was lost.
    Procfs,
    /// Only what the record itself says; the image is empty.
    Record,
}

/// Whom a deed is put down to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Subject {
    Host(Arc<Host>),
    Container(Arc<Container>),
    /// Neither is certain; the reason is for people to read.
    Unknown(Arc<Unknown>),
}

impl Subject {
    pub fn container(&self) -> Option<&Arc<Container>> {
        match self {
            Self::Container(container) => Some(container),
            Self::Host(_) | Self::Unknown(_) => None,
        }
    }
}

/// A process of the node itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Host {
    /// systemd unit, where its cgroup names one (`sshd.service`, `session-2.scope`).
    pub unit: Option<String>,
    pub cgroup_path: BString,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    /// Empty when not even that is known.
    pub cgroup_path: BString,
    pub reason: String,
}

/// A container, as far as it is known. A part that isn't known is empty and named in `missing`, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Container {
    /// The runtime's id.
    pub id: String,
    /// Name: the pod spec's, or the runtime's.
    pub name: String,
    /// `containerd`, `cri-o`, `docker`, `podman`, `runc`, …
    pub runtime: String,
    /// Image as it was asked for (`docker.io/library/nginx:1.27`).
    pub image: String,
    /// `sha256:…` of the image that runs.
    pub image_digest: String,
    pub labels: Vec<(String, String)>,
    pub pod: Option<Pod>,
    /// Pid of its first process in the initial namespace; 0 where unknown.
    pub init_pid: u32,
    /// Its root file system as the host has it; empty where unknown.
    pub rootfs: String,
    pub mounts: Vec<Mount>,
    /// Where each known part came from, as (`pod`, `cri`), (`image`, `containerd`), (`id`, `cgroup`), …
    #[serde(deserialize_with = "interned_pairs")]
    pub sources: Vec<(&'static str, &'static str)>,
    /// Each part that isn't known, and why, as (`image`, "runc keeps no image name").
    #[serde(deserialize_with = "interned_keys")]
    pub missing: Vec<(&'static str, String)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pod {
    pub name: String,
    pub namespace: String,
    pub uid: String,
    pub labels: Vec<(String, String)>,
}

/// One line of the runtime's mount list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mount {
    /// Path on the node, or a file system's name (`tmpfs`).
    pub source: String,
    /// Path in the container, cleaned (no trailing `/`, `/var/run` as written).
    pub destination: String,
    /// What says that this mount holds secrets; `None` when nothing does.
    pub secret: Option<SecretMount>,
    /// The directory or file that is mounted; known of mounts that hold secrets, where it could be looked at.
    pub root: Option<MountRoot>,
}

/// Identity of what is mounted, for as long as it is mounted: file systems that come later use its numbers again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MountRoot {
    /// Device as the kernel has it (`major << 20 | minor`).
    pub dev: u32,
    pub ino: u64,
}

/// What says that a mount holds secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum SecretMount {
    /// kubelet's directory for Secret volumes (`…/volumes/kubernetes.io~secret/NAME`).
    KubernetesSecret,
    /// kubelet's directory for projected volumes, where service account tokens are.
    Projected,
    /// A secrets-store CSI volume.
    Csi,
    /// `/run/secrets` of Docker, Podman and BuildKit.
    RunSecrets,
    /// The configuration's `secrets.mounts`.
    Configured,
}

#[derive(Clone, Debug)]
pub enum Deed {
    Exec,
    /// The child.
    Fork(ProcessKey),
    Exit(Exit),
    Open(Open),
    Connect(Connect),
    Outcome(Outcome),
    Send(Send),
    /// Something wasn't seen.
    Loss(Loss),
}

impl Deed {
    /// The name of its kind, as filters and JSON have it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Exec => "exec",
            Self::Fork(_) => "fork",
            Self::Exit(_) => "exit",
            Self::Open(_) => "open",
            Self::Connect(_) => "connect",
            Self::Outcome(_) => "outcome",
            Self::Send(_) => "send",
            Self::Loss(_) => "loss",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    /// What it passed to `exit`; `None` when a signal ended it.
    pub status: Option<u8>,
    /// The signal that ended it.
    pub signal: Option<u8>,
}

/// A regular file was opened for reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Real path from the root of the mount namespace that its mount is in; for a detached mount, from that mount's root.
    pub path: BString,
    /// Where its mount's root is inside its own file system (`/` when it is the root), as in `/proc/PID/mountinfo`.
    pub mount_root: BString,
    /// `O_*`.
    pub flags: u32,
    pub file: FileId,
    /// Inode of the mount's root: with `file.dev`, the identity of the mounted directory or file.
    pub mount_ino: u64,
    /// `path` was longer than the kernel program follows: its beginning is missing.
    pub cut: bool,
    /// The mount is in no mount namespace.
    pub detached: bool,
    pub deleted: bool,
    /// It was reached through one of its container's mounts that hold secrets, going by what is mounted: true whatever path
    /// leads to it.
    pub on_secret_mount: bool,
}

/// Transport protocols that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    Tcp,
    Udp,
    Sctp,
    /// Its `IPPROTO_*` number.
    Other(u16),
}

/// Two ends of a connection or a datagram. v4-mapped v6 addresses are v4 here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Flow {
    pub protocol: Protocol,
    pub remote: IpAddr,
    pub remote_port: u16,
    /// Unspecified where not chosen yet.
    pub local: IpAddr,
    /// 0 where not chosen yet.
    pub local_port: u16,
}

/// A TCP connection was begun, or couldn't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connect {
    /// Names the connection; its outcome has the same. 0 when it couldn't be begun.
    pub conn: u64,
    pub flow: Flow,
    /// The `errno` when it couldn't be begun.
    pub error: Option<u32>,
    /// The address is what the caller's memory said at the end of the call.
    pub callers_word: bool,
}

/// What became of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub conn: u64,
    pub flow: Flow,
    pub result: ConnectResult,
    /// From the beginning to the outcome, in nanoseconds.
    pub took_ns: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConnectResult {
    Established,
    Refused,
    TimedOut,
    Unreachable,
    /// Its owner closed the socket before there was an answer.
    Abandoned,
    /// Another `errno`.
    Failed(u32),
}

impl ConnectResult {
    /// As it stands in JSON and in the API's documentation.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Established => "established",
            Self::Refused => "refused",
            Self::TimedOut => "timed-out",
            Self::Unreachable => "unreachable",
            Self::Abandoned => "abandoned",
            Self::Failed(_) => "failed",
        }
    }
}

/// One or more datagrams of one process to one destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Send {
    pub flow: Flow,
    /// Datagrams that this stands for.
    pub count: u64,
    /// The `errno` when refused.
    pub error: Option<u32>,
    /// The address is what the caller's memory said at the end of the call.
    pub callers_word: bool,
}

/// Records that were lost, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// `kernel` (ring full), `decode` (not understood), `parked` (waiting for an identity), …
    pub stage: &'static str,
    /// The hook, where the loss is one hook's; else empty.
    pub hook: &'static str,
    /// Lost since the last such event.
    pub lost: u64,
    /// In all, in this run.
    pub total: u64,
}

/// How bad a finding is, lowest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    /// As it stands in JSON, in filters and in the configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A rule's tags: data, not code (`agent/src/detect/rules.yaml`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// MITRE ATT&CK technique ids, as `T1059.004`.
    pub attack: Vec<String>,
    /// ISO 27001:2022 Annex A controls that this is evidence for, as `8.16`.
    pub iso27001: Vec<String>,
    /// SOC 2 Trust Services Criteria that this is evidence for, as `CC7.2`.
    pub soc2: Vec<String>,
}

/// Something that should not have happened.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Position in this run's stream of findings, from 1, without gaps; a repeat that is told has a new one.
    pub seq: u64,
    /// Stable: the same deed by the same program in the same container has the same id, on every run.
    pub id: String,
    /// The rule's name, as `shell-in-container`.
    pub rule: &'static str,
    pub title: &'static str,
    pub severity: Severity,
    /// Why it fired, in a sentence, with the facts that decided. Text from outside in it is escaped already.
    pub why: String,
    /// How often it happened in this run, this time included. Quick repeats are counted, and told from time to time.
    pub count: u64,
    /// Nanoseconds since 1970-01-01T00:00:00Z.
    pub first_unix_ns: u64,
    pub last_unix_ns: u64,
    pub tags: Arc<Tags>,
    /// The event that made it fire this time.
    pub event: Arc<Event>,
    /// Parent first, at most [`MAX_ANCESTORS`]; ends early where the rest isn't known.
    pub ancestors: Vec<Arc<Process>>,
}

/// Longest line of ancestors that a finding carries.
pub const MAX_ANCESTORS: usize = 16;
