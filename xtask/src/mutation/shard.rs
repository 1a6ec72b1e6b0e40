//! A part of the mutants.

use std::{fmt, str::FromStr};

use anyhow::{Context as _, Result, ensure};

/// Every `of`th mutant, from number `index` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shard {
    index: u32,
    of: u32,
}

impl Shard {
    pub(super) const WHOLE: Self = Self::new(0, 1);

    pub(super) const fn new(index: u32, of: u32) -> Self {
        Self { index, of }
    }

    /// Its name for people, who count from 1.
    pub(super) fn named(self) -> String {
        format!("part {} of {}", self.index + 1, self.of)
    }

    /// Divides the shard among workers.
    pub(super) const fn for_worker(self, number: u32, workers: u32) -> Self {
        Self::new(self.index + number * self.of, self.of * workers)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.of)
    }
}

impl FromStr for Shard {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (index, of) = text.split_once('/').context("write it as K/N")?;
        let shard = Self::new(index.parse()?, of.parse()?);
        ensure!(shard.index < shard.of, "K counts from 0 to N - 1");
        Ok(shard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has(shard: Shard, mutant: u32) -> bool {
        mutant % shard.of == shard.index
    }

    #[test]
    fn workers_have_all_of_a_shard_and_nothing_twice() {
        let shard = Shard::new(1, 3);
        for mutant in 0..60 {
            let workers = (0..4).filter(|&number| has(shard.for_worker(number, 4), mutant));
            assert_eq!(workers.count() == 1, has(shard, mutant), "{mutant}");
        }
    }

    #[test]
    fn is_read_as_it_is_written() {
        let shard: Shard = "2/3".parse().expect("a shard");
        assert_eq!(shard.to_string(), "2/3");
        for wrong in ["3/3", "1", "/2", "a/b", "0/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
