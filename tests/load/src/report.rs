//! What came of the load, for people.

use std::time::Duration;

use anyhow::{Result, ensure};

use crate::{evidence, ledger::Entries, load::Seen, memory::Memory, resources::has_given_back};

/// What was seen of a host's receiver, and of its server without our handler.
pub(crate) struct Pair {
    pub(crate) receiver: Seen,
    pub(crate) plain: Seen,
}

impl Pair {
    /// A line of results.
    ///
    /// # Errors
    /// Says all that was wrong.
    pub(crate) fn line(&self) -> Result<String> {
        let memory = Memory::of(&self.receiver.samples);
        let faults = self.faults(memory);
        ensure!(
            faults.is_empty(),
            "{}\n{}\nThe end of what the receiver wrote:\n{}",
            faults.join("\n"),
            self.results(memory),
            end(&self.receiver.target.log())
        );
        Ok(self.results(memory))
    }

    fn faults(&self, memory: Memory) -> Vec<String> {
        let mut faults = Vec::new();
        for Seen { target, .. } in [&self.receiver, &self.plain] {
            let entries = target.ledger.entries();
            let each = entries.faults.iter();
            faults.extend(each.map(|fault| format!("{}: {fault}", target.name)));
        }
        let Seen {
            target,
            before,
            after,
            ..
        } = &self.receiver;
        let processed = evidence::check(target.evidence, &target.ledger.entries(), &target.log());
        if let Err(error) = processed {
            faults.push(format!("{}: {error:#}", target.name));
        }
        if !memory.is_flat() {
            faults.push(format!("{}: its memory grows: {memory:?}", target.name));
        }
        if !has_given_back(*before, *after) {
            faults.push(format!(
                "{}: it keeps what its senders have left: {before:?}, {after:?}",
                target.name
            ));
        }
        faults
    }

    fn results(&self, memory: Memory) -> String {
        let Seen {
            target,
            before,
            after,
            ..
        } = &self.receiver;
        let entries = target.ledger.entries();
        let plain = self.plain.target.ledger.entries();
        format!(
            "{}: {} taken, {} refused, {} half-sent, {} times 503, memory {} to {} MiB, descriptors {} to {}, {}",
            target.name,
            entries.deliveries,
            entries.refused,
            entries.half_sent,
            entries.later,
            memory.first / 1024,
            memory.last / 1024,
            before.descriptors,
            after.descriptors,
            latencies(&entries, &plain)
        )
    }
}

/// Of genuine deliveries, beside those to the server without our handler.
fn latencies(entries: &Entries, plain: &Entries) -> String {
    let quantiles = [("median", 0.5), ("99th percentile", 0.99)].map(|(name, quantile)| {
        let at = |entries: &Entries| {
            Duration::from_micros(entries.latency.value_at_quantile(quantile)).as_secs_f64()
        };
        let (ours, without) = (at(entries), at(plain));
        format!("{name} {:.1} ms ({:.1})", 1e3 * ours, ours / without)
    });
    quantiles.join(", ")
}

/// The last lines.
fn end(log: &str) -> String {
    const LINES: usize = 20;
    let lines: Vec<_> = log.lines().rev().take(LINES).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}
