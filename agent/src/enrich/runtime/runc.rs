//! The files in which runc and crun keep the state of what they run: the only record of containers that no
//! daemon made.
//!
//! A root has a directory a container, named by its id: runc writes `state.json` there before the container's
//! first program runs, crun `status` and `config.json`. `ROOT/*/ID` is how containerd and Docker use them, a
//! directory a namespace.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bstr::{BStr, ByteSlice};
use serde_json::Value;

use super::oci::{self, Spec, is_at_or_below};
use super::{Findings, files, part};
use crate::event::Container;
use crate::status::Source;

const SOURCE: &str = "runc";
/// Longest state file that is read, in bytes.
const MAX_STATE: u64 = 4 << 20;
/// Most directories that one pattern of roots stands for.
const MAX_ROOTS: usize = 256;
/// Most containers of one root that are looked through.
const MAX_CONTAINERS: usize = 4096;
/// Longest that the making of a container is waited for.
const LONGEST_MAKING: Duration = Duration::from_secs(5);
/// Longest id that is believed: runc has no limit, a file name has.
const MAX_ID: usize = 255;

/// Everything below some patterns of directories, in which `*` stands for one whole name.
#[derive(Debug)]
pub struct Runc {
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    text: String,
    lookups: AtomicU64,
    failures: AtomicU64,
    error: Mutex<String>,
}

/// A directory with a directory a container in it.
#[derive(Debug)]
struct Root {
    path: PathBuf,
    /// Who may write there. Anyone but root can only speak for the cgroups below their own slice.
    owner: u32,
}

/// A container as its state file has it, and the length of its cgroup's path.
struct Matched {
    container: Container,
    depth: usize,
}

impl Runc {
    pub fn new(patterns: &[String]) -> Self {
        let pattern = |text: &String| Pattern {
            text: text.clone(),
            lookups: AtomicU64::new(0),
            failures: AtomicU64::new(0),
            error: Mutex::default(),
        };
        Self { patterns: patterns.iter().map(pattern).collect() }
    }

    /// Those of the patterns that a directory is there for, with the last file that couldn't be read.
    pub fn status(&self) -> Vec<Source> {
        let there = self.patterns.iter().filter(|pattern| !expand(&pattern.text).is_empty());
        there
            .map(|pattern| {
                let error = pattern.error.lock().map(|error| error.clone()).unwrap_or_default();
                Source {
                    name: SOURCE.to_owned(),
                    endpoint: pattern.text.clone(),
                    available: true,
                    error,
                    lookups: pattern.lookups.load(Ordering::Relaxed),
                    failures: pattern.failures.load(Ordering::Relaxed),
                }
            })
            .collect()
    }

    /// Whether a container is being made right now: its directory is there, and its state isn't yet. The
    /// first processes of a container run in that time.
    pub fn is_making_one(&self) -> bool {
        let roots =
            self.patterns.iter().flat_map(|pattern| expand(&pattern.text)).filter(|root| root.owner == 0);
        roots.into_iter().any(|root| ids(&root.path).iter().any(|id| is_fresh_and_empty(&root.path.join(id))))
    }

    /// The container of this id that runs in the cgroup `path`. Reads files: not for an async task.
    pub fn container(&self, id: &str, path: &BStr) -> Option<Container> {
        self.patterns.iter().find_map(|pattern| {
            pattern.lookups.fetch_add(1, Ordering::Relaxed);
            expand(&pattern.text).iter().find_map(|root| {
                let state = pattern.read(root, id, None)?;
                // An id of 64 digits in the path is proof enough, except in what any user can write.
                (root.owner == 0 || state.depth(path, root).is_some()).then(|| state.describe(id, root))
            })
        })
    }

    /// The container that the cgroup `path` belongs to: the innermost, where several do. Reads files: not for
    /// an async task.
    pub fn container_of_cgroup(&self, path: &BStr) -> Option<Container> {
        let mut best: Option<Matched> = None;
        for pattern in &self.patterns {
            pattern.lookups.fetch_add(1, Ordering::Relaxed);
            for root in expand(&pattern.text) {
                for id in ids(&root.path) {
                    let Some(state) = pattern.read(&root, &id, Some(path)) else { continue };
                    let Some(depth) = state.depth(path, &root) else { continue };
                    if best.as_ref().is_none_or(|best| best.depth < depth) {
                        best = Some(Matched { container: state.describe(&id, &root), depth });
                    }
                }
            }
        }
        best.map(|best| best.container)
    }
}

impl Pattern {
    /// `None` where there is no such container, where its files can't be read, and where they can't be about
    /// `cgroup`.
    fn read(&self, root: &Root, id: &str, cgroup: Option<&BStr>) -> Option<State> {
        let directory = root.path.join(id);
        let result = match files::read(&directory.join("state.json"), MAX_STATE) {
            Ok(json) if cgroup.is_some_and(|cgroup| !may_mention(&json, cgroup)) => return None,
            Ok(json) => parse(&json).map(|state| State::Runc(Box::new(state))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                match files::read(&directory.join("status"), MAX_STATE) {
                    Ok(json) => {
                        parse(&json).map(|status| State::Crun { status, spec: read_spec(&directory) })
                    }
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
                    Err(error) => Err(error.to_string()),
                }
            }
            Err(error) => Err(error.to_string()),
        };
        match result {
            Ok(state) => Some(state),
            Err(error) => {
                self.failures.fetch_add(1, Ordering::Relaxed);
                if let Ok(mut last) = self.error.lock() {
                    *last = format!("{}: {error}", directory.display());
                }
                None
            }
        }
    }
}

enum State {
    /// `state.json`: libcontainer's `State`.
    Runc(Box<Value>),
    /// `status`, and the specification that crun copied.
    Crun { status: Value, spec: Option<Spec> },
}

impl State {
    /// Length of the path of the container's cgroup, when `path` is that one or below it.
    fn depth(&self, path: &BStr, root: &Root) -> Option<usize> {
        if root.owner != 0 && !is_of_user(path, root.owner) {
            return None;
        }
        let fits = |own: &[u8]| is_at_or_below(path, own).then_some(own.len());
        match self {
            Self::Runc(state) => state
                .get("cgroup_paths")?
                .as_object()?
                .iter()
                .filter_map(|(controller, directory)| {
                    suffixes(controller, directory.as_str()?.as_bytes()).filter_map(fits).max()
                })
                .max(),
            Self::Crun { status, .. } => {
                let own = status.get("cgroup-path").and_then(Value::as_str)?;
                fits(crate::enrich::secret_mounts::clean(own).as_bytes())
            }
        }
    }

    fn describe(&self, id: &str, root: &Root) -> Container {
        let mut findings = Findings::new(SOURCE, id);
        match self {
            Self::Runc(state) => describe_runc(&mut findings, state, root),
            Self::Crun { status, spec } => describe_crun(&mut findings, status, spec.as_ref()),
        }
        findings.into_container()
    }
}

fn describe_runc(findings: &mut Findings, state: &Value, root: &Root) {
    let config = state.get("config").unwrap_or(&Value::Null);
    // Every annotation is here as KEY=VALUE, and the bundle.
    let labels: Vec<(String, String)> = config
        .get("labels")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|label| label.as_str()?.split_once('='))
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect();
    let get = |key: &str| labels.iter().find(|(label, _)| label == key).map(|(_, value)| value.as_str());
    let runtime = runtime_of(&root.path);
    findings.runtime(runtime);
    add_annotated(findings, runtime, get);
    findings.init_pid(state.get("init_process_pid").and_then(Value::as_u64).unwrap_or(0));
    findings.rootfs(config.get("rootfs").and_then(Value::as_str).unwrap_or_default());
    if let Some(mounts) = config.get("mounts").and_then(oci::mount_list) {
        findings.mounts(mounts);
    }
    findings.labels(labels);
}

fn describe_crun(findings: &mut Findings, status: &Value, spec: Option<&Spec>) {
    findings.runtime("crun");
    findings.init_pid(status.get("pid").and_then(Value::as_u64).unwrap_or(0));
    findings.rootfs(status.get("rootfs").and_then(Value::as_str).unwrap_or_default());
    match spec {
        Some(spec) => {
            add_annotated(findings, "crun", |key| spec.annotation(key));
            if let Some(mounts) = spec.mounts() {
                findings.mounts(mounts);
            }
            findings.labels(spec.annotations());
        }
        None => findings.missing(part::MOUNTS, "crun's copy of its specification can't be read"),
    }
}

fn add_annotated<'a>(findings: &mut Findings, runtime: &str, get: impl Fn(&str) -> Option<&'a str> + Copy) {
    let id = findings.container.id.clone();
    match oci::annotated_name(get) {
        Ok(Some(name)) => findings.name(name),
        Ok(None) if runtime == "docker" => {
            findings.missing(part::NAME, "runc isn't told Docker's name for it")
        }
        Ok(None) => findings.name(&id),
        Err(why) => findings.missing(part::NAME, why),
    }
    oci::annotated(findings, get);
    findings.missing(part::IMAGE, "runc and crun keep no image name, and no annotation has one");
    findings.missing(part::IMAGE_DIGEST, "runc and crun keep no image digest");
}

/// Whose containers a root has, by the place that those who use runc give it.
fn runtime_of(root: &Path) -> &'static str {
    let path = root.to_string_lossy();
    if path.starts_with("/run/docker/") {
        "docker"
    } else if path.contains("/containerd/") {
        "containerd"
    } else {
        "runc"
    }
}

fn read_spec(directory: &Path) -> Option<Spec> {
    Spec::parse(&files::read(&directory.join("config.json"), oci::MAX_SPEC as u64).ok()?).ok()
}

/// The error says where, never what.
fn parse(json: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(json)
        .map_err(|error| format!("can't be read as JSON (line {}, column {})", error.line(), error.column()))
}

/// Whether a state file can have the cgroup, or one above it, in it: saves parsing the others.
fn may_mention(json: &[u8], cgroup: &BStr) -> bool {
    // Go writes the characters that JSON or HTML would mind as escapes.
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-_.:@".contains(byte);
    if !cgroup.iter().all(plain) {
        return true;
    }
    let ends = cgroup.find_iter(b"/").skip(1).chain([cgroup.len()]);
    ends.filter(|end| *end > 1).any(|end| json.contains_str([&cgroup.as_bytes()[..end], b"\""].concat()))
}

/// What may be the path within its hierarchy of a cgroup's directory: where hierarchies are mounted is up to
/// the node, and the agent may see them elsewhere. The usual place first, then one and two names below it
/// (`unified`, `cpu,cpuacct`, `systemd`).
fn suffixes<'a>(controller: &str, directory: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let below = directory.strip_prefix(b"/sys/fs/cgroup").filter(|rest| rest.starts_with(b"/"));
    let split = below.and_then(|below| {
        let end = below[1..].find_byte(b'/')? + 1;
        Some((&below[1..end], &below[end..]))
    });
    let controller = controller.strip_prefix("name=").unwrap_or(controller);
    let hierarchy = split.filter(|(mount, _)| match controller {
        "" => *mount == b"unified",
        controller => mount.split_str(b",").any(|name| name == controller.as_bytes()),
    });
    // v2 alone has no name between. `unified` is taken for the mount of a hybrid node.
    let whole = below.filter(|below| controller.is_empty() && hierarchy.is_none() && *below != b"/unified");
    whole.into_iter().chain(hierarchy.map(|(_, rest)| rest))
}

/// Whether a cgroup is below the slice that systemd gives a user.
fn is_of_user(path: &[u8], uid: u32) -> bool {
    is_at_or_below(path, format!("/user.slice/user-{uid}.slice").as_bytes())
}

/// A directory that got its last file a moment ago, and has no state. Where making a container failed, it may
/// stay like that.
fn is_fresh_and_empty(directory: &Path) -> bool {
    let made =
        fs::symlink_metadata(directory).ok().filter(fs::Metadata::is_dir).and_then(|it| it.modified().ok());
    let fresh = made.and_then(|made| made.elapsed().ok()).is_some_and(|age| age < LONGEST_MAKING);
    fresh && !["state.json", "status"].iter().any(|file| directory.join(file).exists())
}

/// Names in a root that can be ids.
fn ids(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten().take(MAX_CONTAINERS);
    entries.filter_map(|entry| entry.file_name().into_string().ok()).filter(|id| is_id(id)).collect()
}

/// As runc allows them.
fn is_id(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-.".contains(&byte);
    name.len() <= MAX_ID && ![".", ".."].contains(&name) && name.bytes().all(allowed)
}

/// The directories that a pattern stands for.
fn expand(pattern: &str) -> Vec<Root> {
    let mut paths = vec![PathBuf::from("/")];
    for name in pattern.split('/').filter(|name| !name.is_empty()) {
        paths = if name == "*" {
            let entries = paths.iter().filter_map(|path| fs::read_dir(path).ok()).flatten().flatten();
            entries.map(|entry| entry.path()).take(MAX_ROOTS).collect()
        } else {
            paths.into_iter().map(|path| path.join(name)).collect()
        };
    }
    let root = |path: PathBuf| {
        let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_dir)?;
        Some(Root { path, owner: metadata.uid() })
    };
    paths.into_iter().filter_map(root).collect()
}

#[cfg(test)]
#[path = "runc_tests.rs"]
mod tests;
