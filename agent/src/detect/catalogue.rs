//! The rules' names, descriptions and tags: `rules.yaml`, and the page that is made from it.

use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use serde::Deserialize;

use crate::event::{Severity, Tags};

/// A rule of the agent's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RuleId {
    Shell,
    Root,
    Egress,
    Secret,
}

impl RuleId {
    pub const ALL: [Self; 4] = [Self::Shell, Self::Root, Self::Egress, Self::Secret];

    /// As in findings, filters and the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shell => "shell-in-container",
            Self::Root => "root-process",
            Self::Egress => "undeclared-egress",
            Self::Secret => "secret-read",
        }
    }

    pub fn info(self) -> &'static RuleInfo {
        // In the order of `ALL`: `load` sees to it.
        &CATALOGUE[self as usize]
    }
}

/// What `rules.yaml` says about a rule.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleInfo {
    pub name: String,
    pub title: String,
    /// The usual one; a rule may choose another by the facts.
    #[serde(deserialize_with = "severity")]
    pub severity: Severity,
    pub description: String,
    /// What it keeps quiet about.
    pub innocent: Vec<String>,
    /// What it doesn't see.
    pub limits: Vec<String>,
    attack: Vec<String>,
    iso27001: Vec<String>,
    soc2: Vec<String>,
    #[serde(skip)]
    pub tags: Arc<Tags>,
}

static CATALOGUE: LazyLock<Vec<RuleInfo>> = LazyLock::new(|| {
    // The file is part of the program, and a test loads it.
    load(include_str!("rules.yaml"))
        .unwrap_or_else(|error| panic!("the built-in rules.yaml is broken: {error}"))
});

fn load(text: &str) -> Result<Vec<RuleInfo>, String> {
    let mut rules: Vec<RuleInfo> = serde_saphyr::from_str(text).map_err(|error| error.to_string())?;
    if !rules.iter().map(|rule| rule.name.as_str()).eq(RuleId::ALL.map(RuleId::name)) {
        return Err("it has other rules than the code, or another order".to_owned());
    }
    for rule in &mut rules {
        rule.tags = Arc::new(Tags {
            attack: rule.attack.clone(),
            iso27001: rule.iso27001.clone(),
            soc2: rule.soc2.clone(),
        });
    }
    Ok(rules)
}

fn severity<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Severity, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "info" => Ok(Severity::Info),
        "low" => Ok(Severity::Low),
        "medium" => Ok(Severity::Medium),
        "high" => Ok(Severity::High),
        "critical" => Ok(Severity::Critical),
        other => Err(serde::de::Error::custom(format!("{other:?} is no severity"))),
    }
}

/// The text of `docs/rules.md`.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Rules\n\n\
         *Made from `agent/src/detect/rules.yaml` (`UPDATE_DOCS=1 cargo test -p lunette rules_page`); change that.*\n\n\
         All are on by default; `docs/configuration.md` says how to turn one off, fix its severity, or make an \
         exception. A finding's tags say which controls it supports evidence for; they claim no compliance.\n",
    );
    for rule in CATALOGUE.iter() {
        let list = |items: &[String]| items.iter().map(|item| format!("- {item}\n")).collect::<String>();
        // Writing to a String can't fail.
        let _ = write!(
            page,
            "\n## {} (`{}`)\n\n{}\nKeeps quiet about:\n\n{}\nLimits:\n\n{}\n\
             | usual severity | MITRE ATT&CK | ISO 27001:2022 Annex A | SOC 2 |\n| --- | --- | --- | --- |\n\
             | {} | {} | {} | {} |\n",
            rule.title,
            rule.name,
            rule.description,
            list(&rule.innocent),
            list(&rule.limits),
            rule.severity.as_str(),
            rule.tags.attack.join(", "),
            rule.tags.iso27001.join(", "),
            rule.tags.soc2.join(", "),
        );
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_page() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/rules.md");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, markdown()).unwrap();
        }
        assert_eq!(
            std::fs::read_to_string(path).unwrap(),
            markdown(),
            "docs/rules.md is old: run UPDATE_DOCS=1 cargo test -p lunette rules_page"
        );
    }

    #[test]
    fn every_rule_has_tags() {
        for id in RuleId::ALL {
            let tags = &id.info().tags;
            assert!(!tags.attack.is_empty() && !tags.iso27001.is_empty() && !tags.soc2.is_empty(), "{id:?}");
            assert!(tags.attack.iter().all(|id| id.starts_with('T')));
        }
    }
}
