//! File open, whatever hook it is seen by: is it of interest, and if so, what was really opened.

use core::mem::MaybeUninit;

use aya_ebpf::helpers::generated::bpf_probe_read_kernel_str;
use aya_ebpf::maps::HashMap;
use lunette_wire::{
    MountKey, NameHint, NameKey, Open, cgroup_class, cut, hint_bit, hook, kind, open_flags, open_reason, ring,
};

use crate::kernel::{Fields, Head, off, read, read_at, zero};
use crate::maps::{CGROUPS, NAME_HINTS, SECRET_DIRS, SECRET_MOUNTS, SECRET_NAMES};
use crate::out::{self, Slot};
use crate::{cgroup, path, task};

const S_IFMT: u16 = 0o170_000;
const S_IFREG: u16 = 0o100_000;
/// `FMODE_READ`.
const FMODE_READ: u32 = 1;
/// File systems that the kernel makes up: nobody mounts a secret as one of these.
const PROC: u64 = 0x9fa0;
const SYSFS: u64 = 0x6265_6572;
const CGROUP: u64 = 0x0027_e0eb;
const CGROUP2: u64 = 0x6367_7270;

/// See [`Scratch::file`].
type File = Head<10>;
/// See [`Scratch::dentry`]: only one at a time.
type Dentry = Head<14>;

/// What the agent has said of the task's cgroup: one of [`cgroup_class`], or 0.
#[inline(always)]
pub fn class(task: *const u8) -> u32 {
    // SAFETY: the value is a u32 that the agent replaces whole.
    unsafe { CGROUPS.get(&cgroup::id(task)) }.copied().unwrap_or(0)
}

/// Counts an open that nothing can match.
#[inline(always)]
pub fn filtered() {
    out::count(hook::OPEN, |c| {
        c.seen += 1;
        c.filtered += 1;
    });
}

/// `file` (any pointer to a `struct file`) was opened by the current task, which is in a cgroup of this class.
#[inline(always)]
pub fn opened(slot: *mut Slot, index: u32, task: *const u8, class: u32, file: *const u8) {
    // SAFETY: the slot is this program's own.
    let scratch = unsafe { &mut (*slot).scratch };
    // SAFETY: nothing else is read to there meanwhile.
    let file = unsafe { File::read(file, &raw mut scratch.file) };
    let reason = reason(class, &file, &raw mut scratch.dentry);
    if reason == 0 {
        filtered();
    } else {
        emit(slot, index, task, &file, reason);
    }
}

/// Why the agent might want to hear of it; 0 when nothing can match.
#[inline(always)]
fn reason(class: u32, file: &File, room: *mut [u64; 14]) -> u32 {
    // SAFETY: field types as in the kernel; every pointer is followed by a helper that checks it.
    unsafe {
        let mode: u32 = file.get(&off::FILE_MODE);
        if mode & FMODE_READ == 0 {
            return 0;
        }
        let mut reason = 0;
        let dentry = Dentry::read(file.get(&off::FILE_DENTRY), room);
        if is_listed(&dentry, |hint| hint.names, &SECRET_NAMES) {
            reason |= open_reason::NAME;
        }
        let parent = Dentry::read(dentry.get(&off::DENTRY_PARENT), room);
        if is_listed(&parent, |hint| hint.dirs, &SECRET_DIRS) {
            reason |= open_reason::DIRECTORY;
        }
        let mnt: *const u8 = file.get(&off::FILE_MNT);
        if SECRET_MOUNTS.get(&mount_key(mnt, room)).is_some() {
            reason |= open_reason::MOUNT;
        }
        let inode: *const u8 = file.get(&off::FILE_INODE);
        if class != cgroup_class::READY && is_volume(mnt, inode) {
            reason |= open_reason::NEW_CGROUP;
        }
        // Last, as most opens don't get here with a reason.
        if reason != 0 && read::<u16>(inode, &off::INODE_MODE) & S_IFMT != S_IFREG {
            return 0;
        }
        reason
    }
}

/// Is its name on the list? `hints` are those of the list.
#[inline(always)]
unsafe fn is_listed(dentry: &Dentry, hints: impl Fn(&NameHint) -> u64, list: &HashMap<NameKey, u8>) -> bool {
    // SAFETY: field types as in the kernel; the copy ends inside the key, and ends with a NUL.
    unsafe {
        let Some(hint) = NAME_HINTS.get(dentry.get(&off::DENTRY_NAME_LEN)) else { return false };
        let name: *const u8 = dentry.get(&off::DENTRY_NAME);
        let short = dentry.base().wrapping_add(off::DENTRY_SHORT_NAME.load() as usize);
        // Short names stand in the dentry itself, which has been read already.
        let first: u8 = if name == short { dentry.get(&off::DENTRY_SHORT_NAME) } else { read_at(name) };
        if hints(hint) & hint_bit(first) == 0 {
            return false;
        }
        let mut key = MaybeUninit::<[u64; 4]>::uninit();
        let key: *mut NameKey = (&raw mut *zero(&mut key)).cast();
        bpf_probe_read_kernel_str(key.cast(), size_of::<NameKey>() as u32, name.cast());
        list.get(&*key).is_some()
    }
}

#[inline(always)]
unsafe fn mount_key(mnt: *const u8, room: *mut [u64; 14]) -> MountKey {
    // SAFETY: field types as in the kernel.
    unsafe {
        let root = Dentry::read(read(mnt, &off::MNT_ROOT), room);
        let inode: *const u8 = root.get(&off::DENTRY_INODE);
        let sb: *const u8 = root.get(&off::DENTRY_SB);
        MountKey { ino: read(inode, &off::INODE_INO), dev: read(sb, &off::SB_DEV), pad: 0 }
    }
}

/// Is it on something mounted below a root file system? A container's root is mounted on the bottom of its mount
/// namespace, and its volumes on that.
#[inline(always)]
unsafe fn is_volume(mnt: *const u8, inode: *const u8) -> bool {
    // SAFETY: field types as in the kernel.
    unsafe {
        let mount = mnt.wrapping_sub(off::MOUNT_MNT.load() as usize);
        let above: *const u8 = read(mount, &off::MOUNT_PARENT);
        let above2: *const u8 = read(above, &off::MOUNT_PARENT);
        if above == above2 {
            return false;
        }
        let sb: *const u8 = read(inode, &off::INODE_SB);
        !matches!(read::<u64>(sb, &off::SB_MAGIC), PROC | SYSFS | CGROUP | CGROUP2)
    }
}

#[inline(always)]
fn emit(slot: *mut Slot, index: u32, task: *const u8, file: &File, reason: u32) {
    let record = out::record::<Open>(slot);
    // SAFETY: the slot is this program's own; field types as in the kernel.
    unsafe {
        let r = &mut *record;
        r.header = out::header(kind::OPEN, hook::OPEN);
        task::fill(&raw mut (*record).task, task);
        let inode: *const u8 = file.get(&off::FILE_INODE);
        let sb: *const u8 = read(inode, &off::INODE_SB);
        r.ino = read(inode, &off::INODE_INO);
        r.dev = read(sb, &off::SB_DEV);
        r.magic = read::<u64>(sb, &off::SB_MAGIC) as u32;
        r.inode_mode = u32::from(read::<u16>(inode, &off::INODE_MODE));
        r.flags = file.get(&off::FILE_FLAGS);
        r.mode = file.get(&off::FILE_MODE);
        r.reason = reason;
        r.seen = 0;
        r.cut = 0;
        if read::<u32>(inode, &off::INODE_NLINK) == 0 {
            r.seen |= open_flags::DELETED;
        }
        let mnt: *const u8 = file.get(&off::FILE_MNT);
        let dentry: *const u8 = file.get(&off::FILE_DENTRY);
        r.mount_ino = mount_key(mnt, &raw mut (*slot).scratch.dentry).ino;
        let mount = mnt.wrapping_sub(off::MOUNT_MNT.load() as usize);
        r.mnt_id = read(mount, &off::MOUNT_ID);
        // Null once unmounted, an error value for the kernel's own mounts.
        let ns: u64 = read(mount, &off::MOUNT_NS);
        if ns == 0 || ns > u64::MAX - 4095 {
            r.seen |= open_flags::DETACHED;
        }

        let (mut pos, walked) = path::append(slot, index, 0, mnt, dentry);
        r.path_len = pos as u16;
        if walked & path::CUT != 0 {
            r.cut |= cut::PATH;
        }
        if walked & path::DISCONNECTED != 0 {
            r.seen |= open_flags::DISCONNECTED;
        }

        let from = pos;
        let root: *const u8 = read(mnt, &off::MNT_ROOT);
        let sb_root: *const u8 = read_at(sb.wrapping_add(off::SB_ROOT.load() as usize));
        if root != sb_root {
            let (end, walked) = path::append(slot, index, pos, core::ptr::null(), root);
            pos = end;
            if walked & path::CUT != 0 {
                r.cut |= cut::MOUNT_ROOT;
            }
        }
        r.mount_root_len = (pos - from) as u16;

        let id = r.task.cgroup;
        let from = pos;
        let (end, cut) = cgroup::append(slot, index, pos, task, id, ring::FILE);
        pos = end;
        r.cgroup_len = (pos - from) as u16;
        r.cut |= cut;
        if out::submit::<Open>(slot, pos, ring::FILE, hook::OPEN) && pos != from {
            cgroup::told(id, ring::FILE);
        }
    }
}
