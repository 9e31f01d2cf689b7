//! The node's clocks.

use std::time::Duration;

fn now(clock: libc::clockid_t) -> Duration {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: `time` is a timespec of ours; both clocks that are asked for always exist.
    unsafe { libc::clock_gettime(clock, &raw mut time) };
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec.unsigned_abs() as u32)
}

/// Nanoseconds of `CLOCK_BOOTTIME`: goes on through suspends, never jumps.
pub fn boot_ns() -> u64 {
    now(libc::CLOCK_BOOTTIME).as_nanos() as u64
}

/// Nanoseconds since 1970-01-01T00:00:00Z.
pub fn unix_ns() -> u64 {
    now(libc::CLOCK_REALTIME).as_nanos() as u64
}

/// What to add to [`boot_ns`] for [`unix_ns`].
pub fn offset() -> i64 {
    unix_ns() as i64 - boot_ns() as i64
}
