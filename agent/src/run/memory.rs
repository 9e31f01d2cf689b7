//! The memory that the allocator keeps.

/// Has the allocator give memory back that isn't used any more. Call it before anything large is allocated.
///
/// Left to itself, glibc takes the largest block that was ever freed as a measure of what may be kept for later; and the
/// largest here, the kernel's types, are needed only once.
pub fn tune() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: glibc's own; takes no pointers.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, 256 << 10);
        libc::mallopt(libc::M_TRIM_THRESHOLD, 256 << 10);
        // Each arena keeps memory of its own. One thread does most of the work here.
        libc::mallopt(libc::M_ARENA_MAX, 2);
    }
}

/// Gives back now what isn't used.
pub fn trim() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: glibc's own; takes no pointers.
    unsafe {
        libc::malloc_trim(0);
    }
}
