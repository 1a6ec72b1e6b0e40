//! What a server's process holds: its memory, its descriptors, its threads, as Linux tells.

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use tokio::time::sleep;

/// The looks at an idle process, and the pause between them.
const LOOKS: u32 = 10;
const BETWEEN: Duration = Duration::from_millis(200);
/// If nothing changes for so many looks, nothing more is given back.
const PATIENCE: u32 = 100;
/// As many more descriptors and threads may be left, which the process has for itself.
const OWN: u64 = 4;

/// What a process holds at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resources {
    /// Resident memory, in KiB.
    pub(crate) resident: u64,
    pub(crate) descriptors: u64,
    pub(crate) threads: u64,
}

/// What it holds now.
pub(crate) fn now(pid: u32) -> Result<Resources> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"));
    let status = status.context("the server has ended")?;
    let number = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        number.with_context(|| format!("there is no {name} in\n{status}"))
    };
    let descriptors = fs::read_dir(format!("/proc/{pid}/fd"))?.count();
    Ok(Resources {
        resident: number("VmRSS:")?,
        descriptors: descriptors.try_into()?,
        threads: number("Threads:")?,
    })
}

/// What it holds when nobody sends: the least of some looks.
pub(crate) async fn idle(pid: u32) -> Result<Resources> {
    let mut least = now(pid)?;
    for _ in 0..LOOKS {
        sleep(BETWEEN).await;
        let Resources {
            resident,
            descriptors,
            threads,
        } = now(pid)?;
        least = Resources {
            resident: least.resident.min(resident),
            descriptors: least.descriptors.min(descriptors),
            threads: least.threads.min(threads),
        };
    }
    Ok(least)
}

/// Waits until the process has no more descriptors and threads than before, or gives nothing more back. Returns what it holds then.
pub(crate) async fn given_back(pid: u32, before: Resources) -> Result<Resources> {
    let mut after = now(pid)?;
    let mut unchanged = 0;
    while holds_more(before, after, 0) && unchanged < PATIENCE {
        sleep(BETWEEN).await;
        let next = now(pid)?;
        let is_same = (next.descriptors, next.threads) == (after.descriptors, after.threads);
        unchanged = if is_same { unchanged + 1 } else { 0 };
        after = next;
    }
    Ok(after)
}

/// Whether a process has given back what its senders have left.
pub(crate) const fn has_given_back(before: Resources, after: Resources) -> bool {
    !holds_more(before, after, OWN)
}

const fn holds_more(before: Resources, after: Resources, own: u64) -> bool {
    after.descriptors > before.descriptors + own || after.threads > before.threads + own
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_this_process_holds_is_known() {
        let before = now(std::process::id()).unwrap();
        let files: Vec<_> = (0..=OWN).map(|_| fs::File::open("/dev/null")).collect();
        let after = now(std::process::id()).unwrap();
        assert!(before.resident > 0 && before.threads > 0, "{before:?}");
        assert!(!has_given_back(before, after), "{before:?} {after:?}");
        drop(files);
    }
}
