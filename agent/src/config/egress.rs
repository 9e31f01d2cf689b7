//! `egress`: where containers may connect and send to.

use serde::{Deserialize, Deserializer, de};

use super::values::{Cidr, Ports, ProtocolName, Wildcard};

/// Where containers may connect and send to. Loopback is always declared.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Egress {
    /// What goes for containers that no list selects.
    pub default: Unlisted,
    /// DNS that no list declares.
    pub dns: DnsPolicy,
    pub lists: Vec<EgressList>,
}

/// What goes for a container that no list selects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unlisted {
    /// It may connect anywhere.
    #[default]
    Ignore,
    /// Nothing is declared for it, unless it is in the host's own network namespace.
    Deny,
}

/// Which DNS (port 53, UDP and TCP) needs no declaration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DnsPolicy {
    /// To private and link-local addresses, where a cluster's and a site's resolvers are. What asks a resolver out in
    /// the world, as a tunnel through DNS does, is still reported.
    #[default]
    Private,
    /// To any address.
    Any,
    /// None: a list has to declare it.
    Declared,
}

/// Destinations that are declared for the containers that it selects. Every criterion that is given must match; one
/// that isn't matches all.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EgressList {
    /// Stands in findings.
    #[serde(deserialize_with = "not_empty")]
    pub name: String,
    /// Namespaces of the pod; a container without a pod is in none.
    #[serde(default)]
    pub namespaces: Vec<Wildcard>,
    /// Names of the pod.
    #[serde(default)]
    pub pods: Vec<Wildcard>,
    /// Names or ids of the container.
    #[serde(default)]
    pub containers: Vec<Wildcard>,
    /// Images, as they were asked for.
    #[serde(default)]
    pub images: Vec<Wildcard>,
    pub allow: Vec<Allow>,
}

/// A declared destination.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allow {
    pub cidr: Cidr,
    /// Empty is every port.
    #[serde(default)]
    pub ports: Ports,
    #[serde(default)]
    pub protocol: ProtocolName,
}

/// For `#[serde(deserialize_with)]`: text that says something.
pub(super) fn not_empty<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.trim().is_empty() {
        return Err(de::Error::custom("must not be empty"));
    }
    Ok(text)
}
