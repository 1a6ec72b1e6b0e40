//! What a receiver tells it has processed, beside what it was sent.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use crate::{host::Evidence, ledger::Entries};

/// How a receiver's line for a processed event begins.
const PROCESSED: &str = "processed ";

/// Fails unless each event that was taken was processed, with a store exactly once, and nothing else was.
pub(crate) fn check(evidence: Evidence, entries: &Entries, log: &str) -> Result<()> {
    match evidence {
        Evidence::Lines => lines(entries, log),
        Evidence::Calls => calls(entries),
        // Each answer was compared when it came.
        Evidence::Keys => Ok(()),
    }
}

fn lines(entries: &Entries, log: &str) -> Result<()> {
    let mut processed: BTreeMap<&str, u32> = BTreeMap::new();
    let keys = log
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix(PROCESSED));
    for key in keys {
        *processed.entry(key).or_default() += 1;
    }
    for (key, times) in &processed {
        ensure!(*times == 1, "{key} was processed {times} times");
        ensure!(
            entries.taken.contains(*key),
            "{key} was processed, and no genuine delivery of it was sent whole"
        );
    }
    let lost = entries
        .taken
        .iter()
        .find(|key| !processed.contains_key(key.as_str()));
    ensure!(lost.is_none(), "{lost:?} was taken and not processed");
    Ok(())
}

/// A call that no answer has told of would be for a request that was not genuine, or one whose answer got lost.
fn calls(entries: &Entries) -> Result<()> {
    let untold = entries
        .calls
        .values()
        .map(|calls| calls.told - calls.answered);
    let untold: u64 = untold.sum();
    ensure!(
        untold <= entries.unanswered,
        "{untold} requests have reached the service that nobody was answered for, and only {} answers got lost",
        entries.unanswered
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    fn checked(taken: &[&str], log: &str) -> Result<(), String> {
        let ledger = Ledger::new().unwrap();
        let mut entries = ledger.entries();
        entries.taken = taken.iter().map(|key| (*key).to_owned()).collect();
        check(Evidence::Lines, &entries, log).map_err(|error| error.to_string())
    }

    #[test]
    fn each_event_is_processed_once() {
        let log = "  listening on http://127.0.0.1:1\n  processed A:1\n  processed A:2\n";
        assert_eq!(checked(&["A:1", "A:2"], log), Ok(()));
        for (taken, fault) in [
            (&["A:1"][..], "A:2 was processed, and no genuine"),
            (&["A:1", "A:2", "A:3"], "\"A:3\") was taken and not"),
        ] {
            let error = checked(taken, log).unwrap_err();
            assert!(error.contains(fault), "{error}");
        }
        let twice = checked(&["A:1"], "  processed A:1\n  processed A:1\n").unwrap_err();
        assert!(twice.contains("A:1 was processed 2 times"), "{twice}");
    }

    #[test]
    fn a_call_that_nobody_was_answered_for_is_found() {
        let ledger = Ledger::new().unwrap();
        let mut entries = ledger.entries();
        for number in [1, 3, 2] {
            entries.call("a".to_owned(), number);
        }
        check(Evidence::Calls, &entries, "").unwrap();
        entries.call("a".to_owned(), 5);
        assert!(check(Evidence::Calls, &entries, "").is_err());
        entries.unanswered = 1;
        check(Evidence::Calls, &entries, "").unwrap();
    }
}
