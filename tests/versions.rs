//! Promise: only a version that may break compatibility knows a new event. A receiver that handles the event as `UNKNOWN`
//! would silently stop handling it if a compatible update knew its name.

use docutray_webhook::EventKind;

/// The events that each version knows, by the part of the version number that changes when compatibility breaks. Released
/// entries never change: a new event needs a new entry, and so a new version.
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

/// Returns the minor version below 1.0, otherwise the major version.
fn breaking(version: &str) -> &str {
    let digits_end = |text: &str| text.find('.').unwrap_or(text.len());
    match version.strip_prefix("0.") {
        Some(rest) => version.get(..2 + digits_end(rest)),
        None => version.get(..digits_end(version)),
    }
    .unwrap_or_default()
}

#[test]
fn a_compatible_version_knows_no_new_event() {
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
fn a_break_changes_the_minor_version_below_1_and_then_the_major_version() {
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
