//! Times several tasks in one process, in rounds. A disturbance affects all tasks of a round, so the ratios stay.

use std::time::{Duration, Instant};

use anyhow::Result;

use crate::tasks::Task;

/// Shorter calls are timed in batches, since reading the clock takes time itself.
const BATCH: Duration = Duration::from_micros(20);
const FEWEST_BATCHES: usize = 5;

#[derive(Clone, Copy)]
pub(crate) struct Effort {
    rounds: usize,
    /// How long each task runs in each round.
    time: Duration,
}

impl Effort {
    pub(crate) const FULL: Self = Self {
        rounds: 25,
        time: Duration::from_millis(10),
    };
    pub(crate) const QUICK: Self = Self {
        rounds: 5,
        time: Duration::from_millis(2),
    };
}

/// The time of a task's call in each round, in microseconds: the median of the round.
pub(crate) struct Times {
    pub(crate) name: &'static str,
    pub(crate) rounds: Vec<f64>,
}

/// A task, and the number of calls in a batch of it.
struct Paced<'a> {
    task: Task<'a>,
    calls: u32,
    rounds: Vec<f64>,
}

pub(crate) fn measured(tasks: Vec<Task<'_>>, effort: Effort) -> Result<Vec<Times>> {
    let mut paced = tasks
        .into_iter()
        .map(Paced::new)
        .collect::<Result<Vec<_>>>()?;
    for _ in 0..effort.rounds {
        for task in &mut paced {
            task.run(effort.time)?;
        }
        // Each round begins with another task, so that none always follows the same one.
        paced.rotate_left(1);
    }
    let times = |paced: Paced<'_>| Times {
        name: paced.task.name,
        rounds: paced.rounds,
    };
    Ok(paced.into_iter().map(times).collect())
}

impl<'a> Paced<'a> {
    /// Warms the task up until a batch takes long enough.
    fn new(mut task: Task<'a>) -> Result<Self> {
        let mut calls = 1;
        while batch(&mut task, calls)? < BATCH {
            calls *= 2;
        }
        Ok(Self {
            task,
            calls,
            rounds: Vec::new(),
        })
    }

    fn run(&mut self, time: Duration) -> Result<()> {
        let mut batches = Vec::new();
        let start = Instant::now();
        while batches.len() < FEWEST_BATCHES || start.elapsed() < time {
            let time = batch(&mut self.task, self.calls)?;
            batches.push(time.as_secs_f64() * 1e6 / f64::from(self.calls));
        }
        self.rounds.push(quantile(batches, 0.5));
        Ok(())
    }
}

fn batch(task: &mut Task<'_>, calls: u32) -> Result<Duration> {
    let start = Instant::now();
    for _ in 0..calls {
        (task.run)()?;
    }
    Ok(start.elapsed())
}

/// Returns the value below which this share of the values is.
pub(crate) fn quantile(mut values: Vec<f64>, share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is a place in the list"
    )]
    let place = (share * last as f64).round() as usize;
    values.get(place).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_values_of_the_list() {
        let values = vec![5.0, 1.0, 4.0, 2.0, 3.0];
        let found = [0.0, 0.25, 0.5, 1.0].map(|share| quantile(values.clone(), share));
        assert_eq!(found, [1.0, 2.0, 3.0, 5.0]);
    }
}
