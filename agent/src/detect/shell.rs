//! `shell-in-container`: a command interpreter was executed in a container.

use std::borrow::Cow;

use super::program::{self, Evidence, Shell};
use super::text::{Quoted, command_line};
use super::{Hit, Key, RuleId, Scene};
use crate::event::{Image, Origin, Severity};

pub(super) fn check(scene: &Scene<'_>) -> Option<Hit> {
    let process = &scene.actor.process;
    let image = &process.image;
    let shell = program::shell(image)?;
    let (severity, how) = judge(scene);
    let tty = if image.flags.tty { "with a terminal" } else { "without a terminal" };
    let mut why = format!("{} ran {} {tty}, {how}", what(&shell, image), Quoted(&command_line(image)));
    if let Some(total) = image.args_cut_from {
        why += &format!("; its arguments are {total} bytes long, of which the first are known");
    }
    let mut key = Key::new(RuleId::Shell.name(), scene.container);
    key.add(&image.exe);
    key.add(process.origin.as_str().as_bytes());
    if image.flags.script {
        key.add(&image.filename);
    }
    image.args.iter().for_each(|arg| key.add(arg));
    Some(Hit { severity, why, key, path: None, destination: None })
}

/// How bad it is, and how the shell came to be.
fn judge(scene: &Scene<'_>) -> (Severity, Cow<'static, str>) {
    let process = &scene.actor.process;
    match process.origin {
        Origin::Entrypoint => (Severity::Low, "as the container's entrypoint".into()),
        Origin::ExecInto => {
            let severity = if process.image.flags.tty { Severity::High } else { Severity::Medium };
            (severity, "brought in from outside (as kubectl exec, runc exec and nsenter do)".into())
        }
        Origin::Spawned => match (scene.ancestors)().first() {
            // An image that nothing is known of says nothing about who started this.
            Some(parent) if !parent.image.exe.is_empty() => {
                let of_shell = program::shell(&parent.image).is_some();
                let severity = if of_shell { Severity::Medium } else { Severity::High };
                let kind = if of_shell { "another shell" } else { "a program that is no shell" };
                let how =
                    format!("started by {} of the container, {kind}", Quoted(program::name(&parent.image)));
                (severity, how.into())
            }
            _ => (Severity::Medium, "started by a process of the container that isn't known".into()),
        },
        Origin::Host | Origin::Runtime | Origin::Unknown => {
            (Severity::Medium, "and how it came into the container isn't known".into())
        }
    }
}

fn what(shell: &Shell<'_>, image: &Image) -> String {
    let file = Quoted(if image.exe.is_empty() { &image.filename } else { &image.exe });
    let shell_name = Quoted(shell.name);
    let what = match shell.evidence {
        Evidence::Content => format!("the shell {shell_name} (known by its content; the file is {file})"),
        Evidence::Applet(of) => format!("the shell {shell_name} (an applet of {of}; the file is {file})"),
        Evidence::Name(reason) => {
            format!("the shell {shell_name} (known by its name only, {reason}; the file is {file})")
        }
        Evidence::Loader => format!("the shell {shell_name} (by way of the dynamic loader {file})"),
    };
    if image.flags.script { format!("the script {} for {what}", Quoted(&image.filename)) } else { what }
}
