//! Whether this machine can run the agent at all, found out before anything is installed for it. The agent itself looks
//! closer (`lunette doctor`); here are the cases where setting up would be in vain.

use std::fmt;
use std::fs;
use std::path::Path;

/// What an agent needs that nobody can install.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    Linux,
    Root,
    /// Root, but without these capabilities (as in a container).
    Capabilities(&'static str),
    /// The kernel has no bpf(2).
    Bpf,
    /// The kernel is too old for the ring buffer; its release.
    RingBuffer(String),
    /// The kernel describes its own types nowhere.
    Btf,
    /// The kernel lets no program read its memory.
    Lockdown,
}

const BTF: &str = "/sys/kernel/btf/vmlinux";
const CAP_SYS_ADMIN: u32 = 21;
const CAP_PERFMON: u32 = 38;
const CAP_BPF: u32 = 39;

/// The first thing that is lacking, in the order in which a person would put it right.
pub(crate) fn lack() -> Option<Lack> {
    if !cfg!(target_os = "linux") {
        return Some(Lack::Linux);
    }
    if !is_root() {
        return Some(Lack::Root);
    }
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    if has_ring_buffer(&release) == Some(false) {
        return Some(Lack::RingBuffer(release.trim().to_owned()));
    }
    if Path::new("/sys/fs").is_dir() && !Path::new("/sys/fs/bpf").exists() {
        return Some(Lack::Bpf);
    }
    if !Path::new(BTF).exists() {
        return Some(Lack::Btf);
    }
    let lockdown = fs::read_to_string("/sys/kernel/security/lockdown").unwrap_or_default();
    if lockdown.contains("[confidentiality]") {
        return Some(Lack::Lockdown);
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    missing_capabilities(&status).map(Lack::Capabilities)
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The ring buffer came with Linux 5.8; `None` where the release isn't understood.
fn has_ring_buffer(release: &str) -> Option<bool> {
    let mut numbers = release.split(|byte: char| !byte.is_ascii_digit());
    let version: (u32, u32) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    Some(version >= (5, 8))
}

/// From the lines of `/proc/PID/status`.
fn missing_capabilities(status: &str) -> Option<&'static str> {
    let line = status.lines().find_map(|line| line.strip_prefix("CapEff:"))?;
    let effective = u64::from_str_radix(line.trim(), 16).ok()?;
    let has = |capability: u32| effective & (1 << capability) != 0;
    match (has(CAP_SYS_ADMIN), has(CAP_BPF) && has(CAP_PERFMON)) {
        (false, false) => Some("CAP_BPF and CAP_PERFMON (or CAP_SYS_ADMIN)"),
        _ => None,
    }
}

/// One sentence: what is lacking, and what to do.
impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Linux => write!(f, "Lunette watches Linux nodes only: run this on Linux"),
            Self::Root => write!(
                f,
                "loading kernel programs takes root: run this as root, for example \
                 `sudo -E env \"PATH=$PATH\" cargo xtask …`"
            ),
            Self::Capabilities(names) => write!(
                f,
                "this is root without {names}, as in a container: run this on the node itself, or give the container \
                 those capabilities"
            ),
            Self::Bpf => write!(
                f,
                "this kernel has no BPF, or /sys is not the node's own: use a kernel built with CONFIG_BPF_SYSCALL=y, \
                 as every distribution's is"
            ),
            Self::RingBuffer(release) => {
                write!(f, "this kernel ({release}) has no BPF ring buffer: use Linux 6.1 or newer")
            }
            Self::Btf => write!(
                f,
                "this kernel doesn't say how its types are laid out ({BTF} is missing): use a kernel built with \
                 CONFIG_DEBUG_INFO_BTF=y, as the distributions' have been since 2021"
            ),
            Self::Lockdown => write!(
                f,
                "this kernel is locked down to confidentiality, where no program may read its memory: boot with \
                 lockdown=integrity or none"
            ),
        }
    }
}

/// What works on any machine.
pub(crate) const ALL_THE_SAME: &str = "What works all the same, without root and without the kernel programs: \
     `cargo run -p lunette -- replay tests/recordings/demo.lunette --config tests/recordings/demo.yaml` shows what a \
     recorded node did, and its findings.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_ring_buffers_kernel() {
        assert_eq!(has_ring_buffer("6.1.0-28-amd64\n"), Some(true));
        assert_eq!(has_ring_buffer("5.8.0"), Some(true));
        assert_eq!(has_ring_buffer("5.4.0-150-generic"), Some(false));
        assert_eq!(has_ring_buffer("4.19.0-27-amd64"), Some(false));
        assert_eq!(has_ring_buffer("?"), None);
    }

    #[test]
    fn root_in_a_container_lacks_capabilities() {
        assert_eq!(missing_capabilities("Name:\tx\nCapEff:\t000001ffffffffff\n"), None);
        assert_eq!(missing_capabilities("CapEff:\t000000c000000000\n"), None);
        assert!(missing_capabilities("CapEff:\t00000000a80425fb\n").is_some());
        assert!(missing_capabilities("CapEff:\t0000004000000000\n").is_some());
        assert_eq!(missing_capabilities("no such line"), None);
    }
}
