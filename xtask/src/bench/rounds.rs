//! The deeds with nothing attached, under the floor, and under the agent: A B C, A B C, …, so that whatever else changes on
//! the machine in the meantime changes for all three.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Bench;
use super::agent::start;
use super::load::{Floor, IN_CONTAINER, ON_NODE, measured};
use crate::shell::say;

/// What was measured, round by round.
#[derive(Debug, Default)]
pub(super) struct Rounds {
    /// By deed; those of a container have [`IN_A_CONTAINER`] in their name.
    pub(super) deeds: BTreeMap<String, Deed>,
    /// From the agent's start until it says that it is ready, as seen from outside.
    pub(super) ready: Vec<Duration>,
}

/// Ends the name of a deed that was done in a container.
pub(super) const IN_A_CONTAINER: &str = " in a container";

/// Nanoseconds of one deed, an entry a round.
#[derive(Debug, Default)]
pub(super) struct Deed {
    nothing: Vec<f64>,
    floor: Vec<f64>,
    agent: Vec<f64>,
}

impl Deed {
    pub(super) fn nothing(&self) -> f64 {
        median(self.nothing.clone())
    }

    /// What the floor adds to nothing attached, as a part of that: the median of the rounds' own ratios.
    pub(super) fn floor_adds(&self) -> f64 {
        adds(&self.nothing, &self.floor)
    }

    /// The same of the agent.
    pub(super) fn agent_adds(&self) -> f64 {
        adds(&self.nothing, &self.agent)
    }
}

fn adds(without: &[f64], with: &[f64]) -> f64 {
    median(without.iter().zip(with).map(|(without, with)| with / without).collect()) - 1.0
}

pub(super) fn median(values: Vec<f64>) -> f64 {
    quantile(values, 0.5)
}

/// The value below which `part` of them are. Not a number when there are none.
pub(super) fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len().saturating_sub(1) as f64 * part).round() as usize;
    values.get(index).copied().unwrap_or(f64::NAN)
}

pub(super) fn run(bench: &Bench<'_>) -> Result<Rounds> {
    let mut rounds = Rounds::default();
    let count = bench.options.rounds;
    for round in 1..=count {
        block(bench, &mut rounds, |deed| &mut deed.nothing)?;
        {
            let _floor = Floor::attach(bench)?;
            block(bench, &mut rounds, |deed| &mut deed.floor)?;
        }
        let begun = Instant::now();
        let agent = start(bench)?;
        rounds.ready.push(begun.elapsed());
        block(bench, &mut rounds, |deed| &mut deed.agent)?;
        super::agent::end(bench, agent)?;
        let open = rounds.deeds.get("open");
        let (floor, agent) = open.map(|open| (open.floor_adds(), open.agent_adds())).unwrap_or_default();
        say(&format!(
            "round {round} of {count}; so far, on an open and close the floor adds {:.1} %, the agent {:.1} %",
            floor * 100.0,
            agent * 100.0
        ));
    }
    Ok(rounds)
}

/// Everything once.
fn block(bench: &Bench<'_>, rounds: &mut Rounds, column: impl Fn(&mut Deed) -> &mut Vec<f64>) -> Result<()> {
    let ms = bench.options.ms;
    let on_node = measured(bench.load.on_node(&ON_NODE, ms))?;
    let inside = measured(bench.load.in_container(&bench.container, &IN_CONTAINER, ms))?;
    let inside = inside.into_iter().map(|(deed, taken)| (deed + IN_A_CONTAINER, taken));
    for (deed, taken) in on_node.into_iter().chain(inside) {
        column(rounds.deeds.entry(deed).or_default()).push(taken.ns);
    }
    // Ctrl-C ends it between two blocks.
    bench.notes.pending()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_taken_round_by_round() {
        // A machine that becomes slower by the half in the second round.
        let deed = Deed {
            nothing: vec![100.0, 150.0, 100.0],
            floor: vec![110.0, 165.0, 110.0],
            agent: vec![120.0, 180.0, 120.0],
        };
        assert!((deed.floor_adds() - 0.1).abs() < 1e-9);
        assert!((deed.agent_adds() - 0.2).abs() < 1e-9);
    }

    #[test]
    fn quantiles() {
        let values: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!(quantile(values.clone(), 0.99), 99.0);
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert!(quantile(Vec::new(), 0.5).is_nan());
    }
}
