//! What each system call number is to the programs, on this machine.

use lunette_wire::offsets::syscall::{COMPAT, CONNECT, COUNT, OPEN, SENDMMSG, SENDMSG, SENDTO, WRITE};

/// The table that the programs look numbers up in; `None` where the machine's numbers aren't known here.
pub fn classes() -> Option<[u8; COUNT]> {
    if !cfg!(target_arch = "x86_64") {
        return None;
    }
    let mut table = [0; COUNT];
    // arch/x86/entry/syscalls/syscall_64.tbl: open, creat, openat, open_by_handle_at, openat2.
    for number in [2, 85, 257, 304, 437] {
        table[number] = OPEN;
    }
    for (number, class) in
        [(1, WRITE), (20, WRITE), (42, CONNECT), (44, SENDTO), (46, SENDMSG), (307, SENDMMSG)]
    {
        table[number] = class;
    }
    // syscall_32.tbl: the same five. Sends and connects of 32-bit programs are in the status as not seen.
    for number in [5, 8, 295, 342, 437] {
        table[COMPAT + number] = OPEN;
    }
    Some(table)
}
