//! What the demonstration does: four violations, and beside each its innocent twin, which differs in one thing.

/// One program executed in the container.
#[derive(Debug)]
pub(crate) struct Deed {
    pub(crate) uid: u32,
    /// The program and its arguments. No two deeds have the same of both.
    pub(crate) args: &'static [&'static str],
    /// The rule that has to report it; `None` for what has to stay unreported.
    pub(crate) rule: Option<&'static str>,
}

/// A user that isn't root.
pub(crate) const USER: u32 = 1000;

/// The container's own address, and two others; all are for documentation (RFC 5737) and nobody's.
pub(crate) const ADDRESS: &str = "192.0.2.1";
/// One that the demonstration's egress list doesn't have.
pub(crate) const UNDECLARED: &str = "203.0.113.1";
/// One that it has.
pub(crate) const DECLARED: &str = "198.51.100.1";
/// The port of both.
pub(crate) const PORT: u16 = 443;
const PORT_TEXT: &str = "443";

/// Where the container has the Secret and the ConfigMap.
pub(crate) const SECRET_MOUNT: &str = "/app/creds";
pub(crate) const CONFIG_MOUNT: &str = "/app/settings";

pub(crate) const DEEDS: [Deed; 8] = [
    Deed { uid: USER, args: &["sh", "-c", "id"], rule: Some("shell-in-container") },
    Deed { uid: USER, args: &["id"], rule: None },
    Deed { uid: 0, args: &["sleep", "0"], rule: Some("root-process") },
    Deed { uid: USER, args: &["sleep", "0"], rule: None },
    Deed { uid: USER, args: &["nc", "-w", "1", UNDECLARED, PORT_TEXT], rule: Some("undeclared-egress") },
    Deed { uid: USER, args: &["nc", "-w", "1", DECLARED, PORT_TEXT], rule: None },
    Deed { uid: USER, args: &["cat", "/app/creds/token"], rule: Some("secret-read") },
    Deed { uid: USER, args: &["cat", "/app/settings/token"], rule: None },
];

/// Comes last. Events keep their order, so once its exec has been seen, all of the above has.
pub(crate) const END: Deed = Deed { uid: USER, args: &["true", "end-of-demonstration"], rule: None };

impl Deed {
    /// As one would type it.
    pub(crate) fn line(&self) -> String {
        self.args.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds_are_told_apart_by_user_and_arguments() {
        let mut names: Vec<_> = DEEDS.iter().chain([&END]).map(|deed| (deed.uid, deed.args)).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), DEEDS.len() + 1);
    }

    #[test]
    fn constants_agree() {
        assert_eq!(PORT.to_string(), PORT_TEXT);
        let reads = |mount: &str| DEEDS.iter().any(|deed| deed.line() == format!("cat {mount}/token"));
        assert!(reads(SECRET_MOUNT) && reads(CONFIG_MOUNT));
    }
}
