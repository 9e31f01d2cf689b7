//! The real path of a file: from its dentry up to the root of its mount, from that mount's mount point on in the mount
//! above, and so on to the root of the mount namespace. What the caller called the file plays no part.

use aya_ebpf::helpers::generated::{bpf_loop, bpf_probe_read_kernel_str};
use lunette_wire::{NAME_MAX, PATH_MAX};

use crate::kernel::{off, read};
use crate::out::{self, Slot, TAIL};

/// [`crate::out::Walk::flags`]: there was no room for all of it.
pub const CUT: u32 = 1;
/// The walk ended at a dentry that hangs in no directory.
pub const DISCONNECTED: u32 = 2;
/// The root was reached.
pub const WHOLE: u32 = 4;

/// A path can't have more names than half its bytes, and mounts nest far less than that.
const STEPS: u32 = PATH_MAX as u32 / 2 + 64;

/// Appends the path of `dentry`, as seen through the mount `mnt` (`struct vfsmount`), to the tail at `pos`, leaf first.
/// With a null `mnt`, the path inside its own file system. Returns the new end and the flags above.
#[inline(always)]
pub fn append(slot: *mut Slot, index: u32, pos: u32, mnt: *const u8, dentry: *const u8) -> (u32, u32) {
    // SAFETY: the slot is this program's own.
    let walk = unsafe { &mut (*slot).walk };
    walk.at = dentry;
    walk.mnt = mnt;
    // SAFETY: `vfsmount.mnt_root` is a pointer.
    walk.mnt_root = if mnt.is_null() { core::ptr::null() } else { unsafe { read(mnt, &off::MNT_ROOT) } };
    walk.pos = pos;
    walk.limit = pos + PATH_MAX as u32;
    walk.flags = 0;
    let mut index = index;
    // SAFETY: `step` has the signature that the helper wants, and its context outlives the call.
    unsafe { bpf_loop(STEPS, step as *mut core::ffi::c_void, (&raw mut index).cast(), 0) };
    let flags = walk.flags;
    // Out of steps is cut as well.
    (walk.pos, if flags == 0 { CUT } else { flags })
}

/// One step up: a name, or the crossing of a mount point. 1 ends the walk.
unsafe extern "C" fn step(_: u64, index: *mut u32) -> i64 {
    // SAFETY: the context that `append` passed.
    let Some(slot) = out::slot(unsafe { *index }) else { return 1 };
    // SAFETY: the slot is this program's own; every pointer is followed by a helper that checks it, and the copy ends
    // inside the tail.
    unsafe {
        let walk = &mut (*slot).walk;
        if walk.at == walk.mnt_root && !walk.mnt.is_null() {
            let mount = walk.mnt.wrapping_sub(off::MOUNT_MNT.load() as usize);
            let above: *const u8 = read(mount, &off::MOUNT_PARENT);
            if above == mount || above.is_null() {
                walk.flags |= WHOLE;
                return 1;
            }
            walk.at = read(mount, &off::MOUNT_POINT);
            walk.mnt = above.wrapping_add(off::MOUNT_MNT.load() as usize);
            walk.mnt_root = read(walk.mnt, &off::MNT_ROOT);
            return 0;
        }
        let parent: *const u8 = read(walk.at, &off::DENTRY_PARENT);
        let top = parent == walk.at || parent.is_null();
        if top && walk.mnt.is_null() {
            walk.flags |= WHOLE;
            return 1;
        }
        let pos = walk.pos;
        if pos as usize > TAIL - (NAME_MAX + 1) || pos + NAME_MAX as u32 + 1 > walk.limit {
            walk.flags |= CUT;
            return 1;
        }
        let name: *const u8 = read(walk.at, &off::DENTRY_NAME);
        let to = (&raw mut (*slot).tail).cast::<u8>().add(pos as usize);
        let len = bpf_probe_read_kernel_str(to.cast(), NAME_MAX as u32 + 1, name.cast());
        if len <= 1 {
            walk.flags |= DISCONNECTED;
            return 1;
        }
        walk.pos = pos + len as u32;
        if top {
            walk.flags |= DISCONNECTED;
            return 1;
        }
        walk.at = parent;
    }
    0
}
