//! Compiles `probe`, the program that containers of the live tests run, so that it needs no libraries in them.

use std::env;
use std::error::Error;
use std::path::PathBuf;
use std::process::Command;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=probe/main.rs");
    let rustc = env::var_os("RUSTC").ok_or("cargo sets no RUSTC")?;
    let target = env::var("TARGET")?;
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("cargo sets no OUT_DIR")?).join("probe");
    let mut command = Command::new(rustc);
    command.args([
        "--edition=2024",
        "--crate-name=probe",
        "-O",
        "-Cpanic=abort",
        "-Ctarget-feature=+crt-static",
    ]);
    command.arg("--target").arg(target).arg("-o").arg(&out).arg("probe/main.rs");
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        command.arg(format!("-Clinker={}", linker.display()));
    }
    let status = command.status()?;
    if !status.success() {
        return Err("probe/main.rs can't be compiled: what the compiler said stands above (a static program needs the \
                    C library's libc.a: on Debian, apt-get install libc6-dev)"
            .into());
    }
    println!("cargo::rustc-env=LUNETTE_PROBE={}", out.display());
    Ok(())
}
