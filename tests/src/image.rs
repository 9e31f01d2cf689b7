//! A root file system and an image made of busybox: nothing can be pulled where the tests run.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::node;

/// The shell that isn't called one: [`fill_rootfs`] copies dash to it.
pub const INNOCENT_NAME: &str = "/bin/worker";

/// Fills a directory with what a small container image has: busybox with a link for each of its programs, `/etc`
/// with a password file; and besides, `/bin/probe` (`probe/main.rs`) and [`INNOCENT_NAME`].
///
/// # Errors
/// When busybox isn't installed (Debian: `busybox-static`), or files can't be written.
pub fn fill_rootfs(root: &Path) -> Result<()> {
    for directory in ["bin", "dev", "etc", "proc", "run", "sys", "tmp", "var"] {
        fs::create_dir_all(root.join(directory))?;
    }
    fs::set_permissions(root.join("tmp"), fs::Permissions::from_mode(0o1777))?;
    let busybox = node::find("busybox").context("busybox isn't installed: apt-get install busybox-static")?;
    fs::copy(busybox, root.join("bin/busybox"))?;
    for program in node::run("busybox", ["--list"])?.lines().filter(|program| *program != "busybox") {
        symlink("busybox", root.join("bin").join(program))?;
    }
    fs::copy(env!("LUNETTE_PROBE"), root.join("bin/probe"))?;
    copy_with_libraries(Path::new("/bin/dash"), root, Path::new(INNOCENT_NAME))?;
    fs::write(root.join("etc/passwd"), "root:x:0:0:root:/:/bin/sh\napp:x:1000:1000::/:/bin/sh\n")?;
    fs::write(root.join("etc/group"), "root:x:0:\napp:x:1000:\n")?;
    fs::write(root.join("etc/shadow"), "root:*:19000:0:99999:7:::\n")?;
    fs::set_permissions(root.join("etc/shadow"), fs::Permissions::from_mode(0o640))?;
    Ok(())
}

/// Copies a program of this machine's, and the libraries that it asks for.
fn copy_with_libraries(program: &Path, root: &Path, to: &Path) -> Result<()> {
    let below = |path: &Path| root.join(path.strip_prefix("/").unwrap_or(path));
    fs::copy(program, below(to)).with_context(|| format!("{} isn't installed", program.display()))?;
    let libraries = node::run("ldd", [program])?;
    for library in libraries.split_whitespace().filter(|word| word.starts_with('/')).map(Path::new) {
        let copy = below(library);
        fs::create_dir_all(copy.parent().context("a library is in no directory")?)?;
        fs::copy(library, copy)?;
    }
    Ok(())
}

/// An image in a file.
#[derive(Debug)]
pub struct Image {
    /// `docker.io/library/…:…`
    pub name: String,
    /// An OCI image layout in a tar file, as `ctr images import` takes it.
    pub archive: PathBuf,
    /// `sha256:…` of its configuration: the image's id.
    pub id: String,
    /// `sha256:…` of its manifest.
    pub digest: String,
}

impl Image {
    /// Makes one of busybox in `directory`. It sleeps when nothing else is asked of it, so that it serves as
    /// a pod's sandbox too.
    ///
    /// # Errors
    /// As [`fill_rootfs`].
    pub fn busybox(name: &str, directory: &Path) -> Result<Self> {
        let root = directory.join("image-rootfs");
        fill_rootfs(&root)?;
        let mut layer = tar::Builder::new(Vec::new());
        layer.follow_symlinks(false);
        layer.append_dir_all(".", &root)?;
        let layer = layer.into_inner()?;
        fs::remove_dir_all(&root)?;

        let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
        let config = json!({
            "architecture": architecture, "os": "linux",
            "config": { "Cmd": ["/bin/sleep", "2147483647"], "Env": ["PATH=/bin"], "Labels": {"org.example.base": "busybox"} },
            "rootfs": { "type": "layers", "diff_ids": [digest(&layer)] },
        })
        .to_string()
        .into_bytes();
        let manifest = json!({
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": descriptor("application/vnd.oci.image.config.v1+json", &config),
            "layers": [descriptor("application/vnd.oci.image.layer.v1.tar", &layer)],
        })
        .to_string()
        .into_bytes();
        let mut entry = descriptor("application/vnd.oci.image.manifest.v1+json", &manifest);
        entry["annotations"] = json!({ "io.containerd.image.name": name });
        let index = json!({ "schemaVersion": 2, "manifests": [entry] }).to_string().into_bytes();

        let archive = directory.join("image.tar");
        let mut tar = tar::Builder::new(File::create(&archive)?);
        append(&mut tar, "oci-layout", br#"{"imageLayoutVersion":"1.0.0"}"#)?;
        append(&mut tar, "index.json", &index)?;
        for blob in [&layer, &config, &manifest] {
            append(&mut tar, &format!("blobs/{}", digest(blob).replace(':', "/")), blob)?;
        }
        tar.finish()?;
        Ok(Self { name: name.to_owned(), archive, id: digest(&config), digest: digest(&manifest) })
    }
}

fn descriptor(kind: &str, blob: &[u8]) -> serde_json::Value {
    json!({ "mediaType": kind, "digest": digest(blob), "size": blob.len() })
}

fn digest(blob: &[u8]) -> String {
    let hex: String = Sha256::digest(blob).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

fn append(tar: &mut tar::Builder<File>, name: &str, content: &[u8]) -> Result<()> {
    let mut header = tar::Header::new_gnu();
    header.set_size(content.len() as u64);
    header.set_mode(0o644);
    header.set_cksum();
    Ok(tar.append_data(&mut header, name, content)?)
}
