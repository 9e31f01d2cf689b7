//! The agent at work: puts the parts together, and takes them apart again in the right order.

pub mod clock;
mod filters;
mod lookups;
mod memory;
pub mod node;
mod notify;
mod reader;
mod seeds;
mod self_check;
pub mod status;

use std::fs::File;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use lunette_wire::NameKey;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{mpsc, oneshot, watch};

use crate::config::Config;
use crate::detect::{self, Detector};
use crate::enrich::identity::Resolver;
use crate::export::bus::{self, Bus};
use crate::export::filter::Filter;
use crate::export::jsonl::{self, FindingsFile};
use crate::export::socket::Socket;
use crate::export::view::View;
use crate::export::{grpc, http};
use crate::kernel::load::{Kernel, Rings};
use crate::pipeline::Pipeline;
use crate::recording::{Recorder, Tap};
use crate::status::StatusHandle;
use filters::KernelFilters;
use reader::{Command, Reader};
use self_check::{Bait, Checks};

/// How long the exports may take to hand on what they have, once everything has been published.
const DRAIN: Duration = Duration::from_secs(5);

/// What to do besides watching.
#[derive(Debug, Default)]
pub struct Options {
    /// Copy the pipeline's inputs to this file.
    pub record: Option<File>,
    /// Serve nothing: no API, no metrics, no findings file.
    pub quiet: bool,
    /// End by itself after this long.
    pub duration: Option<Duration>,
}

/// What a run did, for whoever started it.
#[derive(Debug)]
pub struct Report {
    /// Bytes of the recording, where there is one.
    pub recorded: Option<u64>,
    pub numbers: reader::Numbers,
}

/// Runs until SIGTERM, SIGINT, or the time is up.
pub async fn run(config: Config, options: Options) -> Result<Report> {
    let started = Instant::now();
    memory::tune();
    let started_unix_ns = clock::unix_ns();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;

    // Whoever can't listen should say so before the kernel is touched.
    let socket = match options.quiet {
        true => None,
        false => Some(Socket::bind(&config.grpc.socket)?),
    };
    let metrics = match config.metrics.listen.0 {
        Some(address) if !options.quiet => Some(http::bind(address).await?),
        _ => None,
    };

    let node = node::read(config.node.name.as_deref());
    let bus = Bus::default();
    let rings =
        Rings { process: config.rings.process.0, file: config.rings.file.0, network: config.rings.network.0 };
    let log_level = if config.log.kernel { 5 } else { 0 };
    let mut kernel = tokio::task::spawn_blocking(move || Kernel::load(&rings, log_level)).await??;
    let findings = match (&config.findings.file.path.0, options.quiet) {
        (Some(path), false) => {
            let file = &config.findings.file;
            let options = jsonl::Options { path: path.clone(), max_bytes: file.max_bytes, keep: file.keep };
            Some(
                FindingsFile::subscribe(&bus, options)
                    .map_err(|_| anyhow!("the bus takes no more subscribers"))?,
            )
        }
        _ => None,
    };
    let findings_stats = findings.as_ref().map(FindingsFile::stats);
    let (recorder, tap) = match options.record {
        Some(file) => {
            let (recorder, tap) = Recorder::start(file, &node)?;
            (Some(recorder), tap)
        }
        None => (None, Tap::default()),
    };

    let bait_directory = config.grpc.socket.parent().map(Path::to_owned).filter(|_| !options.quiet);
    let bait = Bait::new(&bait_directory.unwrap_or_else(std::env::temp_dir))?;
    let secret = detect::secret_filter(&config);
    let mut names = secret.names;
    names.extend(name_key(bait.name()));
    let filters = KernelFilters::new(kernel.take_filters()?, &names, &secret.dirs)?;
    let pipeline = Pipeline::new(node.clone(), Detector::new(&config, node.namespaces), bus.clone());
    let ring_maps = kernel.take_rings()?;
    let counters = kernel.take_counters()?;
    // Attached first: who is made while the others are being read is in the rings.
    kernel.attach();
    let tasks = kernel.tasks().unwrap_or_else(|error| {
        tracing::warn!("what ran before isn't known: {error:#}");
        Vec::new()
    });
    kernel.log_to_tracing(config.log.kernel)?;
    kernel.loaded();
    memory::trim();
    let misses = kernel.misses();
    let sensors = kernel.sensors().to_vec();
    for sensor in sensors.iter().filter(|s| !s.attached) {
        tracing::warn!(sensor = sensor.name, hook = sensor.hook, "blind: {}", sensor.error);
    }

    if let Some(first) = sensors.first().filter(|_| sensors.iter().all(|s| !s.attached)) {
        bail!("nothing can be seen: no sensor can be attached; {}: {}", first.hook, first.error);
    }

    let resolver = Arc::new(Resolver::new(&config.identity));
    let (wants, wanted) = mpsc::unbounded_channel();
    let (found_sender, found) = mpsc::unbounded_channel();
    let (commands, command_receiver) = mpsc::channel(16);
    let (stop, stopping) = watch::channel(false);
    let checked = bus
        .subscribe("self-check", Filter::default(), bus::DEFAULT_CAPACITY)
        .map_err(|_| anyhow!("the bus takes no more subscribers"))?;
    let reader = Reader {
        rings: ring_maps,
        ring_bytes: [rings.process.into(), rings.file.into(), rings.network.into()],
        counters,
        filters,
        pipeline,
        tasks,
        wants,
        found,
        commands: command_receiver,
        stop: stopping,
        tap,
    };
    let (ended, mut reader_ended) = oneshot::channel();
    let reader = std::thread::Builder::new().name("lunette-reader".to_owned()).spawn(move || {
        let _ = ended.send(reader::run(reader));
    })?;
    tokio::spawn(lookups::serve(Arc::clone(&resolver), wanted, found_sender));

    let checks = Checks::new(&sensors);
    let ready_after_ns = Arc::new(OnceLock::new());
    let (status, status_requests) = StatusHandle::new();
    let facts = status::Facts {
        node: node.clone(),
        started_unix_ns,
        sensors,
        misses,
        checks: checks.clone(),
        resolver,
        ready_after_ns: Arc::clone(&ready_after_ns),
    };
    tokio::spawn(status::serve(facts, commands.clone(), status_requests));

    let (ready, ready_receiver) = watch::channel(false);
    let (over, published_all) = watch::channel(false);
    let ended = |mut published_all: watch::Receiver<bool>| async move {
        // Closed or true, it is over.
        let _ = published_all.wait_for(|over| *over).await;
    };
    let view =
        View { bus: bus.clone(), pipeline: status, ready: ready_receiver, findings_file: findings_stats };
    let mut exports = tokio::task::JoinSet::new();
    if let Some(socket) = &socket {
        let about = grpc::About {
            node: node.name.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            kernel: node.kernel.clone(),
            boot_id: node.boot_id.clone(),
        };
        let rules = detect::RuleId::ALL.iter().map(|rule| rule.name()).collect();
        let api = grpc::Api { view: view.clone(), about, rules, queue: bus::DEFAULT_CAPACITY };
        let serving = grpc::serve(api, socket.listener()?, ended(published_all.clone()));
        exports.spawn(async move {
            if let Err(error) = serving.await {
                tracing::error!("the API has ended: {error:#}");
            }
        });
    }
    if let Some(listener) = metrics {
        exports.spawn(http::serve(view.clone(), listener, ended(published_all.clone())));
    }
    if let Some(findings) = findings {
        exports.spawn(findings.run(ended(published_all.clone())));
    }

    if let Err(error) = self_check::run(&checks, &bait, checked).await {
        tracing::error!("the self-check failed: {error:#}");
    }
    drop(bait);
    let _ = commands.send(Command::ReleaseHost).await;
    if checks.all_seen() {
        let _ = ready_after_ns.set(started.elapsed().as_nanos() as u64);
        ready.send_replace(true);
        tracing::info!(
            "ready after {} ms; `lunette watch` shows what happens",
            started.elapsed().as_millis()
        );
    } else {
        for check in checks.get() {
            tracing::error!(check = check.name, state = ?check.state, "the self-check didn't come back whole");
        }
    }
    // Ready is started, for a service manager; whether it sees is in the status, the health service and `/readyz`.
    let whole =
        if checks.all_seen() { "sees all that it should" } else { "BLIND in part: see `lunette status`" };
    notify::notify(&format!("READY=1\nSTATUS={whole}"));

    let time_is_up = async {
        match options.duration {
            Some(duration) => tokio::time::sleep(duration).await,
            None => std::future::pending().await,
        }
    };
    let early = tokio::select! {
        _ = terminate.recv() => None,
        _ = interrupt.recv() => None,
        () = time_is_up => None,
        result = &mut reader_ended => Some(result),
    };

    notify::notify("STOPPING=1");
    ready.send_replace(false);
    // Detached first: then what is in the rings is all there is.
    drop(kernel);
    let _ = stop.send(true);
    let result = match early {
        Some(result) => result,
        None => reader_ended.await,
    };
    let _ = reader.join();
    let numbers =
        result.map_err(|_| anyhow!("the reader has ended by a bug"))?.context("the reader has ended")?;
    over.send_replace(true);
    bus.close();
    let drained = async { while exports.join_next().await.is_some() {} };
    if tokio::time::timeout(DRAIN, drained).await.is_err() {
        tracing::warn!("not everything was handed on within {} s", DRAIN.as_secs());
    }
    drop(socket);
    let recorded = match recorder {
        Some(recorder) => Some(recorder.finish().context("the recording can't be written")?.bytes),
        None => None,
    };
    let (stages, lost) =
        (numbers.stages, numbers.hooks.iter().map(|hook| hook.counters.dropped).sum::<u64>());
    tracing::info!("ended: {} events, {} findings, {lost} records lost", stages.events, stages.findings);
    Ok(Report { recorded, numbers })
}

fn name_key(name: &str) -> Option<NameKey> {
    let mut key = NameKey::default();
    let room = key.len() - 1;
    key.get_mut(..name.len()).filter(|_| name.len() <= room)?.copy_from_slice(name.as_bytes());
    Some(key)
}
