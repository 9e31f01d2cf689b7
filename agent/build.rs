//! Puts the kernel programs' object where the agent takes it in:
//!
//! ```ignore
//! pub static OBJECT: &[u8] = aya::include_bytes_aligned!(concat!(env!("OUT_DIR"), "/lunette-ebpf.o"));
//! ```
//!
//! The object comes from `LUNETTE_EBPF_OBJECT`, a path, or else from `target/ebpf/lunette-ebpf.o` in the checkout,
//! where `cargo xtask build` leaves it. Where there is neither, `OBJECT` is empty: such an agent has no sensors, but
//! replays recordings, and builds with no more than a Rust compiler.

use std::error::Error;
use std::path::PathBuf;
use std::time::SystemTime;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=LUNETTE_EBPF_OBJECT");
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets no OUT_DIR")?).join("lunette-ebpf.o");
    let object = match env::var_os("LUNETTE_EBPF_OBJECT") {
        Some(path) => {
            println!("cargo::rerun-if-changed={}", PathBuf::from(&path).display());
            fs::read(&path).map_err(|error| format!("LUNETTE_EBPF_OBJECT={}: {error}", path.display()))?
        }
        None => built_object()?,
    };
    fs::write(out, object)?;
    Ok(())
}

/// What `cargo xtask build` left, or nothing.
fn built_object() -> Result<Vec<u8>, Box<dyn Error>> {
    let manifest =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("cargo sets no CARGO_MANIFEST_DIR")?);
    let directory = manifest.parent().ok_or("the agent's directory has no parent")?.join("target/ebpf");
    let path = directory.join("lunette-ebpf.o");
    match fs::read(&path) {
        Ok(object) => {
            println!("cargo::rerun-if-changed={}", path.display());
            Ok(object)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            // Cargo takes a watched path that doesn't exist for a changed one, and would build the agent each time. So
            // the directory is watched, and dated back lest its making be taken for a change.
            if !directory.is_dir() && fs::create_dir_all(&directory).is_ok() {
                fs::File::open(&directory)?.set_modified(SystemTime::UNIX_EPOCH)?;
            }
            println!("cargo::rerun-if-changed={}", directory.display());
            Ok(Vec::new())
        }
        Err(error) => Err(format!("{}: {error}", path.display()).into()),
    }
}
