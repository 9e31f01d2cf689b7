//! Which files are secret by their path, and what of it the kernel can check.

use std::collections::{BTreeSet, HashMap};

use bstr::{BStr, BString, ByteSlice};
use lunette_wire::NameKey;

use crate::config::{Config, FilePattern, Secrets};

/// What a file is that is secret by its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileKind {
    /// Password hashes.
    Passwords,
    PrivateKey,
    Credentials,
    ServiceAccountToken,
    /// `/run/secrets` and the like: put there for the application.
    Mounted,
    /// `secrets.files` of the configuration.
    Configured,
}

impl FileKind {
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Passwords => "password hashes",
            Self::PrivateKey => "a private key",
            Self::Credentials => "credentials",
            Self::ServiceAccountToken => "a service account token",
            Self::Mounted => "a secret put there for the container",
            Self::Configured => "secret by the configuration's secrets.files",
        }
    }
}

/// What is secret of itself. At any depth, so that a node's root mounted at `/host` is no way around.
const BUILT_IN: &[(FileKind, &[&str])] = &[
    (
        FileKind::Passwords,
        &[
            "**/etc/shadow",
            "**/etc/shadow-",
            "**/etc/gshadow",
            "**/etc/gshadow-",
            "**/etc/security/opasswd",
            "**/etc/krb5.keytab",
        ],
    ),
    (
        FileKind::PrivateKey,
        &[
            "id_rsa",
            "id_dsa",
            "id_ecdsa",
            "id_ecdsa_sk",
            "id_ed25519",
            "id_ed25519_sk",
            "ssh_host_rsa_key",
            "ssh_host_dsa_key",
            "ssh_host_ecdsa_key",
            "ssh_host_ed25519_key",
            "tls.key",
            "server.key",
            "client.key",
            "private.key",
            "privkey.pem",
            "**/etc/ssl/private/*",
            "**/etc/pki/tls/private/*",
            "**/.gnupg/private-keys-v1.d/*",
            "**/kubernetes/pki/*",
            "**/kubernetes/pki/etcd/*",
            "**/kubelet/pki/*",
        ],
    ),
    (
        FileKind::Credentials,
        &[
            "**/.aws/credentials",
            "**/.config/gcloud/*",
            "**/.azure/accessTokens.json",
            "**/.azure/msal_token_cache.json",
            "**/.azure/msal_token_cache.bin",
            "**/.azure/service_principal_entries.json",
            "**/.oci/oci_api_key.pem",
            "**/.docker/config.json",
            "**/containers/auth.json",
            "**/.kube/config",
            "**/kubernetes/admin.conf",
            "**/kubernetes/super-admin.conf",
            "**/kubernetes/kubelet.conf",
            "**/kubernetes/controller-manager.conf",
            "**/kubernetes/scheduler.conf",
            "**/.config/gh/hosts.yml",
            "**/.config/git/credentials",
            "**/.cargo/credentials.toml",
            "**/.terraform.d/credentials.tfrc.json",
            ".netrc",
            ".pgpass",
            ".my.cnf",
            ".git-credentials",
            ".pypirc",
            ".s3cfg",
            ".boto",
            ".vault-token",
            "rclone.conf",
        ],
    ),
    (FileKind::ServiceAccountToken, &["**/serviceaccount/token", "**/azure/tokens/azure-identity-token"]),
    (FileKind::Mounted, &["**/run/secrets/*", "**/vault/secrets/*"]),
];

struct Entry {
    pattern: FilePattern,
    kind: FileKind,
}

/// Secret files by path, for fast asking: two hash look-ups, by the file's name and by its directory's, and then only
/// the patterns that decide by that name.
pub(super) struct SecretFiles {
    by_name: HashMap<BString, Vec<Entry>>,
    by_directory: HashMap<BString, Vec<Entry>>,
    public: Vec<FilePattern>,
    mounts: Vec<String>,
    /// Names of directories on whose volumes secrets are.
    mount_names: Vec<String>,
}

impl SecretFiles {
    pub(super) fn new(config: &Secrets) -> Self {
        let mut files = Self {
            by_name: HashMap::new(),
            by_directory: HashMap::new(),
            public: config.public.clone(),
            mounts: config.mounts.clone(),
            mount_names: config.mount_names.clone(),
        };
        for (kind, patterns) in BUILT_IN {
            for text in *patterns {
                // A test parses each of them.
                if let Ok(pattern) = FilePattern::parse(text) {
                    files.add(pattern, *kind);
                }
            }
        }
        for pattern in &config.files {
            files.add(pattern.clone(), FileKind::Configured);
        }
        files
    }

    fn add(&mut self, pattern: FilePattern, kind: FileKind) {
        // A pattern without a deciding name can't be made.
        let Some(name) = pattern.deciding_name() else { return };
        let index = if pattern.is_directory() { &mut self.by_directory } else { &mut self.by_name };
        index.entry(name.to_owned()).or_default().push(Entry { pattern, kind });
    }

    /// What a path is, if it is secret by itself. `cut`: the path's beginning is missing.
    pub(super) fn find(&self, path: &BStr, cut: bool) -> Option<FileKind> {
        let mut names = names(path).rev();
        let file = names.next()?;
        let matching = |entries: Option<&Vec<Entry>>, in_volume: bool| {
            let entry = entries?.iter().find(|entry| {
                // kubelet keeps a volume's files in a directory with a time for a name; only what decides by the
                // file's own name may overlook it, for the kernel sees that directory.
                let skip = |name: &&[u8]| !(in_volume && is_timestamp(name));
                entry.pattern.matches(names_from(path, cut).filter(skip))
            })?;
            Some(entry.kind)
        };
        let kind = matching(self.by_name.get(file.as_bstr()), true)
            .or_else(|| matching(self.by_directory.get(names.next()?.as_bstr()), false))?;
        let public = file.ends_with(b".pub")
            || (kind == FileKind::PrivateKey && file.ends_with(b".crt"))
            || self.is_public(path);
        (!public).then_some(kind)
    }

    /// Whether the configuration says that a file is no secret.
    pub(super) fn is_public(&self, path: &BStr) -> bool {
        self.public.iter().any(|pattern| pattern.matches(names(path).filter(|name| !is_timestamp(name))))
    }

    /// Is one of the directories of `path` called as volumes of secrets are?
    pub(super) fn has_mount_name(&self, path: &[u8]) -> bool {
        let directories = path.rsplit(|byte| *byte == b'/').skip(1);
        directories.into_iter().any(|name| self.mount_names.iter().any(|listed| listed.as_bytes() == name))
    }

    /// Mounts that the configuration says hold secrets, by their path in a container.
    pub(super) fn mounts(&self) -> &[String] {
        &self.mounts
    }
}

/// Components of a path.
pub(super) fn names(path: &BStr) -> impl DoubleEndedIterator<Item = &[u8]> {
    path.split(|byte| *byte == b'/').filter(|name| !name.is_empty())
}

/// The same; where the beginning is missing it begins with a name that is none, for which no pattern is long enough to
/// begin at the root.
fn names_from(path: &BStr, cut: bool) -> impl DoubleEndedIterator<Item = &[u8]> {
    let lost: Option<&[u8]> = cut.then_some(b"");
    lost.into_iter().chain(names(path))
}

/// kubelet's directory for one version of a volume's files (`..2026_11_25_01_02_03.1234567890`; `AtomicWriter` in
/// `k8s.io/kubernetes/pkg/volume/util`).
pub(super) fn is_timestamp(name: &[u8]) -> bool {
    name.len() > 4
        && name.starts_with(b"..")
        && name[2..].iter().all(|byte| byte.is_ascii_digit() || b"_.".contains(byte))
}

/// What the kernel lets pass of the opens that are on no secret mount: files whose own name is in `names`, or whose
/// directory's is in `dirs`. More than is secret, and never less. Sorted; each name once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecretFilter {
    pub names: Vec<NameKey>,
    pub dirs: Vec<NameKey>,
}

/// What the kernel has to let pass for `secret-read` under this configuration; empty when the rule is off.
pub fn secret_filter(config: &Config) -> SecretFilter {
    if !config.rules.secret_read.enabled {
        return SecretFilter::default();
    }
    let files = SecretFiles::new(&config.secrets);
    let keys = |index: &HashMap<BString, Vec<Entry>>| {
        index.keys().filter_map(|name| name_key(name)).collect::<BTreeSet<_>>().into_iter().collect()
    };
    SecretFilter { names: keys(&files.by_name), dirs: keys(&files.by_directory) }
}

/// A name as the kernel's maps have it; `None` when it is too long for them, which patterns are checked for.
fn name_key(name: &[u8]) -> Option<NameKey> {
    let mut key = NameKey::default();
    let room = key.len() - 1;
    key[..room].get_mut(..name.len())?.copy_from_slice(name);
    Some(key)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn patterns() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().flat_map(|(_, patterns)| patterns.iter().copied())
    }

    #[test]
    fn built_in_patterns_are_good() {
        for text in patterns() {
            FilePattern::parse(text).unwrap();
        }
    }

    #[test]
    fn knows_the_classics_and_their_twins() {
        let files = SecretFiles::new(&Secrets::default());
        let secret = |path: &str| files.find(path.into(), false);
        for (path, kind) in [
            ("/etc/shadow", FileKind::Passwords),
            ("/host/etc/gshadow-", FileKind::Passwords),
            ("/root/.ssh/id_ed25519", FileKind::PrivateKey),
            ("/etc/ssl/private/site.pem", FileKind::PrivateKey),
            ("/etc/kubernetes/pki/ca.key", FileKind::PrivateKey),
            ("/home/a/.aws/credentials", FileKind::Credentials),
            ("/root/.config/gcloud/application_default_credentials.json", FileKind::Credentials),
            ("/run/secrets/db_password", FileKind::Mounted),
            ("/run/secrets/kubernetes.io/serviceaccount/token", FileKind::ServiceAccountToken),
            (
                "/run/secrets/kubernetes.io/serviceaccount/..2026_11_25_01_02_03.123456789/token",
                FileKind::ServiceAccountToken,
            ),
            ("/srv/tls/..2026_11_25_01_02_03.1/tls.key", FileKind::PrivateKey),
        ] {
            assert_eq!(secret(path), Some(kind), "{path}");
        }
        for path in [
            "/etc/passwd",
            "/etc/shadow.md",
            "/srv/shadow",
            "/etc/shadow/x",
            "/root/.ssh/id_ed25519.pub",
            "/root/.ssh/known_hosts",
            "/etc/ssl/private/site.pub",
            "/etc/ssl/certs/ca.pem",
            "/etc/kubernetes/pki/ca.crt",
            "/app/config.json",
            "/app/.git/config",
            "/run/secrets/kubernetes.io/serviceaccount/ca.crt",
            "/run/secrets/kubernetes.io/serviceaccount/namespace",
            "/usr/lib/python3/token",
            "",
            "/",
        ] {
            assert_eq!(secret(path), None, "{path}");
        }
    }

    #[test]
    fn the_configuration_adds_and_takes_away() {
        let config = Config::parse(
            "secrets:\n  files: [/srv/app/pass.txt, '/srv/keys/*', '/home/*/vault']\n  public: ['**/etc/shadow']\n",
            "t",
        )
        .unwrap();
        let files = SecretFiles::new(&config.secrets);
        let secret = |path: &str| files.find(path.into(), false).is_some();
        assert!(secret("/srv/app/pass.txt") && secret("/srv/keys/a") && secret("/home/me/vault"));
        assert!(!secret("/x/srv/app/pass.txt") && !secret("/srv/keys/a/b") && !secret("/home/vault"));
        assert!(!secret("/etc/shadow"));
        // With its beginning lost, a path may be any that ends so, and isn't one that begins at the root.
        assert!(files.find("/.aws/credentials".into(), true).is_some());
        assert!(files.find("/app/pass.txt".into(), true).is_none());
    }

    #[test]
    fn no_filter_when_the_rule_is_off() {
        let config = Config::parse("rules: {secret-read: {enabled: false}}", "t").unwrap();
        assert_eq!(secret_filter(&config), SecretFilter::default());
    }

    /// What the kernel program does.
    fn passes(filter: &SecretFilter, path: &BStr) -> bool {
        let mut names = names(path).rev();
        let in_list = |list: &[NameKey], name: Option<&[u8]>| {
            name.and_then(name_key).is_some_and(|key| list.binary_search(&key).is_ok())
        };
        let (file, directory) = (names.next(), names.next());
        in_list(&filter.names, file) || in_list(&filter.dirs, directory)
    }

    proptest! {
        /// Whatever is secret by its path gets past the kernel's filter.
        #[test]
        fn the_filter_lets_every_secret_pass(
            pattern in proptest::sample::select(patterns().chain(["/a/*/b/*", "/x", "c", "**/d/*"]).collect::<Vec<_>>()),
            before in proptest::collection::vec("[a-z.]{1,4}", 0..4),
            stars in "[a-z]{1,5}",
            volume in proptest::option::of(Just("..2026_11_25_01_02_03.99")),
            at in 0usize..4,
            cut in any::<bool>(),
        ) {
            let config = Config::parse("secrets: {files: ['/a/*/b/*', /x, c, '**/d/*']}", "t").unwrap();
            let mut path: Vec<&str> = before.iter().map(String::as_str).collect();
            path.extend(pattern.split('/').filter(|name| !matches!(*name, "" | "**")).map(|name| if name == "*" { &stars } else { name }));
            if let Some(volume) = volume {
                let at = path.len().saturating_sub(at);
                path.insert(at, volume);
            }
            let path = format!("/{}", path.join("/"));
            let secret = SecretFiles::new(&config.secrets).find(path.as_str().into(), cut).is_some();
            prop_assert!(!secret || passes(&secret_filter(&config), path.as_str().into()), "{}", path);
        }
    }
}
