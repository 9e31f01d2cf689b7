//! The kernel fields that the programs read: one table for both sides.
//!
//! Struct layouts move from kernel to kernel, and rustc emits no relocations for them. So the agent looks each field up in
//! the running kernel's BTF at start and freezes its offset into a global of the programs, which the verifier folds to a
//! constant. A field that this kernel hasn't got is [`MISSING`], and what needs it isn't attached.

/// Offset of a field that the kernel hasn't got.
pub const MISSING: u32 = u32::MAX;

/// Which programs can't do without a field.
pub mod needs {
    /// All of them.
    pub const ALL: u8 = 0xff;
    pub const PROCESS: u8 = 1;
    pub const OPEN: u8 = 2;
    pub const TCP: u8 = 4;
    pub const SYSCALL: u8 = 8;
    /// The system call programs that look at a socket.
    pub const SOCKET: u8 = 16;
    /// None: without it a part of the record is empty, and the record says so.
    pub const NONE: u8 = 0;
}

/// Calls `$callback! { NAME = "struct" "member" needs; … }` with the whole table. A member is a dotted path, descending
/// into structs by value; `a|b` are the names that one field had in different kernels.
#[macro_export]
macro_rules! for_each_offset {
    ($callback:ident) => {
        $callback! {
            TASK_PID = "task_struct" "pid" ALL;
            TASK_TGID = "task_struct" "tgid" ALL;
            TASK_REAL_PARENT = "task_struct" "real_parent" ALL;
            TASK_GROUP_LEADER = "task_struct" "group_leader" ALL;
            TASK_START_BOOTTIME = "task_struct" "start_boottime|real_start_time" ALL;
            TASK_CRED = "task_struct" "cred" ALL;
            TASK_COMM = "task_struct" "comm" ALL;
            TASK_CGROUPS = "task_struct" "cgroups" ALL;
            TASK_NSPROXY = "task_struct" "nsproxy" ALL;
            TASK_THREAD_PID = "task_struct" "thread_pid" ALL;
            TASK_SIGNAL = "task_struct" "signal" PROCESS;
            TASK_EXIT_CODE = "task_struct" "exit_code" PROCESS;
            TASK_MM = "task_struct" "mm" PROCESS;
            TASK_FS = "task_struct" "fs" PROCESS;
            TASK_FILES = "task_struct" "files" SYSCALL;
            TASK_THREAD_STATUS = "task_struct" "thread_info.status" SYSCALL;
            TASK_LOGINUID = "task_struct" "loginuid" NONE;
            TASK_SESSIONID = "task_struct" "sessionid" NONE;
            SIGNAL_LIVE = "signal_struct" "live" PROCESS;
            SIGNAL_GROUP_EXIT_CODE = "signal_struct" "group_exit_code" PROCESS;
            SIGNAL_TTY = "signal_struct" "tty" PROCESS;
            MM_ARG_START = "mm_struct" "arg_start" PROCESS;
            MM_ARG_END = "mm_struct" "arg_end" PROCESS;
            FS_PWD_MNT = "fs_struct" "pwd.mnt" PROCESS;
            FS_PWD_DENTRY = "fs_struct" "pwd.dentry" PROCESS;
            BPRM_FILE = "linux_binprm" "file" PROCESS;
            BPRM_FILENAME = "linux_binprm" "filename" PROCESS;
            BPRM_INTERP = "linux_binprm" "interp" PROCESS;
            BPRM_BUF = "linux_binprm" "buf" PROCESS;
            CRED_UID = "cred" "uid" ALL;
            CRED_GID = "cred" "gid" ALL;
            CRED_EUID = "cred" "euid" ALL;
            CRED_EGID = "cred" "egid" ALL;
            CRED_CAP_EFFECTIVE = "cred" "cap_effective" PROCESS;
            CRED_CAP_PERMITTED = "cred" "cap_permitted" PROCESS;
            CRED_USER_NS = "cred" "user_ns" ALL;
            USER_NS_INUM = "user_namespace" "ns.inum" ALL;
            NSPROXY_MNT = "nsproxy" "mnt_ns" ALL;
            NSPROXY_NET = "nsproxy" "net_ns" ALL;
            MNT_NS_INUM = "mnt_namespace" "ns.inum" ALL;
            NET_NS_INUM = "net" "ns.inum" ALL;
            PID_LEVEL = "pid" "level" ALL;
            PID_NUMBERS = "pid" "numbers" ALL;
            UPID_NR = "upid" "nr" ALL;
            UPID_NS = "upid" "ns" ALL;
            PID_NS_INUM = "pid_namespace" "ns.inum" ALL;
            CSS_SET_DFL_CGRP = "css_set" "dfl_cgrp" ALL;
            CSS_SET_SUBSYS = "css_set" "subsys" ALL;
            CSS_CGROUP = "cgroup_subsys_state" "cgroup" ALL;
            CGROUP_KN = "cgroup" "kn" ALL;
            KERNFS_ID = "kernfs_node" "id" ALL;
            KERNFS_NAME = "kernfs_node" "name" ALL;
            KERNFS_PARENT = "kernfs_node" "__parent|parent" ALL;
            FILES_FDT = "files_struct" "fdt" SYSCALL;
            FDT_MAX_FDS = "fdtable" "max_fds" SYSCALL;
            FDT_FD = "fdtable" "fd" SYSCALL;
            FILE_INODE = "file" "f_inode" ALL;
            FILE_MODE = "file" "f_mode" OPEN;
            FILE_FLAGS = "file" "f_flags" OPEN;
            FILE_DENTRY = "file" "f_path.dentry" PROCESS;
            FILE_MNT = "file" "f_path.mnt" PROCESS;
            FILE_PRIVATE = "file" "private_data" SOCKET;
            INODE_MODE = "inode" "i_mode" ALL;
            INODE_INO = "inode" "i_ino" ALL;
            INODE_SIZE = "inode" "i_size" PROCESS;
            INODE_NLINK = "inode" "i_nlink|__i_nlink" ALL;
            INODE_SB = "inode" "i_sb" ALL;
            SB_DEV = "super_block" "s_dev" ALL;
            SB_MAGIC = "super_block" "s_magic" ALL;
            DENTRY_PARENT = "dentry" "d_parent" ALL;
            DENTRY_NAME = "dentry" "d_name.name" ALL;
            DENTRY_NAME_LEN = "dentry" "d_name.len" OPEN;
            DENTRY_SHORT_NAME = "dentry" "d_shortname|d_iname" NONE;
            DENTRY_INODE = "dentry" "d_inode" OPEN;
            DENTRY_SB = "dentry" "d_sb" OPEN;
            SB_ROOT = "super_block" "s_root" OPEN;
            MNT_ROOT = "vfsmount" "mnt_root" ALL;
            MOUNT_MNT = "mount" "mnt" ALL;
            MOUNT_PARENT = "mount" "mnt_parent" ALL;
            MOUNT_POINT = "mount" "mnt_mountpoint" ALL;
            MOUNT_NS = "mount" "mnt_ns" OPEN;
            MOUNT_ID = "mount" "mnt_id" OPEN;
            REGS_NR = "pt_regs" "orig_ax" SYSCALL;
            REGS_ARG0 = "pt_regs" "di" SYSCALL;
            REGS_ARG1 = "pt_regs" "si" SYSCALL;
            REGS_ARG4 = "pt_regs" "r8" SYSCALL;
            REGS_ARG5 = "pt_regs" "r9" SYSCALL;
            SOCKET_SK = "socket" "sk" SOCKET;
            SK_PROTOCOL = "sock" "sk_protocol" TCP;
            SK_ERR = "sock" "sk_err" TCP;
            SK_FAMILY = "sock_common" "skc_family" TCP;
            SK_STATE = "sock_common" "skc_state" TCP;
            SK_DADDR = "sock_common" "skc_daddr" TCP;
            SK_RCV_SADDR = "sock_common" "skc_rcv_saddr" TCP;
            SK_DPORT = "sock_common" "skc_dport" TCP;
            SK_NUM = "sock_common" "skc_num" TCP;
            SK_V6_DADDR = "sock_common" "skc_v6_daddr" TCP;
            SK_V6_RCV_SADDR = "sock_common" "skc_v6_rcv_saddr" TCP;
        }
    };
}

/// Name of the global that has the offset of `NAME`: `OFF_NAME`.
pub const PREFIX: &str = "OFF_";

macro_rules! table {
    ($($name:ident = $structure:literal $member:literal $needs:ident;)*) => {
        /// The table as data: (global's name, struct, member, [`needs`]).
        pub const TABLE: &[(&str, &str, &str, u8)] =
            &[$((concat!("OFF_", stringify!($name)), $structure, $member, needs::$needs)),*];
    };
}
for_each_offset!(table);

/// Global with the index in `css_set.subsys` of the v1 controller that stands in for the v2 hierarchy on nodes without
/// one (`pids_cgrp_id`, else `memory_cgrp_id`); [`MISSING`] where there is neither.
pub const LEGACY_SUBSYS: &str = "LEGACY_SUBSYS";

/// Global with what each system call is to the programs: `[u8; 1024]`, native numbers first, those of 32-bit programs
/// from 512 on.
pub const SYSCALL_CLASS: &str = "SYSCALL_CLASS";

/// Values of [`SYSCALL_CLASS`].
pub mod syscall {
    pub const OTHER: u8 = 0;
    pub const OPEN: u8 = 1;
    pub const CONNECT: u8 = 2;
    pub const SENDTO: u8 = 3;
    pub const SENDMSG: u8 = 4;
    pub const SENDMMSG: u8 = 5;
    /// write and writev, which send on a connected socket.
    pub const WRITE: u8 = 6;
    /// First index of the 32-bit numbers.
    pub const COMPAT: usize = 512;
    pub const COUNT: usize = 1024;
}
