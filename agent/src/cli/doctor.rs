//! `lunette doctor`: what this node allows.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use serde::Serialize;

use super::format::visible;
use crate::config::Config;
use crate::enrich::identity::Resolver;
use crate::export::json;
use crate::kernel::load::{Kernel, Rings};
use crate::run::{node, status};

/// Say what this node allows: which sensors work and by which hook, what stays unseen, and where identities come from.
///
/// Loads and attaches each kernel program for a moment. Ends with an error when there is a sensor that doesn't work.
#[derive(Args, Clone, Debug)]
pub struct DoctorArgs {
    /// JSON; the default where output is no terminal
    #[arg(long)]
    json: bool,
    /// Lines to read, also where output is no terminal
    #[arg(long, conflicts_with = "json")]
    text: bool,
    /// Configuration to check as well [default: /etc/lunette/lunette.yaml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Serialize)]
struct Diagnosis {
    version: &'static str,
    kernel: String,
    checks: Vec<Check>,
    sensors: Vec<Sensor>,
    blind: Vec<Blind>,
    sources: Vec<Source>,
}

/// One thing that must be so.
#[derive(Serialize)]
struct Check {
    name: &'static str,
    good: bool,
    /// What was found, or what to do.
    note: String,
}

#[derive(Serialize)]
struct Sensor {
    name: &'static str,
    works: bool,
    backend: &'static str,
    hook: &'static str,
    error: String,
}

#[derive(Serialize)]
struct Blind {
    what: String,
    why: String,
}

#[derive(Serialize)]
struct Source {
    name: String,
    endpoint: String,
    there: bool,
}

pub async fn run(args: DoctorArgs) -> Result<()> {
    let diagnosis = examine(args.config.as_ref()).await;
    let is_terminal = io::stdout().is_terminal();
    if args.json || (!is_terminal && !args.text) {
        println!("{}", json::page(&diagnosis)?);
    } else {
        print(&diagnosis);
    }
    let broken = diagnosis.checks.iter().filter(|c| !c.good).count()
        + diagnosis.sensors.iter().filter(|s| !s.works).count();
    if broken > 0 {
        bail!("{broken} things here don't work; `lunette replay FILE` works all the same");
    }
    Ok(())
}

async fn examine(config: Option<&PathBuf>) -> Diagnosis {
    let config = super::config(config);
    let mut checks = vec![
        check(
            "configuration",
            config.as_ref().map(|_| "good".to_owned()).map_err(|error| format!("{error:#}")),
        ),
        check(
            "privileges",
            super::run::need_privileges().map(|()| "enough".to_owned()).map_err(|e| e.to_string()),
        ),
        check(
            "kernel types (BTF)",
            match Path::new("/sys/kernel/btf/vmlinux").exists() {
                true => Ok("/sys/kernel/btf/vmlinux".to_owned()),
                false => Err("the kernel must describe its types: CONFIG_DEBUG_INFO_BTF=y".to_owned()),
            },
        ),
    ];
    let config = config.unwrap_or_else(|_| Config::default());
    let rings = Rings { process: 65_536, file: 65_536, network: 65_536 };
    let loaded = tokio::task::spawn_blocking(move || {
        let mut kernel = Kernel::load(&rings, 0)?;
        kernel.attach();
        Ok::<_, anyhow::Error>(kernel.sensors().to_vec())
    });
    let loaded = loaded.await.map_err(anyhow::Error::from).and_then(|result| result);
    checks.push(check(
        "kernel programs",
        match &loaded {
            Ok(_) => Ok("load".to_owned()),
            Err(error) => Err(format!("{error:#}")),
        },
    ));
    let sensors = loaded.unwrap_or_default();
    let blind = status::blind(&sensors).into_iter().map(|b| Blind { what: b.what, why: b.why }).collect();
    let sources = Resolver::new(&config.identity).sources().into_iter().map(|source| Source {
        there: Path::new(source.endpoint.trim_end_matches("/*")).exists(),
        name: source.name,
        endpoint: source.endpoint,
    });
    Diagnosis {
        version: env!("CARGO_PKG_VERSION"),
        kernel: node::read(None).kernel,
        checks,
        sensors: sensors
            .into_iter()
            .map(|s| Sensor {
                name: s.name,
                works: s.attached,
                backend: s.backend,
                hook: s.hook,
                error: s.error,
            })
            .collect(),
        blind,
        sources: sources.collect(),
    }
}

fn check(name: &'static str, result: Result<String, String>) -> Check {
    let good = result.is_ok();
    Check { name, good, note: result.unwrap_or_else(|note| note) }
}

fn print(diagnosis: &Diagnosis) {
    let mark = |good: bool| if good { "ok " } else { "NOT" };
    println!("lunette {} on Linux {}\n", diagnosis.version, visible(&diagnosis.kernel));
    for check in &diagnosis.checks {
        println!("{}  {:<20} {}", mark(check.good), check.name, visible(&check.note));
    }
    println!("\nSensors");
    for sensor in &diagnosis.sensors {
        let how = if sensor.works { sensor.backend } else { sensor.error.as_str() };
        println!("{}  {:<20} {:<30} {}", mark(sensor.works), sensor.name, sensor.hook, visible(how));
    }
    println!("\nNot seen");
    for blind in &diagnosis.blind {
        println!("     {}: {}", visible(&blind.what), visible(&blind.why));
    }
    println!("\nWhere identities come from (any one will do)");
    if diagnosis.sources.is_empty() {
        println!("     none here yet: they are looked for again whenever a container starts");
    }
    for source in &diagnosis.sources {
        let there = if source.there { "there" } else { "not there" };
        println!("     {:<12} {:<50} {there}", visible(&source.name), visible(&source.endpoint));
    }
}
