//! What is wrong with a configuration, in one line that leads to the place.

use std::fmt;
use std::string::FromUtf8Error;

use serde_saphyr::Error as YamlError;
use serde_saphyr::budget::BudgetBreach;

/// What is wrong, and where. Displays as `lunette.yaml:12:5: egress.lists[0].allow[2].cidr: "10.0.0.0/33" is …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    pub file: String,
    /// Line and column, from 1; `None` where it is about the file as a whole.
    pub place: Option<(u64, u64)>,
    /// The key's path, as `egress.lists[0].allow[2].cidr`; empty where it is about no key.
    pub key: String,
    pub message: String,
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some((line, column)) = self.place {
            write!(f, ":{line}:{column}")?;
        }
        write!(f, ": ")?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        write!(f, "{}", self.message)
    }
}

impl ConfigError {
    pub(super) fn whole(file: &str, message: String) -> Self {
        Self { file: file.to_owned(), place: None, key: String::new(), message }
    }

    pub(super) fn not_utf8(file: &str, error: &FromUtf8Error) -> Self {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        let column = good.iter().rev().take_while(|byte| **byte != b'\n').count() as u64 + 1;
        Self {
            file: file.to_owned(),
            place: Some((line, column)),
            key: String::new(),
            message: format!(
                "is not UTF-8: byte 0x{:02x} at offset {} (save the file as UTF-8)",
                error.as_bytes().get(good.len()).copied().unwrap_or_default(),
                good.len()
            ),
        }
    }

    pub(super) fn from_yaml(file: &str, path: &str, error: &YamlError) -> Self {
        let error = error.without_snippet();
        let place = error
            .location()
            .filter(|location| location.line() > 0)
            .map(|location| (location.line(), location.column()));
        let (key, message) = describe(path, error);
        Self { file: file.to_owned(), place, key, message }
    }
}

/// The key that an error is about, and what is the matter with it.
fn describe(path: &str, error: &YamlError) -> (String, String) {
    let path = match path {
        "." | "?" => "",
        path => path.trim_end_matches(".?"),
    };
    let inside = |field: &str| if path.is_empty() { field.to_owned() } else { format!("{path}.{field}") };
    match error {
        YamlError::AliasError { error, .. } => describe(path, error.without_snippet()),
        YamlError::SerdeUnknownField { field, expected, .. } => {
            // The path may or may not end in the key itself, according to how the map was read.
            let ends = path == field || path.ends_with(&format!(".{field}"));
            let key = if ends { path.to_owned() } else { inside(field) };
            (key, format!("no such key here; there are {}", one_of(expected)))
        }
        YamlError::SerdeMissingField { field, .. } => (inside(field), "is missing".to_owned()),
        YamlError::DuplicateMappingKey { key: Some(key), .. } => {
            (inside(key), "stands here twice: keep one of them".to_owned())
        }
        YamlError::SerdeUnknownVariant { variant, expected, .. } => {
            (path.to_owned(), format!("{variant:?} is none of {}", one_of(expected)))
        }
        YamlError::SerdeInvalidType { unexpected, expected, .. }
        | YamlError::SerdeInvalidValue { unexpected, expected, .. } => {
            (path.to_owned(), format!("expected {expected}, and this is {unexpected}"))
        }
        YamlError::InvalidScalar { ty, .. } => {
            (path.to_owned(), format!("expected a whole number that fits ({ty}), and this is none"))
        }
        YamlError::Unexpected { expected, .. } => {
            (path.to_owned(), format!("expected {}", plainly(expected)))
        }
        YamlError::UnsupportedTag { tag, .. } => (path.to_owned(), format!("has no use for the tag {tag}")),
        YamlError::InvalidBooleanStrict { .. } => (path.to_owned(), "expected true or false".to_owned()),
        YamlError::UnknownAnchor { .. } => {
            (path.to_owned(), "this alias names no anchor above it".to_owned())
        }
        YamlError::MultipleDocuments { .. }
        | YamlError::Budget { breach: BudgetBreach::Documents { .. }, .. } => {
            (String::new(), "a second document begins here: a configuration is one document".to_owned())
        }
        YamlError::Budget { breach, .. } => {
            (path.to_owned(), format!("is larger or deeper than any configuration needs to be ({breach:?})"))
        }
        YamlError::AliasReplayLimitExceeded { .. }
        | YamlError::AliasReplayStackDepthExceeded { .. }
        | YamlError::AliasExpansionLimitExceeded { .. } => {
            (path.to_owned(), "its aliases expand to more than any configuration needs".to_owned())
        }
        YamlError::Message { msg, .. } => (path.to_owned(), msg.clone()),
        other => {
            let options = serde_saphyr::render_options! {
                formatter: &serde_saphyr::UserMessageFormatter,
                snippets: serde_saphyr::SnippetMode::Off,
            };
            let text = other.render_with_options(options);
            // The place stands at the beginning of the line already.
            let text = text.lines().next().unwrap_or_default();
            let text = text.rsplit_once(" at line ").map_or(text, |(text, _)| text);
            (path.to_owned(), format!("is no valid YAML: {text}"))
        }
    }
}

/// The parser's word for what it looked for, in the user's.
fn plainly(expected: &str) -> &str {
    match expected {
        "mapping start" => "`key: value` pairs",
        "sequence start" => "a list",
        "string scalar" => "text",
        other => other,
    }
}

fn one_of(names: &[&str]) -> String {
    match names {
        [] => "none".to_owned(),
        names => names.join(", "),
    }
}
