//! Promise: the load finds a receiver that takes what is wrong, refuses what is genuine, processes an event twice, or keeps memory or
//! descriptors. It finds nothing where nothing is wrong.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "clippy.toml allows it in test functions; here what these call is tests as well"
)]

use std::process::Command;

use serde_json::json;

const SERVER: &str = env!("CARGO_BIN_EXE_load-axum");

/// Puts a receiver under a little load. Returns whether nothing was found, and what was said.
fn found(arguments: &[&str]) -> (bool, String) {
    let receiver: Vec<_> = [SERVER].iter().chain(arguments).collect();
    let host = json!({
        "name": "axum",
        "limit": 2 << 20,
        "evidence": "lines",
        "receiver": { "command": receiver },
        "plain": { "command": [SERVER, "plain"] },
    });
    let mut load = Command::new(env!("CARGO_BIN_EXE_load"));
    load.args(["--minutes=0", "--least=200", "--seed=7"]);
    let output = load.arg(host.to_string()).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

fn finds(arguments: &[&str], fault: &str) {
    let (is_good, said) = found(arguments);
    assert!(!is_good && said.contains(fault), "{said}");
}

#[test]
fn nothing_is_found_where_nothing_is_wrong() {
    let (is_good, said) = found(&[]);
    assert!(is_good, "{said}");
}

#[test]
fn forgeries_that_are_taken_are_found() {
    finds(&["accepts"], " was answered 200 instead of 400");
}

#[test]
fn genuine_deliveries_that_are_refused_are_found() {
    finds(&["fails"], "a genuine delivery was answered 500");
}

#[test]
fn events_that_are_processed_twice_are_found() {
    finds(&["forgets"], " times\n");
}

#[test]
fn memory_that_is_kept_is_found() {
    finds(&["keeps-memory"], "its memory grows");
}

#[test]
fn descriptors_that_are_kept_are_found() {
    finds(&["keeps-files"], "it keeps what its senders have left");
}
