//! Promise: the emulator delivers as Docutray does, whatever it is told and whenever, and hides nothing.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]
#![expect(clippy::panic, reason = "a test fails by panicking")]

mod again;
mod checks;
mod declarations;
mod disabling;
mod operation;
mod properties;
mod queries;
mod registration;
mod retries;
mod room;
mod saving;
mod scripts;
mod world;

use docutray_webhook_tools::emulator::{Answered, DeliveryView, InProcess, Options, Outgoing};
use proptest::test_runner::{Config, RngSeed};

const URL: &str = "https://example.com/hooks";
/// Milliseconds since 1970.
const NOW: u64 = 1_705_314_600_000;

/// Draws the same in each run. With `PROPTEST_CASES` in the environment it draws so many.
fn drawn(cases: u32) -> Config {
    let given = std::env::var("PROPTEST_CASES").ok();
    Config {
        cases: given.map_or(cases, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(13),
        ..Config::default()
    }
}

fn options() -> Options {
    Options::new("0a".repeat(32), NOW)
}

/// An emulator with one webhook. Returns its id, too.
fn started(options: Options) -> (InProcess, String) {
    let mut docutray = InProcess::new(options).unwrap();
    let (webhook, _) = docutray.create_webhook(URL).unwrap();
    (docutray, webhook)
}

fn always(status: u16) -> impl FnMut(&Outgoing) -> Answered {
    move |_| Answered::status(status)
}

/// The only delivery.
fn only(docutray: &InProcess) -> DeliveryView {
    let [delivery] = docutray.deliveries().try_into().unwrap();
    delivery
}

fn header<'a>(headers: &'a [(String, String)], name: &str) -> &'a str {
    let (_, value) = headers.iter().find(|(known, _)| known == name).unwrap();
    value
}
