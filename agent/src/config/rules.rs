//! `rules`: each rule's switch, severity and exceptions.

use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, de};

use super::egress::not_empty;
use super::values::{Cidr, ExpiryDate, Ports, Wildcard};
use crate::event::Severity;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Rules {
    pub shell_in_container: Rule<ProcessRule>,
    pub root_process: Rule<ProcessRule>,
    pub undeclared_egress: Rule<NetworkRule>,
    pub secret_read: Rule<SecretRule>,
}

/// What the exceptions of a rule may name besides the container and the program.
pub trait RuleExceptions {
    /// Keys of [`Exception`] that never match anything in this rule.
    const UNFIT: &'static [&'static str];
}

/// Rules about what is executed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ProcessRule;
/// Rules about destinations.
#[derive(Clone, Copy, Debug, Default)]
pub struct NetworkRule;
/// Rules about files.
#[derive(Clone, Copy, Debug, Default)]
pub struct SecretRule;

impl RuleExceptions for ProcessRule {
    const UNFIT: &'static [&'static str] = &["paths", "destinations", "ports"];
}
impl RuleExceptions for NetworkRule {
    const UNFIT: &'static [&'static str] = &["paths"];
}
impl RuleExceptions for SecretRule {
    const UNFIT: &'static [&'static str] = &["destinations", "ports"];
}

#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, bound = "K: RuleExceptions")]
pub struct Rule<K> {
    pub enabled: bool,
    /// Stands for the severity that the rule would choose by the facts.
    #[serde(deserialize_with = "severity")]
    pub severity: Option<Severity>,
    #[serde(deserialize_with = "exceptions::<K, _>")]
    pub exceptions: Vec<Exception>,
    #[serde(skip)]
    kind: PhantomData<K>,
}

impl<K> Default for Rule<K> {
    fn default() -> Self {
        Self { enabled: true, severity: None, exceptions: Vec::new(), kind: PhantomData }
    }
}

/// What a rule is to keep quiet about, and why. Every criterion that is given must match, by one of its patterns; at
/// least one is given.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// For whoever reads the configuration next.
    #[serde(deserialize_with = "not_empty")]
    pub reason: String,
    /// Last day on which it holds; it always does when there is none.
    pub expires: Option<ExpiryDate>,
    #[serde(default)]
    pub namespaces: Vec<Wildcard>,
    #[serde(default)]
    pub pods: Vec<Wildcard>,
    /// Names or ids of the container.
    #[serde(default)]
    pub containers: Vec<Wildcard>,
    #[serde(default)]
    pub images: Vec<Wildcard>,
    /// Real path of the program's file, or the applet's name of a program like busybox.
    #[serde(default)]
    pub programs: Vec<Wildcard>,
    /// How the arguments begin, the program's name left out: one pattern an argument.
    #[serde(default)]
    pub args: Vec<Wildcard>,
    /// File that was opened, as the finding shows it.
    #[serde(default)]
    pub paths: Vec<Wildcard>,
    #[serde(default)]
    pub destinations: Vec<Cidr>,
    #[serde(default)]
    pub ports: Ports,
}

impl Exception {
    /// Names of the criteria that are given.
    fn criteria(&self) -> impl Iterator<Item = &'static str> {
        [
            ("namespaces", self.namespaces.is_empty()),
            ("pods", self.pods.is_empty()),
            ("containers", self.containers.is_empty()),
            ("images", self.images.is_empty()),
            ("programs", self.programs.is_empty()),
            ("args", self.args.is_empty()),
            ("paths", self.paths.is_empty()),
            ("destinations", self.destinations.is_empty()),
            ("ports", self.ports.is_empty()),
        ]
        .into_iter()
        .filter_map(|(name, absent)| (!absent).then_some(name))
    }
}

/// An [`Exception`] of a rule of kind `K`, checked as it is read so that an error has its place.
struct Checked<K>(Exception, PhantomData<K>);

impl<'de, K: RuleExceptions> Deserialize<'de> for Checked<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let exception = Exception::deserialize(deserializer)?;
        if let Some(unfit) = exception.criteria().find(|name| K::UNFIT.contains(name)) {
            return Err(de::Error::custom(format!("`{unfit}` says nothing about what this rule looks at")));
        }
        if exception.criteria().next().is_none() {
            return Err(de::Error::custom(
                "an exception for everything: name containers, programs, …, or set the rule's `enabled: false`",
            ));
        }
        Ok(Self(exception, PhantomData))
    }
}

fn exceptions<'de, K: RuleExceptions, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<Exception>, D::Error> {
    let checked = Vec::<Checked<K>>::deserialize(deserializer)?;
    Ok(checked.into_iter().map(|Checked(exception, _)| exception).collect())
}

fn severity<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Severity>, D::Error> {
    const ALL: [Severity; 5] =
        [Severity::Info, Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    let Some(text) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    match ALL.into_iter().find(|severity| severity.as_str() == text) {
        Some(severity) => Ok(Some(severity)),
        None => Err(de::Error::custom(format!(
            "{text:?} is no severity: there are {}",
            ALL.map(Severity::as_str).join(", ")
        ))),
    }
}
