//! Checks that TypeScript's unions have all codes and events of the core.

#![cfg(not(target_arch = "wasm32"))]

use docutray_webhook::{Code, EventKind};

const ERROR: &str = include_str!("../../src/error.ts");
const EVENT: &str = include_str!("../../src/event.ts");

/// Returns the string literals of `export type NAME = | "..." | "...";`.
fn union<'t>(source: &'t str, name: &str) -> Vec<&'t str> {
    let (_, declaration) = source
        .split_once(&format!("export type {name} ="))
        .expect("the type is declared");
    let (members, _) = declaration.split_once(';').expect("it ends");
    members.split('"').skip(1).step_by(2).collect()
}

#[test]
fn every_code_is_in_the_union() {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    assert!(union(ERROR, "WebhookErrorCode").into_iter().eq(codes));
}

#[test]
fn every_event_has_its_type() {
    let declared = EVENT
        .split("EventOf<\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    let known = EventKind::KNOWN.iter().chain(&[EventKind::Unknown]);
    assert!(declared.eq(known.map(|kind| kind.as_str())));
}
