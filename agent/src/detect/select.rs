//! Which containers and deeds a part of the configuration is about.

use std::net::IpAddr;

use crate::config::{Exception, Wildcard};
use crate::detect::program;
use crate::event::{Container, Image};

/// Containers by their names.
#[derive(Clone, Copy)]
pub(crate) struct Selector<'a> {
    pub namespaces: &'a [Wildcard],
    pub pods: &'a [Wildcard],
    pub containers: &'a [Wildcard],
    pub images: &'a [Wildcard],
}

impl Selector<'_> {
    /// Every list that isn't empty has a pattern for the container. What isn't known of a container matches nothing.
    pub(crate) fn matches(&self, container: &Container) -> bool {
        let pod = container.pod.as_ref();
        any(self.namespaces, [pod.map_or("", |pod| &pod.namespace)])
            && any(self.pods, [pod.map_or("", |pod| &pod.name)])
            && any(self.containers, [container.name.as_str(), container.id.as_str()])
            && any(self.images, [container.image.as_str()])
    }
}

fn any<const N: usize>(patterns: &[Wildcard], names: [&str; N]) -> bool {
    patterns.is_empty()
        || names
            .iter()
            .any(|name| !name.is_empty() && patterns.iter().any(|pattern| pattern.matches(name.as_bytes())))
}

/// What an exception is compared with.
pub(crate) struct Facts<'a> {
    pub container: &'a Container,
    pub image: &'a Image,
    /// The file, as the finding shows it.
    pub path: Option<&'a [u8]>,
    pub destination: Option<(IpAddr, u16)>,
    pub unix_ns: u64,
}

/// The first exception that covers a deed and hasn't expired. Linear in their number; only asked when a rule fires.
pub(crate) fn covering<'a>(exceptions: &'a [Exception], facts: &Facts<'_>) -> Option<&'a Exception> {
    exceptions.iter().find(|exception| covers(exception, facts))
}

fn covers(exception: &Exception, facts: &Facts<'_>) -> bool {
    if exception.expires.is_some_and(|day| facts.unix_ns >= day.end_unix_ns) {
        return false;
    }
    let selector = Selector {
        namespaces: &exception.namespaces,
        pods: &exception.pods,
        containers: &exception.containers,
        images: &exception.images,
    };
    selector.matches(facts.container)
        && program_matches(&exception.programs, facts.image)
        && args_match(&exception.args, facts.image)
        && (exception.paths.is_empty()
            || facts.path.is_some_and(|path| exception.paths.iter().any(|pattern| pattern.matches(path))))
        && (exception.destinations.is_empty()
            || facts.destination.is_some_and(|(address, _)| {
                exception.destinations.iter().any(|block| block.0.contains(&address))
            }))
        && (exception.ports.is_empty()
            || facts
                .destination
                .is_some_and(|(_, port)| exception.ports.iter().any(|range| range.contains(port))))
}

fn program_matches(patterns: &[Wildcard], image: &Image) -> bool {
    patterns.is_empty()
        || patterns.iter().any(|pattern| {
            (!image.exe.is_empty() && pattern.matches(&image.exe))
                || program::applet(image).is_some_and(|applet| pattern.matches(applet))
        })
}

fn args_match(patterns: &[Wildcard], image: &Image) -> bool {
    let args = image.args.get(1..).unwrap_or_default();
    args.len() >= patterns.len() && patterns.iter().zip(args).all(|(pattern, arg)| pattern.matches(arg))
}
