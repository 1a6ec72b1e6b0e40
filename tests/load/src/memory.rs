//! Whether a server's memory is flat.

use crate::resources::Resources;

/// In KiB: the growth that is none. Collectors and allocators keep that much more or less.
const NOTHING: u64 = 32 << 10;
/// In KiB: what a connection may leave behind, at most. The half of what a leak is.
const EACH: u64 = 1;

/// A look at a server under load.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample {
    /// How many connections were opened by then.
    pub(crate) connections: u64,
    pub(crate) resources: Resources,
}

/// Medians of the second and the last third of all samples. In the first third, the server fills its caches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Memory {
    /// In KiB.
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// How many connections were opened between the two.
    connections: u64,
}

impl Memory {
    /// All zero if there are fewer than three samples, as of a load that faults have ended.
    pub(crate) fn of(samples: &[Sample]) -> Self {
        let third = samples.len() / 3;
        let (rest, last) = samples.split_at(samples.len() - third);
        let (_, first) = rest.split_at(rest.len() - third);
        let connections = |sample: &Sample| sample.connections;
        Self {
            first: median(first, |sample| sample.resources.resident),
            last: median(last, |sample| sample.resources.resident),
            connections: median(last, connections).saturating_sub(median(first, connections)),
        }
    }

    /// Whether it has grown by no more than collectors and allocators explain.
    pub(crate) fn is_flat(self) -> bool {
        self.last.saturating_sub(self.first) <= NOTHING.max(EACH * self.connections)
    }
}

fn median(samples: &[Sample], value: fn(&Sample) -> u64) -> u64 {
    let mut values: Vec<_> = samples.iter().map(value).collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use fastrand::Rng;

    use super::*;

    /// A server whose memory grows to 100 MiB and wavers then, and of which each connection leaves some bytes behind.
    fn samples(bytes_each: u64) -> Vec<Sample> {
        let mut rng = Rng::with_seed(7);
        let sample = |number: u64| {
            let connections = number * 25;
            let filled = (number * 1024).min(100 << 10);
            Sample {
                connections,
                resources: Resources {
                    resident: filled + rng.u64(0..30 << 10) + connections * bytes_each / 1024,
                    descriptors: 20,
                    threads: 7,
                },
            }
        };
        (0..2400).map(sample).collect()
    }

    #[test]
    fn memory_that_wavers_is_flat() {
        let memory = Memory::of(&samples(0));
        assert!(memory.is_flat(), "{memory:?}");
    }

    #[test]
    fn two_kilobytes_of_each_connection_are_a_leak() {
        let memory = Memory::of(&samples(2048));
        assert!(!memory.is_flat(), "{memory:?}");
    }

    #[test]
    fn few_samples_tell_nothing() {
        for number in 0..4 {
            assert!(Memory::of(&samples(2048)[..number]).is_flat());
        }
    }
}
