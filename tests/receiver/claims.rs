//! The store in memory answers as `tests/cases/claims` says, like every other store.

use docutray_webhook::idempotency::{Claim, Memory, Store as _};
use serde::Deserialize;
use std::{collections::HashMap, fs, path::Path, sync::Arc, time::Duration};
use tokio::{runtime::Builder, time::advance};

/// The lease of a case that does not set one.
const LEASE: f64 = 3_600.0;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    lease: Option<f64>,
    remember: Option<f64>,
    limit: Option<usize>,
    lines: Vec<String>,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/claims");
    ["every_store.json", "model.json", "standing_clock.json"]
        .into_iter()
        .flat_map(|file| -> Vec<Case> {
            serde_json::from_str(&fs::read_to_string(folder.join(file)).unwrap()).unwrap()
        })
        .collect()
}

/// Returns whether the case is possible for this store, whose clock is monotonic and whose data ends with it.
fn is_possible(case: &Case) -> bool {
    let mut lines = case.lines.iter();
    !lines.any(|line| line.starts_with("pass -") || line == "forget")
}

#[test]
fn the_store_answers_every_case_as_written() {
    let (mut ran, mut differences) = (0, Vec::new());
    for case in cases().iter().filter(|case| is_possible(case)) {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build();
        differences.extend(runtime.unwrap().block_on(played(case)));
        ran += 1;
    }
    assert!(ran > 30, "{ran} cases");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// Returns the first line with another answer.
async fn played(case: &Case) -> Option<String> {
    let mut run = Run::new(case);
    for line in &case.lines {
        let (asked, expected) = line.split_once(": ").unwrap_or((line, ""));
        let answer = run.answer(asked).await;
        if answer != expected {
            return Some(format!("{}: {answer} came for {line}", case.name));
        }
    }
    None
}

struct Run {
    /// As layers share one, so that this tests both.
    store: Arc<Memory>,
    tokens: Vec<u64>,
    last: HashMap<String, u64>,
}

impl Run {
    fn new(case: &Case) -> Self {
        let lease = Duration::from_secs_f64(case.lease.unwrap_or(LEASE));
        let mut store = Memory::new().with_lease(lease).unwrap();
        if let Some(seconds) = case.remember {
            store = store
                .with_remember(Duration::from_secs_f64(seconds))
                .unwrap();
        }
        if let Some(events) = case.limit {
            store = store.with_limit(events).unwrap();
        }
        let store = Arc::new(store);
        assert_eq!(store.lease(), lease);
        Self {
            store,
            tokens: Vec::new(),
            last: HashMap::new(),
        }
    }

    async fn answer(&mut self, asked: &str) -> String {
        let words: Vec<_> = asked.split(' ').collect();
        let is_ours = match words[..] {
            ["pass", seconds] => {
                advance(Duration::from_secs_f64(seconds.parse().unwrap())).await;
                return String::new();
            }
            ["claim", key] => return self.claim(key).await,
            ["renew", key, token] => self.store.renew(key, self.token(token)).await,
            ["complete", key, token] => self.store.complete(key, self.token(token)).await,
            ["release", key, token] => self.store.release(key, self.token(token)).await,
            _ => panic!("{asked}"),
        };
        if is_ours.unwrap() { "yes" } else { "no" }.to_owned()
    }

    async fn claim(&mut self, key: &str) -> String {
        match self.store.claim(key).await {
            Ok(Claim::Claimed { token, seen_before }) => {
                let last = self.last.insert(key.to_owned(), token);
                assert!(
                    token > last.unwrap_or(0) && token < 1 << 53,
                    "{token} after {last:?}"
                );
                self.tokens.push(token);
                let seen_before = if seen_before { " seen before" } else { "" };
                format!("#{}{seen_before}", self.tokens.len())
            }
            Ok(Claim::Busy { retry_after }) => format!("busy {}", retry_after.as_secs_f64().ceil()),
            Ok(Claim::Done) => "done".to_owned(),
            Err(_) => "fails".to_owned(),
        }
    }

    /// Returns a token: `#2` is the second one that was given out, `#2+1` is one more, and `1` is itself.
    fn token(&self, text: &str) -> u64 {
        let Some(number) = text.strip_prefix('#') else {
            return text.parse().unwrap();
        };
        let (number, more) = match number.split_at_checked(1) {
            Some((number, "+1")) => (number, 1),
            Some((number, "-1")) => (number, -1),
            _ => (number, 0),
        };
        let token = self.tokens[number.parse::<usize>().unwrap() - 1];
        token.checked_add_signed(more).unwrap()
    }
}
