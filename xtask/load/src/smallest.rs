//! The smallest program that Linux executes: it ends at once, without so much as a C library to start.

use std::fs::{self, File};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

/// `exit(0)`, and the machine that it is for (`e_machine`).
#[cfg(target_arch = "x86_64")]
const CODE: (&[u8], u16) = (&[0x31, 0xff, 0xb8, 0x3c, 0, 0, 0, 0x0f, 0x05], 62);
#[cfg(target_arch = "aarch64")]
const CODE: (&[u8], u16) = (&[0, 0, 0x80, 0xd2, 0xa8, 0x0b, 0x80, 0xd2, 0x01, 0, 0, 0xd4], 183);
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
const CODE: (&[u8], u16) = (&[], 0);

/// Where it is loaded.
const BASE: u64 = 0x40_0000;
/// An ELF header and one program header.
const HEADERS: u64 = 64 + 56;

/// Writes it to `path`, executable.
pub fn write(path: &Path) -> Result<()> {
    let (code, machine) = CODE;
    if code.is_empty() {
        bail!("the smallest program isn't known for this machine: bench on x86-64 or AArch64");
    }
    let size = HEADERS + code.len() as u64;
    let mut elf = Vec::new();
    // e_ident: 64 bits, little-endian, version 1.
    elf.extend(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    // ET_EXEC, machine, version, entry, program headers' and section headers' places, flags.
    elf.extend(2_u16.to_le_bytes());
    elf.extend(machine.to_le_bytes());
    elf.extend(1_u32.to_le_bytes());
    for word in [BASE + HEADERS, 64, 0] {
        elf.extend(word.to_le_bytes());
    }
    elf.extend(0_u32.to_le_bytes());
    // Sizes of the headers, number of program headers, and no sections.
    for half in [64_u16, 56, 1, 64, 0, 0] {
        elf.extend(half.to_le_bytes());
    }
    // PT_LOAD, readable and executable: the whole file.
    elf.extend(1_u32.to_le_bytes());
    elf.extend(5_u32.to_le_bytes());
    for word in [0, BASE, BASE, size, size, 4096] {
        elf.extend(word.to_le_bytes());
    }
    elf.extend(code);

    let mut file = File::create(path).with_context(|| format!("cannot make {}", path.display()))?;
    file.write_all(&elf)?;
    drop(file);
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
