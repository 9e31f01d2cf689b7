//! The configuration: one YAML file, read once at start and checked strictly.
//!
//! Whatever is wrong with it is one [`ConfigError`] that names the file, the line, the column and the key. Everything
//! has a default, so that the empty file is a good one. `docs/configuration.md` has every key (a test holds it to
//! that).

mod egress;
mod error;
mod rules;
mod secrets;
mod sections;
mod values;

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use serde::Deserialize;

use crate::enrich::identity::IdentityConfig;

pub use egress::{Allow, DnsPolicy, Egress, EgressList, Unlisted};
pub use error::ConfigError;
pub use rules::{Exception, NetworkRule, ProcessRule, Rule, RuleExceptions, Rules, SecretRule};
pub use secrets::Secrets;
pub use sections::{Findings, FindingsFile, Grpc, Log, LogLevel, Metrics, Node, OrOff, RingSize, Rings};
pub use values::{Cidr, ExpiryDate, FilePattern, Part, PortRange, Ports, ProtocolName, Wildcard};

/// Longest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
/// Deepest nesting of a file; the schema itself needs 7 levels.
const MAX_DEPTH: usize = 32;

/// All that can be configured.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub node: Node,
    pub grpc: Grpc,
    pub metrics: Metrics,
    pub rings: Rings,
    /// Who is asked which container a process is in. What `secrets` says of mounts is in here too.
    pub identity: IdentityConfig,
    pub secrets: Secrets,
    pub egress: Egress,
    pub rules: Rules,
    pub findings: Findings,
    pub log: Log,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            node: Node::default(),
            grpc: Grpc::default(),
            metrics: Metrics::default(),
            rings: Rings::default(),
            identity: IdentityConfig::default(),
            secrets: Secrets::default(),
            egress: Egress::default(),
            rules: Rules::default(),
            findings: Findings::default(),
            log: Log::default(),
        }
        .settled()
    }
}

impl Config {
    /// Reads and checks a file.
    ///
    /// # Errors
    /// The file can't be read, is longer than [`MAX_BYTES`], or what [`Config::parse`] refuses.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes))
            .map_err(|error| ConfigError::whole(&name, format!("cannot be read: {error}")))?;
        if bytes.len() > MAX_BYTES {
            return Err(ConfigError::whole(&name, too_long()));
        }
        let text = String::from_utf8(bytes).map_err(|error| ConfigError::not_utf8(&name, &error))?;
        Self::parse(&text, &name)
    }

    /// Checks the text of a file; `file_name` stands in errors only.
    ///
    /// # Errors
    /// No YAML, an unknown or doubled key, a value of the wrong type or out of bounds, too long or too deep.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, ConfigError> {
        if text.len() > MAX_BYTES {
            return Err(ConfigError::whole(file_name, too_long()));
        }
        // A file of nothing but comments has no document in it, which is no mistake.
        if text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---") {
            return Ok(Self::default());
        }
        let options = serde_saphyr::options! {
            budget: serde_saphyr::budget! { max_depth: MAX_DEPTH, max_documents: 1 },
            // Anchors and aliases are welcome, but none of them can make a small file a large one.
            alias_limits: serde_saphyr::alias_limits! {
                max_total_replayed_events: 20_000,
                max_replay_stack_depth: 8,
            },
            strict_booleans: true,
            reject_unsupported_tags: true,
            with_snippet: false,
        };
        let key = RefCell::new(String::new());
        let parsed = serde_saphyr::with_deserializer_from_str_with_options(text, options, |deserializer| {
            serde_path_to_error::deserialize(deserializer).map_err(|error| {
                *key.borrow_mut() = error.path().to_string();
                error.into_inner()
            })
        });
        parsed
            .map(Self::settled)
            .map_err(|error| ConfigError::from_yaml(file_name, &key.into_inner(), &error))
    }

    /// Gives each part what other parts say about it.
    fn settled(mut self) -> Self {
        self.identity.secret_mounts.clone_from(&self.secrets.mounts);
        self.identity.secret_mount_names.clone_from(&self.secrets.mount_names);
        self
    }
}

fn too_long() -> String {
    format!(
        "is longer than {} KiB, which no configuration needs to be: is it the right file?",
        MAX_BYTES >> 10
    )
}
