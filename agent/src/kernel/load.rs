//! Loads the programs into the kernel and attaches them, hook by hook: what can't be attached is said, and the rest runs.

use std::io::Read as _;
use std::os::fd::{AsFd as _, AsRawFd as _, OwnedFd};

use anyhow::{Context as _, Result, bail};
use aya::maps::{Array, HashMap, Map, MapData, PerCpuArray, RingBuf};
use aya::programs::{BtfTracePoint, Iter};
use aya::{Ebpf, EbpfLoader, Pod};
use aya_log::EbpfLogger;
use lunette_wire::offsets::{LEGACY_SUBSYS, SYSCALL_CLASS, needs};
use lunette_wire::{Counters, MountKey, NameHint, NameKey, hint_bit, hook, ring};

use tokio::io::unix::AsyncFd;

use super::btf::Btf;
use super::offsets::Offsets;
use super::syscalls;
use crate::status::Sensor;

/// The kernel programs, as `cargo xtask build` made them; empty in an agent that was built without them.
static OBJECT: &[u8] = aya::include_bytes_aligned!(concat!(env!("OUT_DIR"), "/lunette-ebpf.o"));

const BTF_PATH: &str = "/sys/kernel/btf/vmlinux";

/// One program of the tracepoint backend.
struct Program {
    name: &'static str,
    tracepoint: &'static str,
    hook: &'static str,
    /// [`needs`]
    needs: u8,
    sensors: &'static [&'static str],
}

const TRACEPOINT: &str = "tracepoint";

const PROGRAMS: &[Program] = &[
    Program {
        name: "lunette_exec",
        tracepoint: "sched_process_exec",
        hook: "tp_btf/sched_process_exec",
        needs: needs::PROCESS,
        sensors: &["exec"],
    },
    Program {
        name: "lunette_fork",
        tracepoint: "sched_process_fork",
        hook: "tp_btf/sched_process_fork",
        needs: needs::PROCESS,
        sensors: &["fork"],
    },
    Program {
        name: "lunette_exit",
        tracepoint: "sched_process_exit",
        hook: "tp_btf/sched_process_exit",
        needs: needs::PROCESS,
        sensors: &["exit"],
    },
    Program {
        name: "lunette_tcp",
        tracepoint: "inet_sock_set_state",
        hook: "tp_btf/inet_sock_set_state",
        needs: needs::TCP,
        sensors: &["connect", "outcome"],
    },
    Program {
        name: "lunette_sys_exit",
        tracepoint: "sys_exit",
        hook: "tp_btf/sys_exit",
        needs: needs::SYSCALL | needs::OPEN | needs::SOCKET | needs::TCP,
        sensors: &["open", "send"],
    },
];

/// Sizes of the rings in bytes: powers of two, and multiples of the page size.
#[derive(Clone, Copy, Debug)]
pub struct Rings {
    pub process: u32,
    pub file: u32,
    pub network: u32,
}

/// The programs while they are loaded. Dropping it detaches and unloads every one.
pub struct Kernel {
    ebpf: Ebpf,
    /// Some 20 MB, for as long as programs are loaded.
    btf: Option<aya::Btf>,
    sensors: Vec<Sensor>,
}

/// A value that is read from or written to a map as the bytes that it is.
#[repr(transparent)]
#[derive(Clone, Copy)]
struct Raw<T>(T);

// SAFETY: `repr(C)` structs of integers with no padding (their sizes are asserted in lunette-wire).
unsafe impl Pod for Raw<Counters> {}
// SAFETY: as above.
unsafe impl Pod for Raw<MountKey> {}
// SAFETY: as above.
unsafe impl Pod for Raw<NameHint> {}

impl Kernel {
    /// Loads all programs; nothing runs yet. `log_level` is aya-log's: 0 is off, and leaves no trace in the programs.
    pub fn load(rings: &Rings, log_level: u8) -> Result<Self> {
        if OBJECT.is_empty() {
            bail!(
                "this agent was built without its kernel programs: build it with `cargo xtask build` (or look at a \
                 recording with `lunette replay`, which needs none)"
            );
        }
        let offsets = {
            let bytes = std::fs::read(BTF_PATH).with_context(|| {
                format!(
                    "{BTF_PATH} can't be read: the kernel must describe its types (CONFIG_DEBUG_INFO_BTF=y, which every \
                     current distribution has)"
                )
            })?;
            Offsets::resolve(&Btf::parse(&bytes).with_context(|| format!("{BTF_PATH} is damaged"))?)
        };
        let classes = syscalls::classes();
        let mut loader = EbpfLoader::new();
        // It has read the kernel's types for relocations, of which there are none: so much memory is given back at once.
        loader.btf(None);
        for (name, offset) in &offsets.found {
            // The linker drops globals that nothing reads.
            loader.override_global(name, offset, false);
        }
        loader.override_global(LEGACY_SUBSYS, &offsets.legacy_subsys, false);
        loader.override_global("AYA_LOG_LEVEL", &log_level, false);
        if let Some(classes) = &classes {
            loader.override_global(SYSCALL_CLASS, classes.as_slice(), true);
        }
        loader
            .map_max_entries("PROCESS_RING", rings.process)
            .map_max_entries("FILE_RING", rings.file)
            .map_max_entries("NETWORK_RING", rings.network);
        let mut ebpf = loader.load(OBJECT).map_err(explain)?;

        let btf = aya::Btf::from_sys_fs().with_context(|| format!("{BTF_PATH} is damaged"))?;
        let mut sensors = Vec::new();
        for program in PROGRAMS {
            let lacking = match offsets.lacking(program.needs) {
                Some(why) => Some(why.to_owned()),
                None if program.needs & needs::SYSCALL != 0 && classes.is_none() => {
                    Some("the system call numbers of this architecture aren't known to Lunette".to_owned())
                }
                None => load_one(&mut ebpf, program, &btf).err().map(|error| format!("{error:#}")),
            };
            for sensor in program.sensors {
                sensors.push(Sensor {
                    name: sensor,
                    backend: if lacking.is_none() { TRACEPOINT } else { "" },
                    hook: program.hook,
                    attached: false,
                    error: lacking.clone().unwrap_or_default(),
                    missed: 0,
                });
            }
        }
        Ok(Self { ebpf, btf: Some(btf), sensors })
    }

    /// Attaches what was loaded: from here on, records come. Rings must have their readers by then.
    pub fn attach(&mut self) {
        for program in PROGRAMS {
            let loaded = |s: &&mut Sensor| program.sensors.contains(&s.name) && s.error.is_empty();
            if !self.sensors.iter_mut().any(|s| loaded(&s)) {
                continue;
            }
            let result = tracepoint(&mut self.ebpf, program).and_then(|p| Ok(p.attach().map(drop)?));
            for sensor in self.sensors.iter_mut().filter(loaded) {
                match &result {
                    Ok(()) => sensor.attached = true,
                    Err(error) => {
                        sensor.backend = "";
                        sensor.error = format!("{error:#}");
                    }
                }
            }
        }
    }

    /// Each sensor, and whether it sees.
    pub fn sensors(&self) -> &[Sensor] {
        &self.sensors
    }

    /// What runs already, as the [`lunette_wire::Fork`] records that each process would have had, one after the other.
    pub fn tasks(&mut self) -> Result<Vec<u8>> {
        const NAME: &str = "lunette_tasks";
        let btf = self.btf.as_ref().context("the kernel's types were given back already")?;
        let found = self.ebpf.program_mut(NAME).with_context(|| format!("there is no program {NAME}"))?;
        let program: &mut Iter = found.try_into()?;
        program.load("task", btf)?;
        let link = program.attach()?;
        let mut records = Vec::new();
        program.take_link(link)?.into_file()?.read_to_end(&mut records)?;
        program.unload()?;
        Ok(records)
    }

    /// The rings, in the order of [`ring`]. Each can be taken once.
    pub fn take_rings(&mut self) -> Result<[RingBuf<MapData>; ring::COUNT]> {
        let mut take = |name| Ok::<_, anyhow::Error>(RingBuf::try_from(self.take(name)?)?);
        Ok([take("PROCESS_RING")?, take("FILE_RING")?, take("NETWORK_RING")?])
    }

    /// The maps by which the agent says what it wants to hear of. They can be taken once.
    pub fn take_filters(&mut self) -> Result<Filters> {
        Ok(Filters {
            cgroups: HashMap::try_from(self.take("CGROUPS")?)?,
            names: HashMap::try_from(self.take("SECRET_NAMES")?)?,
            dirs: HashMap::try_from(self.take("SECRET_DIRS")?)?,
            hints: Array::try_from(self.take("NAME_HINTS")?)?,
            mounts: HashMap::try_from(self.take("SECRET_MOUNTS")?)?,
        })
    }

    /// What the hooks counted. It can be taken once.
    pub fn take_counters(&mut self) -> Result<HookCounters> {
        Ok(HookCounters(PerCpuArray::try_from(self.take("COUNTERS")?)?))
    }

    /// Carries the programs' own diagnostics to `tracing`, when they were loaded with any.
    pub fn log_to_tracing(&mut self, wanted: bool) -> Result<()> {
        if !wanted {
            return Ok(());
        }
        let logger = EbpfLogger::init(&mut self.ebpf).context("the programs' diagnostics can't be had")?;
        // SAFETY: the logger owns its ring's descriptor for as long as it lives.
        let mut logger = unsafe { AsyncFd::register(logger) }.map_err(|error| anyhow::anyhow!("{error}"))?;
        tokio::spawn(async move {
            while let Ok(mut guard) = logger.readable_mut().await {
                guard.get_inner_mut().flush();
                guard.clear_ready();
            }
        });
        Ok(())
    }

    /// For asking how often each program was left out.
    pub fn misses(&self) -> Misses {
        let fd = |program: &Program| {
            let fd = self.ebpf.program(program.name)?.fd().ok()?.as_fd().try_clone_to_owned().ok()?;
            Some((program.sensors, fd))
        };
        Misses(PROGRAMS.iter().filter_map(fd).collect())
    }

    /// Everything is loaded: what only loading needed is given back.
    pub fn loaded(&mut self) {
        self.btf = None;
    }

    fn take(&mut self, name: &'static str) -> Result<Map> {
        self.ebpf.take_map(name).with_context(|| format!("the kernel programs have no map {name}"))
    }
}

fn tracepoint<'a>(ebpf: &'a mut Ebpf, program: &Program) -> Result<&'a mut BtfTracePoint> {
    let found =
        ebpf.program_mut(program.name).with_context(|| format!("there is no program {}", program.name))?;
    Ok(found.try_into()?)
}

fn load_one(ebpf: &mut Ebpf, program: &Program, btf: &aya::Btf) -> Result<()> {
    tracepoint(ebpf, program)?.load(program.tracepoint, btf).map_err(|error| {
        // The whole of it is thousands of lines, of which the last say why.
        if let aya::programs::ProgramError::LoadError { io_error, verifier_log } = &error {
            let log = verifier_log.to_string();
            tracing::debug!(program = program.name, "the verifier says: {log}");
            let lines: Vec<&str> = log.lines().filter(|l| !l.starts_with("processed ")).collect();
            let last = lines[lines.len().saturating_sub(3)..].join("; ");
            return anyhow::anyhow!("{io_error}; the verifier says: {last}");
        }
        error.into()
    })
}

/// What an error while loading means to whoever started the agent.
fn explain(error: aya::EbpfError) -> anyhow::Error {
    let text = format!("{error:?}");
    let hint = if text.contains("PermissionDenied") || text.contains("code: 1,") {
        "the kernel refuses BPF: run as root, or with CAP_BPF and CAP_PERFMON (and CAP_SYS_ADMIN before 5.8)"
    } else if text.contains("code: 38") {
        "this kernel was built without BPF (CONFIG_BPF_SYSCALL)"
    } else if text.contains("RingBuf") || text.contains("RINGBUF") || text.contains("code: 22") {
        "this kernel can't make the maps: Lunette needs Linux 6.1 (ring buffers came with 5.8)"
    } else {
        "the kernel programs can't be loaded"
    };
    anyhow::Error::new(error).context(hint)
}

/// How often the kernel left a program out because it was running on that CPU already. Keeps the programs loaded.
#[derive(Debug)]
pub struct Misses(Vec<(&'static [&'static str], OwnedFd)>);

impl Misses {
    /// Sets the sensors' `missed`.
    pub fn note(&self, sensors: &mut [Sensor]) {
        for (names, fd) in &self.0 {
            // proc_pid_fdinfo(5): the kernel's word on a program, without a system call of its own.
            let info =
                std::fs::read_to_string(format!("/proc/self/fdinfo/{}", fd.as_raw_fd())).unwrap_or_default();
            let missed =
                info.lines().find_map(|line| line.strip_prefix("recursion_misses:")?.trim().parse().ok());
            for sensor in sensors.iter_mut().filter(|s| names.contains(&s.name)) {
                sensor.missed = missed.unwrap_or(0);
            }
        }
    }
}

/// The maps by which the agent says what it wants to hear of.
pub struct Filters {
    cgroups: HashMap<MapData, u64, u32>,
    names: HashMap<MapData, NameKey, u8>,
    dirs: HashMap<MapData, NameKey, u8>,
    hints: Array<MapData, Raw<NameHint>>,
    mounts: HashMap<MapData, Raw<MountKey>, u8>,
}

impl Filters {
    /// Says what a cgroup is: one of [`lunette_wire::cgroup_class`].
    pub fn set_cgroup(&mut self, id: u64, class: u32) -> Result<()> {
        Ok(self.cgroups.insert(id, class, 0)?)
    }

    /// Forgets a cgroup that is gone. One that never was known is no error.
    pub fn forget_cgroup(&mut self, id: u64) {
        let _ = self.cgroups.remove(&id);
    }

    /// Asks for opens of files of this name.
    pub fn add_name(&mut self, name: NameKey) -> Result<()> {
        self.names.insert(name, 1, 0)?;
        self.hint(&name, |hint| &mut hint.names)
    }

    /// Asks for opens of files in directories of this name.
    pub fn add_dir(&mut self, name: NameKey) -> Result<()> {
        self.dirs.insert(name, 1, 0)?;
        self.hint(&name, |hint| &mut hint.dirs)
    }

    /// Without it the programs don't look the name up at all.
    fn hint(&mut self, name: &NameKey, of: impl Fn(&mut NameHint) -> &mut u64) -> Result<()> {
        let len = name.iter().position(|byte| *byte == 0).unwrap_or(name.len()) as u32;
        let Raw(mut hint) = self.hints.get(&len, 0)?;
        *of(&mut hint) |= hint_bit(name[0]);
        Ok(self.hints.set(len, Raw(hint), 0)?)
    }

    /// Asks for opens through mounts with this root.
    pub fn add_mount(&mut self, key: MountKey) -> Result<()> {
        Ok(self.mounts.insert(Raw(key), 1, 0)?)
    }

    /// Forgets a mount. One that never was known is no error.
    pub fn forget_mount(&mut self, key: MountKey) {
        let _ = self.mounts.remove(&Raw(key));
    }
}

/// What the hooks counted.
pub struct HookCounters(PerCpuArray<MapData, Raw<Counters>>);

impl HookCounters {
    /// Each hook's counters, summed over all CPUs, in the order of [`hook::NAMES`].
    pub fn read(&self) -> Result<[Counters; hook::COUNT]> {
        let mut sums = [Counters::default(); hook::COUNT];
        for (index, sum) in (0..).zip(&mut sums) {
            for Raw(cpu) in self.0.get(&index, 0)?.iter() {
                sum.seen += cpu.seen;
                sum.filtered += cpu.filtered;
                sum.repeated += cpu.repeated;
                sum.submitted += cpu.submitted;
                sum.dropped += cpu.dropped;
            }
        }
        Ok(sums)
    }
}
