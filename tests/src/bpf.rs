//! Which kernel programs a process has, and which of them are still there.

use std::collections::BTreeSet;
use std::fs;
use std::time::Duration;

/// Ids of the programs that a process holds, by themselves or attached.
pub fn programs_of(pid: u32) -> Vec<u32> {
    let descriptors = fs::read_dir(format!("/proc/{pid}/fdinfo")).into_iter().flatten().flatten();
    let texts = descriptors.filter_map(|entry| fs::read_to_string(entry.path()).ok());
    let ids: BTreeSet<u32> = texts
        .flat_map(|text| {
            let ids = text.lines().filter_map(|line| line.strip_prefix("prog_id:")?.trim().parse().ok());
            ids.collect::<Vec<u32>>()
        })
        .collect();
    ids.into_iter().collect()
}

/// Those that the kernel still has. It frees them a moment after their last user has gone, and tells nobody.
pub fn still_there(programs: Vec<u32>) -> Vec<u32> {
    let mut left = programs;
    for _ in 0..100 {
        left.retain(|id| exists(*id));
        if left.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    left
}

/// BPF_PROG_GET_FD_BY_ID of bpf(2).
fn exists(id: u32) -> bool {
    const BPF_PROG_GET_FD_BY_ID: libc::c_long = 13;
    /// The part of `union bpf_attr` that this command reads.
    #[repr(C, align(8))]
    struct Attr {
        prog_id: u32,
        next_id: u32,
        open_flags: u32,
        pad: u32,
    }
    let attr = Attr { prog_id: id, next_id: 0, open_flags: 0, pad: 0 };
    // SAFETY: the attribute lives through the call and is as long as is said; the descriptor is closed here.
    unsafe {
        let fd = libc::syscall(libc::SYS_bpf, BPF_PROG_GET_FD_BY_ID, &raw const attr, 12_usize);
        if fd < 0 {
            return false;
        }
        libc::close(fd as i32);
        true
    }
}
