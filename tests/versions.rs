//! Promise: a new event arrives only in a version that semver lets break. A receiver that handles it as `UNKNOWN` would
//! lose it in silence if an update that looks harmless knew its name.

use docutray_webhook::EventKind;

/// The events that each version knows, by the part of its number that semver lets break. What is released here stays as
/// it is: a new event needs a new entry, and with it a new version.
const EVENTS: &[(&str, &[&str])] = &[(
    "0.1",
    &[
        "CONVERSION_STARTED",
        "CONVERSION_COMPLETED",
        "CONVERSION_FAILED",
        "IDENTIFICATION_STARTED",
        "IDENTIFICATION_COMPLETED",
        "IDENTIFICATION_FAILED",
        "STEP_STARTED",
        "STEP_COMPLETED",
        "STEP_FAILED",
    ],
)];

/// The minor version below 1.0, then the major one.
fn breaking(version: &str) -> &str {
    let digits_end = |text: &str| text.find('.').unwrap_or(text.len());
    match version.strip_prefix("0.") {
        Some(rest) => version.get(..2 + digits_end(rest)),
        None => version.get(..digits_end(version)),
    }
    .unwrap_or_default()
}

#[test]
fn a_version_that_may_not_break_knows_no_new_event() {
    let version = breaking(env!("CARGO_PKG_VERSION"));
    let listed = EVENTS.iter().find(|(listed, _)| *listed == version);
    let (_, events) = listed.unwrap_or_else(|| panic!("version {version} has no list of events"));
    let known: Vec<_> = EventKind::KNOWN.iter().map(|kind| kind.as_str()).collect();
    assert_eq!(
        known, *events,
        "a new event needs a version that semver lets break, a list here, and a line in CHANGELOG.md that says which \
         handler to add"
    );
}

#[test]
fn the_changelog_names_every_event() {
    let changelog = include_str!("../CHANGELOG.md");
    for kind in EventKind::KNOWN {
        assert!(changelog.contains(kind.as_str()), "{kind}");
    }
}

#[test]
fn what_semver_lets_break_is_the_minor_below_1_and_then_the_major() {
    for (version, expected) in [
        ("0.1.0", "0.1"),
        ("0.12.3", "0.12"),
        ("1.0.0", "1"),
        ("12.3.4", "12"),
        ("0.2.0-rc.1", "0.2"),
    ] {
        assert_eq!(breaking(version), expected);
    }
}
