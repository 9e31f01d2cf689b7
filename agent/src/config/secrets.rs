//! `secrets`: what holds secrets besides what is known of itself.

use serde::{Deserialize, Deserializer, de};

use super::values::FilePattern;

/// What holds secrets, in addition to Kubernetes' own volumes and the files that the rule knows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// Mounts by their path in the container: every file under them is secret.
    #[serde(deserialize_with = "mount_paths")]
    pub mounts: Vec<String>,
    /// Mounts by a name in their path in the container: `/app/creds` and `/creds/db` for `creds`. Certificates there
    /// are no secrets.
    pub mount_names: Vec<String>,
    /// Files by path.
    pub files: Vec<FilePattern>,
    /// Files that are no secret after all, by path; they come before everything else.
    pub public: Vec<FilePattern>,
}

impl Default for Secrets {
    fn default() -> Self {
        Self {
            mounts: Vec::new(),
            mount_names: ["creds", "credentials", "secret", "secrets"].map(Into::into).into(),
            files: Vec::new(),
            public: Vec::new(),
        }
    }
}

fn mount_paths<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let paths = Vec::<MountPath>::deserialize(deserializer)?;
    Ok(paths.into_iter().map(|MountPath(path)| path).collect())
}

/// A clean absolute path other than the root, as a runtime's mount list has it.
struct MountPath(String);

impl<'de> Deserialize<'de> for MountPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        let clean = path
            .strip_prefix('/')
            .is_some_and(|rest| rest.split('/').all(|name| !matches!(name, "" | "." | "..")));
        if !clean {
            return Err(de::Error::custom(format!(
                "{path:?} is no mount's path: write it whole, as /var/lib/keys"
            )));
        }
        Ok(Self(path))
    }
}
