//! The cgroup of a task, and its path.

use aya_ebpf::helpers::generated::{bpf_loop, bpf_probe_read_kernel_str};
use lunette_wire::offsets::MISSING;
use lunette_wire::{CGROUP_PATH_MAX, LEGACY_CGROUP, NAME_MAX, ROOT_CGROUP, cut};

use crate::kernel::{LEGACY_SUBSYS, load, load_at, off, read};
use crate::maps::{TOLD, Told};
use crate::out::{self, Slot, TAIL};

/// The kernfs node of the task's cgroup, and its id: in the v2 hierarchy, or, where the task is in that one's root, in
/// the hierarchy of a v1 controller that runtimes always use; then the id has [`LEGACY_CGROUP`].
#[inline(always)]
fn node(task: *const u8) -> (*const u8, u64) {
    // SAFETY: pointers all the way; `kernfs_node.id` is a u64.
    unsafe {
        let set: *const u8 = load(task, &off::TASK_CGROUPS);
        let group: *const u8 = load(set, &off::CSS_SET_DFL_CGRP);
        let node: *const u8 = load(group, &off::CGROUP_KN);
        let parent: *const u8 = load(node, &off::KERNFS_PARENT);
        if parent.is_null() && LEGACY_SUBSYS.load() != MISSING {
            let index = off::CSS_SET_SUBSYS.load() as usize + 8 * LEGACY_SUBSYS.load() as usize;
            let css: *const u8 = load_at(set, index);
            let group: *const u8 = load(css, &off::CSS_CGROUP);
            let legacy: *const u8 = load(group, &off::CGROUP_KN);
            let above: *const u8 = load(legacy, &off::KERNFS_PARENT);
            // Both roots are one place: the node's own.
            if !above.is_null() {
                return (legacy, load::<u64>(legacy, &off::KERNFS_ID) | LEGACY_CGROUP);
            }
        }
        (node, load(node, &off::KERNFS_ID))
    }
}

/// Id of the task's cgroup: its inode number, and on 64-bit kernels never used again.
#[inline(always)]
pub fn id(task: *const u8) -> u64 {
    node(task).1
}

/// Appends the task's cgroup path to the tail at `pos`, unless this ring has had it. Returns the new end, and [`cut`].
/// Call [`told`] once the record is out.
#[inline(always)]
pub fn append(slot: *mut Slot, index: u32, pos: u32, task: *const u8, cgroup: u64, ring: u8) -> (u32, u16) {
    // Its path is empty.
    if cgroup == ROOT_CGROUP {
        return (pos, 0);
    }
    let key = Told { cgroup, ring: u64::from(ring) };
    // SAFETY: only whether there is an entry matters.
    if unsafe { TOLD.get(&key) }.is_some() {
        return (pos, 0);
    }
    path(slot, index, pos, task)
}

/// Appends the task's cgroup path to the tail at `pos`. Returns the new end, and [`cut`].
#[inline(always)]
pub fn path(slot: *mut Slot, index: u32, pos: u32, task: *const u8) -> (u32, u16) {
    // SAFETY: the slot is this program's own.
    let walk = unsafe { &mut (*slot).walk };
    walk.at = node(task).0;
    walk.pos = pos;
    walk.limit = pos + CGROUP_PATH_MAX as u32;
    walk.flags = 0;
    let mut index = index;
    // SAFETY: `step` has the signature that the helper wants, and its context outlives the call.
    unsafe { bpf_loop(64, step as *mut core::ffi::c_void, (&raw mut index).cast(), 0) };
    (walk.pos, walk.flags as u16)
}

/// Remembers that `ring` has had the path of `cgroup`.
#[inline(always)]
pub fn told(cgroup: u64, ring: u8) {
    // When the map won't take it, the path is sent again: no harm.
    let _ = TOLD.insert(&Told { cgroup, ring: u64::from(ring) }, &1, 0);
}

/// One name of the path: the node's own; then on to its parent. 1 ends the walk.
unsafe extern "C" fn step(_: u64, index: *mut u32) -> i64 {
    // SAFETY: the context that `append` passed.
    let Some(slot) = out::slot(unsafe { *index }) else { return 1 };
    // SAFETY: the slot is this program's own; reads and the copy are checked by the helpers, and the copy ends inside
    // the tail.
    unsafe {
        let walk = &mut (*slot).walk;
        let parent: *const u8 = read(walk.at, &off::KERNFS_PARENT);
        if parent.is_null() {
            return 1;
        }
        let pos = walk.pos;
        if pos as usize > TAIL - (NAME_MAX + 1) || pos + NAME_MAX as u32 + 1 > walk.limit {
            walk.flags |= u32::from(cut::CGROUP);
            return 1;
        }
        let name: *const u8 = read(walk.at, &off::KERNFS_NAME);
        let to = (&raw mut (*slot).tail).cast::<u8>().add(pos as usize);
        let len = bpf_probe_read_kernel_str(to.cast(), NAME_MAX as u32 + 1, name.cast());
        if len <= 1 {
            return 1;
        }
        walk.pos = pos + len as u32;
        walk.at = parent;
    }
    0
}
