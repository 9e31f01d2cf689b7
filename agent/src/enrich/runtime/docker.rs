//! Docker's own files: the names that it doesn't tell containerd.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Findings, files};
use crate::event::Container;

const SOURCE: &str = "docker";
/// Longest file that is read, in bytes.
const MAX_CONFIG: u64 = 4 << 20;

/// The part of `config.v2.json` that is wanted: the rest, with the container's environment, is skipped.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigV2 {
    /// With a leading `/`.
    name: String,
    /// Id of the image: the digest of its configuration.
    image: String,
    config: Config,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Config {
    /// As it was asked for.
    image: String,
    #[serde(default)]
    labels: Option<BTreeMap<String, String>>,
}

/// Where the Docker daemon keeps its things (`/var/lib/docker`).
#[derive(Debug)]
pub struct Docker {
    root: PathBuf,
}

impl Docker {
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// What Docker's file on a container says; `None` without one. `id` must be an id, not any text. Reads a
    /// file: not for an async task.
    pub fn container(&self, id: &str) -> Option<Container> {
        let json =
            files::read(&self.root.join("containers").join(id).join("config.v2.json"), MAX_CONFIG).ok()?;
        let config: ConfigV2 = serde_json::from_slice(&json).ok()?;
        let mut findings = Findings::new(SOURCE, id);
        findings.runtime("docker");
        findings.name(config.name.trim_start_matches('/'));
        findings.image(&config.config.image);
        findings.image_digest(&config.image);
        findings.labels(config.config.labels.unwrap_or_default());
        Some(findings.into_container())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_image() {
        let root = tempfile::tempdir().unwrap();
        let id = "4f".repeat(32);
        let directory = root.path().join("containers").join(&id);
        std::fs::create_dir_all(&directory).unwrap();
        let digest = format!("sha256:{}", "0a".repeat(32));
        let json = serde_json::json!({
            "Name": "/web", "Image": digest, "Config": {"Image": "nginx:1.27", "Env": ["A=B"], "Labels": {"a": "b"}}
        });
        std::fs::write(directory.join("config.v2.json"), json.to_string()).unwrap();
        let container = Docker::new(root.path()).container(&id).unwrap();
        assert_eq!((container.name.as_str(), container.image.as_str()), ("web", "nginx:1.27"));
        assert_eq!(container.image_digest, digest);
        assert_eq!(container.labels, [("a".to_owned(), "b".to_owned())]);
        assert!(Docker::new(root.path()).container("other").is_none());
    }
}
