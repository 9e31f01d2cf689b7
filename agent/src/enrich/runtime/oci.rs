//! The parts of an OCI runtime specification (`config.json`) that say what a container is.

use bstr::{BStr, ByteSlice};
use serde_json::Value;

use super::Findings;

/// Longest specification that is looked at, in bytes.
pub const MAX_SPEC: usize = 4 << 20;

/// A specification, looked at field by field: one that is odd in one place still tells the rest.
pub struct Spec(Value);

impl Spec {
    /// The error says where, never what: a specification has the container's environment in it.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        if json.len() > MAX_SPEC {
            return Err(format!(
                "its OCI specification is {} bytes long, more than the {MAX_SPEC} that are read",
                json.len()
            ));
        }
        serde_json::from_slice(json).map(Self).map_err(|error| {
            format!("its OCI specification can't be read (line {}, column {})", error.line(), error.column())
        })
    }

    pub fn from_value(value: Value) -> Self {
        Self(value)
    }

    pub fn annotation(&self, key: &str) -> Option<&str> {
        self.0.get("annotations")?.get(key)?.as_str()
    }

    pub fn annotations(&self) -> impl Iterator<Item = (String, String)> {
        self.0
            .get("annotations")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned())))
    }

    /// As written: often relative to the bundle.
    pub fn root(&self) -> Option<&str> {
        self.0.get("root")?.get("path")?.as_str()
    }

    /// Pairs of source and destination; `None` without a list.
    pub fn mounts(&self) -> Option<Vec<(String, String)>> {
        mount_list(self.0.get("mounts")?)
    }

    /// Whether a cgroup is the container's, or below it.
    pub fn has_cgroup(&self, path: &BStr) -> bool {
        let written = self.0.get("linux").and_then(|linux| linux.get("cgroupsPath")).and_then(Value::as_str);
        written.is_some_and(|written| covers(written, path))
    }
}

/// Pairs of source and destination from a list of mounts, as OCI specifications and libcontainer's state have
/// it.
pub fn mount_list(list: &Value) -> Option<Vec<(String, String)>> {
    let text = |mount: &Value, key| mount.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mounts = list.as_array()?.iter().map(|mount| (text(mount, "source"), text(mount, "destination")));
    Some(mounts.filter(|(_, destination)| !destination.is_empty()).collect())
}

/// What the annotations that CRI plugins and other tools put into a container say of it.
pub(super) fn annotated<'a>(findings: &mut Findings, get: impl Fn(&str) -> Option<&'a str>) {
    let first = |keys: &[&str]| keys.iter().find_map(|key| get(key)).unwrap_or_default();
    findings.image(first(&[
        "io.kubernetes.cri.image-name",
        "io.kubernetes.cri-o.ImageName",
        "org.opencontainers.image.ref.name",
    ]));
    findings.pod(
        first(&["io.kubernetes.cri.sandbox-name", "io.kubernetes.pod.name"]),
        first(&["io.kubernetes.cri.sandbox-namespace", "io.kubernetes.pod.namespace"]),
        first(&["io.kubernetes.cri.sandbox-uid", "io.kubernetes.pod.uid"]),
    );
}

/// Why a pod's sandbox has no name.
pub(super) const SANDBOX_HAS_NO_NAME: &str = "it is its pod's sandbox, which has no name of its own";

/// The name that annotations, or containerd's labels, give a container.
///
/// # Errors
/// Why it has none that a person gave it: then an id isn't one either.
pub(super) fn annotated_name<'a>(
    get: impl Fn(&str) -> Option<&'a str>,
) -> Result<Option<&'a str>, &'static str> {
    let names = ["io.kubernetes.cri.container-name", "io.kubernetes.container.name", "nerdctl/name"];
    let kinds =
        ["io.kubernetes.cri.container-type", "io.kubernetes.cri-o.ContainerType", "io.cri-containerd.kind"];
    if kinds.into_iter().any(|key| get(key) == Some("sandbox")) {
        return Err(SANDBOX_HAS_NO_NAME);
    }
    Ok(names.into_iter().find_map(get).filter(|name| !name.is_empty()))
}

/// Whether `linux.cgroupsPath`, a path or systemd's `SLICE:PREFIX:NAME`, is `path` or above it.
fn covers(written: &str, path: &BStr) -> bool {
    if let [slice, prefix, name] = written.split(':').collect::<Vec<_>>()[..] {
        let unit = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}-{name}.scope") };
        let slice = if slice.is_empty() { "system.slice" } else { slice };
        let mut names = path.split_str(b"/").skip_while(|name| *name != slice.as_bytes());
        return names.next().is_some() && names.next() == Some(unit.as_bytes());
    }
    let written = crate::enrich::secret_mounts::clean(written);
    is_at_or_below(path, written.as_bytes())
}

/// Whether `path` is `directory` or below it; the root is above nothing, as it tells nobody apart.
pub fn is_at_or_below(path: &[u8], directory: &[u8]) -> bool {
    directory.len() > 1
        && path.strip_prefix(directory).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cgroups_of_a_specification() {
        for (written, path, expected) in [
            ("/default/web1", "/default/web1", true),
            ("/default/web1/", "/default/web1/below", true),
            ("/default/web1", "/default/web10", false),
            ("/", "/default/web1", false),
            ("", "/default/web1", false),
            ("system.slice:runc:web1", "/system.slice/runc-web1.scope", true),
            (":runc:web1", "/system.slice/runc-web1.scope/below", true),
            ("system.slice:runc:web1", "/system.slice/runc-web10.scope", false),
            ("system.slice:runc:web1", "/other.slice/runc-web1.scope", false),
        ] {
            assert_eq!(covers(written, path.into()), expected, "{written} {path}");
        }
    }

    #[test]
    fn an_odd_specification_tells_the_rest() {
        let json = br#"{"annotations":{"a":1,"b":"x"},"mounts":[{"destination":"/d","source":"/s"},{},7],"root":[]}"#;
        let spec = Spec::parse(json).unwrap();
        assert_eq!(spec.annotation("a"), None);
        assert_eq!(spec.annotation("b"), Some("x"));
        assert_eq!(spec.mounts().unwrap(), [("/s".to_owned(), "/d".to_owned())]);
        assert_eq!(spec.root(), None);
    }

    #[test]
    fn errors_say_nothing_of_the_content() {
        let error = Spec::parse(br#"{"process":{"env":["PASSWORD=hunter2" "#).err().unwrap();
        assert!(!error.contains("hunter2"), "{error}");
    }
}
