//! Capabilities by name (`capabilities(7)`, `include/uapi/linux/capability.h`).

const NAMES: [&str; 41] = [
    "CAP_CHOWN",
    "CAP_DAC_OVERRIDE",
    "CAP_DAC_READ_SEARCH",
    "CAP_FOWNER",
    "CAP_FSETID",
    "CAP_KILL",
    "CAP_SETGID",
    "CAP_SETUID",
    "CAP_SETPCAP",
    "CAP_LINUX_IMMUTABLE",
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_BROADCAST",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_IPC_LOCK",
    "CAP_IPC_OWNER",
    "CAP_SYS_MODULE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_CHROOT",
    "CAP_SYS_PTRACE",
    "CAP_SYS_PACCT",
    "CAP_SYS_ADMIN",
    "CAP_SYS_BOOT",
    "CAP_SYS_NICE",
    "CAP_SYS_RESOURCE",
    "CAP_SYS_TIME",
    "CAP_SYS_TTY_CONFIG",
    "CAP_MKNOD",
    "CAP_LEASE",
    "CAP_AUDIT_WRITE",
    "CAP_AUDIT_CONTROL",
    "CAP_SETFCAP",
    "CAP_MAC_OVERRIDE",
    "CAP_MAC_ADMIN",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_AUDIT_READ",
    "CAP_PERFMON",
    "CAP_BPF",
    "CAP_CHECKPOINT_RESTORE",
];

/// What Docker and containerd give a container unless told otherwise.
const USUAL: u64 = 0xa804_25fb;

/// Those with which root in a container can become root of the node, or watch or change the node as a whole.
const MIGHTY: u64 = bit(2) // DAC_READ_SEARCH: open_by_handle_at reaches the node's files
    | bit(12) // NET_ADMIN
    | bit(16) // SYS_MODULE
    | bit(17) // SYS_RAWIO
    | bit(19) // SYS_PTRACE
    | bit(21) // SYS_ADMIN
    | bit(22) // SYS_BOOT
    | bit(32) | bit(33) // MAC_OVERRIDE, MAC_ADMIN
    | bit(38) | bit(39); // PERFMON, BPF

const fn bit(number: u32) -> u64 {
    1 << number
}

/// Whether a set has capabilities that reach beyond the container.
pub(crate) fn is_mighty(set: u64) -> bool {
    set & MIGHTY != 0
}

/// Names of those that a container doesn't usually have; bits without a name as `CAP_41`.
pub(crate) fn unusual(set: u64) -> Vec<String> {
    (0..u64::BITS)
        .filter(|number| set & !USUAL & bit(*number) != 0)
        .map(|number| match NAMES.get(number as usize) {
            Some(name) => (*name).to_owned(),
            None => format!("CAP_{number}"),
        })
        .collect()
}

/// Whether it has every capability that has a name, as a privileged container's root does. A kernel that is older than
/// the last of them has fewer, so the first 38 (Linux 3.16) decide.
pub(crate) fn is_full(set: u64) -> bool {
    const OLD: u64 = bit(38) - 1;
    set & OLD == OLD
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_bits_agree() {
        assert_eq!(unusual(USUAL), Vec::<String>::new());
        assert_eq!(
            unusual(bit(21) | bit(39) | bit(40) | bit(41)),
            ["CAP_SYS_ADMIN", "CAP_BPF", "CAP_CHECKPOINT_RESTORE", "CAP_41"]
        );
        assert!(is_full((1 << 41) - 1) && !is_full(USUAL) && is_mighty(bit(21)) && !is_mighty(USUAL));
    }
}
