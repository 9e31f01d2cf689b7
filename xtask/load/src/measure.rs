//! Repeating and timing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use serde_json::{Map, json};

use crate::deeds::{Deed, Kind};

/// How long a batch takes, about: long enough to outweigh reading the clock and to have its share of wake-ups and
/// interrupts, and short enough that few batches are cut through by other processes.
const BATCH: Duration = Duration::from_millis(1);
const WARM_UP: Duration = Duration::from_millis(20);

/// Prints `{KIND: {"ns": median time of one deed, "deeds": how many were done}}`.
pub fn run(cpu: usize, duration: Duration, file: &Path, kinds: &[Kind]) -> Result<()> {
    stay_on(cpu)?;
    let mut results = Map::new();
    for kind in kinds {
        let deed = kind.prepare(file)?;
        let mut deeds = 0;
        let (mut size, start) = (1, Instant::now());
        while start.elapsed() < WARM_UP {
            let took = batch(&deed, size)?;
            deeds += size;
            if took < BATCH {
                size = (size * 2).min(deed.most());
            } else if took > BATCH * 2 {
                size = (size / 2).max(1);
            }
        }
        let mut times = Vec::new();
        let start = Instant::now();
        while start.elapsed() < duration {
            let took = batch(&deed, size)?;
            deeds += size;
            times.push(took.as_nanos() as f64 / size as f64);
        }
        times.sort_by(f64::total_cmp);
        let median = times.get(times.len() / 2).copied().unwrap_or(f64::NAN);
        results.insert(kind.name().to_owned(), json!({ "ns": median, "deeds": deeds }));
    }
    println!("{}", serde_json::Value::Object(results));
    Ok(())
}

fn batch(deed: &Deed, times: u64) -> Result<Duration> {
    let start = Instant::now();
    deed.repeat(times)?;
    let took = start.elapsed();
    deed.clear();
    Ok(took)
}

/// Keeps this process, and what it executes, on one CPU.
fn stay_on(cpu: usize) -> Result<()> {
    // SAFETY: all zeroes is the empty set; the set is ours and as large as is said; CPU_SET checks nothing, hence ours.
    let result = unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        ensure!(cpu < 8 * size_of::<libc::cpu_set_t>(), "there is no CPU {cpu}");
        libc::CPU_SET(cpu, &mut set);
        libc::sched_setaffinity(0, size_of::<libc::cpu_set_t>(), &raw const set)
    };
    ensure!(result == 0, "cannot stay on CPU {cpu}: {}", std::io::Error::last_os_error());
    Ok(())
}
