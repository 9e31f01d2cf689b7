//! Reading the kernel's memory at offsets that the agent found in its BTF.

use core::mem::MaybeUninit;
use core::ptr::{read_volatile, write_volatile};

use aya_ebpf::Global;
use aya_ebpf::helpers::generated::bpf_probe_read_kernel;
use lunette_wire::offsets::{MISSING, syscall};

macro_rules! globals {
    ($($name:ident = $structure:literal $member:literal $needs:ident;)*) => {
        /// Offsets, frozen by the agent before the programs load.
        pub mod off {
            $(
                #[doc = concat!("Offset of `", $structure, ".", $member, "`.")]
                #[unsafe(export_name = concat!("OFF_", stringify!($name)))]
                pub static $name: super::Global<u32> = super::Global::new(super::MISSING);
            )*
        }
    };
}
lunette_wire::for_each_offset!(globals);

/// See [`lunette_wire::offsets::LEGACY_SUBSYS`].
#[unsafe(no_mangle)]
pub static LEGACY_SUBSYS: Global<u32> = Global::new(MISSING);

/// See [`lunette_wire::offsets::SYSCALL_CLASS`].
#[unsafe(no_mangle)]
static SYSCALL_CLASS: [u8; syscall::COUNT] = [0; syscall::COUNT];

/// What the system call with this number is to us: one of [`syscall`].
#[inline(always)]
pub fn syscall_class(index: u32) -> u8 {
    if index as usize >= syscall::COUNT {
        return syscall::OTHER;
    }
    // SAFETY: the index is inside the table; volatile, as the agent sets the table's content at load.
    unsafe { read_volatile((&raw const SYSCALL_CLASS).cast::<u8>().add(index as usize)) }
}

/// Loads a field through a pointer whose type the verifier knows (a tracepoint's argument, the current task, and what
/// is reached from them member by member). No helper call; a bad pointer reads as 0.
///
/// # Safety
/// The field at `offset` has the type `T`. That the pointer may be followed at all is for the verifier to see.
#[inline(always)]
pub unsafe fn load<T: Copy>(base: *const u8, offset: &Global<u32>) -> T {
    // SAFETY: as for this function.
    unsafe { load_at(base, offset.load() as usize) }
}

/// The same at an offset that is computed from frozen ones.
///
/// # Safety
/// As for [`load`].
#[inline(always)]
pub unsafe fn load_at<T: Copy>(base: *const u8, offset: usize) -> T {
    // SAFETY: the verifier turns this into a load that can't fault.
    unsafe { read_volatile(base.wrapping_add(offset).cast::<T>()) }
}

/// Reads a field through any pointer, by helper. 0 when the memory can't be read.
///
/// # Safety
/// The field at `offset` has the type `T`, for which all zeroes is a value.
#[inline(always)]
pub unsafe fn read<T: Copy>(base: *const u8, offset: &Global<u32>) -> T {
    // SAFETY: as for this function.
    unsafe { read_at(base.wrapping_add(offset.load() as usize)) }
}

/// Reads a `T` from kernel memory. 0 when it can't be read.
///
/// # Safety
/// All zeroes is a value of `T`.
#[inline(always)]
pub unsafe fn read_at<T: Copy>(address: *const u8) -> T {
    let mut value = MaybeUninit::<T>::uninit();
    // SAFETY: the destination is as large as is said; the helper checks the source, and zeroes the destination on a fault.
    unsafe {
        bpf_probe_read_kernel(value.as_mut_ptr().cast(), size_of::<T>() as u32, address.cast());
        value.assume_init()
    }
}

/// Zeroes it word by word: the compiler would call a function that does it byte by byte.
#[inline(always)]
pub fn zero<const WORDS: usize>(words: &mut MaybeUninit<[u64; WORDS]>) -> &mut [u64; WORDS] {
    for i in 0..WORDS {
        // SAFETY: inside the array.
        unsafe { write_volatile(words.as_mut_ptr().cast::<u64>().add(i), 0) };
    }
    // SAFETY: every word has been written.
    unsafe { words.assume_init_mut() }
}

/// Copies word by word, for the same reason.
///
/// # Safety
/// As for [`core::ptr::copy_nonoverlapping`]; a `T` is whole words.
#[inline(always)]
pub unsafe fn copy<T>(from: *const T, to: *mut T) {
    const { assert!(align_of::<T>() == 8) };
    for i in 0..size_of::<T>() / 8 {
        // SAFETY: as for this function.
        unsafe { write_volatile(to.cast::<u64>().add(i), read_volatile(from.cast::<u64>().add(i))) };
    }
}

/// Where fields can be had from.
pub trait Fields {
    /// The field at `offset`, and `more` bytes on. 0 when it can't be read.
    ///
    /// # Safety
    /// A `T` is there, for which all zeroes is a value.
    unsafe fn get_at<T: Copy>(&self, offset: &Global<u32>, more: usize) -> T;

    /// The field at `offset`. 0 when it can't be read.
    ///
    /// # Safety
    /// As for [`Fields::get_at`].
    #[inline(always)]
    unsafe fn get<T: Copy>(&self, offset: &Global<u32>) -> T {
        // SAFETY: as for this function.
        unsafe { self.get_at(offset, 0) }
    }
}

/// A structure whose type the verifier knows: see [`load`].
pub struct Typed(pub *const u8);

impl Fields for Typed {
    #[inline(always)]
    unsafe fn get_at<T: Copy>(&self, offset: &Global<u32>, more: usize) -> T {
        // SAFETY: as for this function.
        unsafe { load_at(self.0, offset.load() as usize + more) }
    }
}

/// The first `WORDS` words of a structure, read by one call of the helper: a call a field would take longer. Fields that
/// lie beyond on some kernel are read one by one.
#[derive(Clone, Copy)]
pub struct Head<const WORDS: usize> {
    base: *const u8,
    words: *const [u64; WORDS],
}

impl<const WORDS: usize> Head<WORDS> {
    /// Reads it into `words`; all zeroes when it can't be read. The structure must be as large.
    ///
    /// # Safety
    /// `words` is memory of the program's own, and stays as it is for as long as this is used.
    #[inline(always)]
    pub unsafe fn read(base: *const u8, words: *mut [u64; WORDS]) -> Self {
        // SAFETY: the destination is as large as is said; the helper checks the source, and zeroes the destination on a
        // fault.
        unsafe { bpf_probe_read_kernel(words.cast(), 8 * WORDS as u32, base.cast()) };
        Self { base, words }
    }

    /// Where it was read.
    #[inline(always)]
    pub fn base(&self) -> *const u8 {
        self.base
    }
}

impl<const WORDS: usize> Fields for Head<WORDS> {
    #[inline(always)]
    unsafe fn get_at<T: Copy>(&self, offset: &Global<u32>, more: usize) -> T {
        let at = offset.load() as usize + more;
        // Constants to the verifier, which leaves out the branch that isn't taken.
        if at + size_of::<T>() <= 8 * WORDS {
            // SAFETY: inside the words, which have been read.
            unsafe { read_volatile(self.words.cast::<u8>().add(at).cast::<T>()) }
        } else {
            // SAFETY: as for this function.
            unsafe { read_at(self.base.wrapping_add(at)) }
        }
    }
}
