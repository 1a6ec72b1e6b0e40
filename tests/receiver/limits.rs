//! The limits of options are the same in JavaScript, whose stores and handlers have no core to ask.

use docutray_webhook::{
    Verifier,
    idempotency::{Memory, Store as _},
    tower::WebhookLayer,
};
use std::time::Duration;

const DURATIONS: &str = include_str!("../../js/src/idempotency/durations.ts");
const MEMORY: &str = include_str!("../../js/src/idempotency/memory.ts");
const OPTIONS: &str = include_str!("../../js/src/reception/options.ts");
const SECOND: Duration = Duration::from_secs(1);

/// A constant of this name, in seconds: a sum of products of numbers.
fn constant(source: &str, name: &str) -> Duration {
    let (_, rest) = source.split_once(&format!("const {name} = ")).expect(name);
    let (sum, _) = rest.split_once(';').expect(name);
    let number = |text: &str| text.trim().replace('_', "").parse::<u64>().expect(name);
    let terms = sum.split('+').map(|term| term.split('*').map(number));
    Duration::from_secs(terms.map(Iterator::product::<u64>).sum())
}

#[test]
fn of_what_a_store_remembers() {
    let least = constant(DURATIONS, "RETRIES");
    let most = constant(DURATIONS, "LONGEST_MEMORY");
    let accepts = |remember| Memory::new().with_remember(remember).is_ok();
    assert!(accepts(least) && !accepts(least - SECOND));
    assert!(accepts(most) && !accepts(most + SECOND));
}

#[test]
fn of_how_many_events_a_store_in_memory_has() {
    assert!(MEMORY.contains("limit: unknown = 100_000"));
    let shown = format!("{:?}", Memory::new());
    assert!(shown.contains("limit: 100000,"), "{shown}");
}

#[test]
fn of_a_lease() {
    let most = constant(DURATIONS, "LONGEST_LEASE");
    let accepts = |lease| Memory::new().with_lease(lease).is_ok();
    assert!(accepts(most) && !accepts(most + SECOND));
    assert!(!accepts(Duration::ZERO));
    assert!(DURATIONS.contains("lease: unknown = 60)"));
    assert_eq!(Memory::new().lease(), 60 * SECOND);
}

#[test]
fn of_a_deadline() {
    let limit = constant(OPTIONS, "PATIENCE_OF_DOCUTRAY");
    let accepts = |deadline| {
        let verifier = Verifier::builder().secret("s").body_only().build();
        WebhookLayer::new(verifier.unwrap())
            .deadline(deadline)
            .is_ok()
    };
    assert!(!accepts(limit) && accepts(limit - SECOND));
    assert_eq!(constant(OPTIONS, "DEFAULT_DEADLINE"), 25 * SECOND);
}
