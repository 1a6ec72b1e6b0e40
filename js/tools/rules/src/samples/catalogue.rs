//! The samples by their names.

use alloc::{
    format,
    string::{String, ToString as _},
    vec::Vec,
};

use serde::Serialize;

use crate::fault::Fault;

/// How deep a payload may be nested. The payload's own object is level 1.
const MAX_DEPTH: usize = 128;
/// Each is about 90 bytes, so that the large sample has about a megabyte.
const LARGE_LINES: usize = 11_500;

/// A sample payload.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Sample {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// The event's name.
    pub event: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// The id that it has unless the caller gives another.
    #[serde(skip)]
    pub(super) id: &'static str,
    /// How long the work took.
    #[serde(skip)]
    pub(super) seconds: u64,
    /// JSON with marks: see `Filling`.
    #[serde(skip)]
    pub(super) text: &'static str,
    /// What stands in the place of `@data`.
    #[serde(skip)]
    pub(super) data: Option<fn() -> String>,
}

impl Sample {
    pub(super) fn named(name: &str) -> Result<&'static Self, Fault> {
        let found = SAMPLES.iter().find(|sample| sample.name == name);
        found.ok_or_else(|| {
            let names: Vec<_> = SAMPLES.iter().map(|sample| sample.name).collect();
            let message = format!("there is no such sample; use one of {}", names.join(", "));
            Fault::of("name", "unknown_sample", message)
        })
    }

    const fn of(
        (name, title): (&'static str, &'static str),
        work: Work,
        event: &'static str,
        text: &'static str,
    ) -> Self {
        Self {
            name,
            event,
            title,
            id: work.id,
            seconds: work.seconds,
            text,
            data: None,
        }
    }

    const fn with_data(name: &'static str, title: &'static str, data: fn() -> String) -> Self {
        let text = include_str!("payloads/free_data.json");
        Self {
            data: Some(data),
            ..Self::of((name, title), CONVERSION, "CONVERSION_COMPLETED", text)
        }
    }
}

/// The values of Docutray's documentation.
#[derive(Clone, Copy)]
struct Work {
    id: &'static str,
    seconds: u64,
}

const CONVERSION: Work = Work {
    id: "clm123abc456def",
    seconds: 15,
};
const IDENTIFICATION: Work = Work {
    id: "idn_abc123xyz789",
    seconds: 8,
};
const STEP: Work = Work {
    id: "step_exec_xyz123",
    seconds: 12,
};
/// An event that the documentation does not have.
const ARCHIVE: Work = Work {
    id: "arc_55gTn1",
    seconds: 0,
};

macro_rules! documented {
    ($event:literal, $title:literal, $work:expr, $file:literal) => {
        Sample::of(
            ($event, $title),
            $work,
            $event,
            include_str!(concat!("payloads/", $file, ".json")),
        )
    };
}

/// All samples: the documented events in the documentation's order, then the special ones.
pub const SAMPLES: &[Sample] = &[
    documented!(
        "CONVERSION_STARTED",
        "A conversion has begun",
        Work {
            seconds: 0,
            ..CONVERSION
        },
        "conversion_started"
    ),
    documented!(
        "CONVERSION_COMPLETED",
        "A conversion has ended with data",
        CONVERSION,
        "conversion_completed"
    ),
    documented!(
        "CONVERSION_FAILED",
        "A conversion has failed",
        CONVERSION,
        "conversion_failed"
    ),
    documented!(
        "IDENTIFICATION_STARTED",
        "An identification has begun",
        Work {
            seconds: 0,
            ..IDENTIFICATION
        },
        "identification_started"
    ),
    documented!(
        "IDENTIFICATION_COMPLETED",
        "An identification has ended with a document type",
        IDENTIFICATION,
        "identification_completed"
    ),
    documented!(
        "IDENTIFICATION_FAILED",
        "An identification has failed",
        IDENTIFICATION,
        "identification_failed"
    ),
    documented!(
        "STEP_STARTED",
        "A step has begun",
        Work { seconds: 0, ..STEP },
        "step_started"
    ),
    documented!(
        "STEP_COMPLETED",
        "A step has ended with data",
        STEP,
        "step_completed"
    ),
    documented!("STEP_FAILED", "A step has failed", STEP, "step_failed"),
    Sample::of(
        ("spanish-invoice", "An invoice in Spanish, with accents"),
        CONVERSION,
        "CONVERSION_COMPLETED",
        include_str!("payloads/spanish_invoice.json"),
    ),
    Sample::of(
        (
            "step-described-type",
            "A step whose document type is an object, as in Docutray's live API",
        ),
        STEP,
        "STEP_COMPLETED",
        include_str!("payloads/step_completed_described_type.json"),
    ),
    Sample::with_data(
        "digits",
        "Numbers that lose digits in a parser with doubles",
        || include_str!("payloads/digits_data.json").to_string(),
    ),
    Sample::with_data(
        "text",
        "Texts that pages and terminals stumble over: markup, escapes, emoji",
        || include_str!("payloads/text_data.json").to_string(),
    ),
    Sample::with_data("large", "About a megabyte", large),
    Sample::with_data("deep", "Nested as deep as a payload may be", deep),
    Sample::of(
        (
            "unknown-event",
            "An event that Docutray may add: receivers accept it",
        ),
        ARCHIVE,
        "DOCUMENT_ARCHIVED",
        include_str!("payloads/document_archived.json"),
    ),
];

fn large() -> String {
    let line = |number: usize| {
        format!(
            r#"{{"line":{number},"description":"Papel carta, 500 hojas, resma {number}","quantity":20,"price":4990.00}}"#
        )
    };
    let lines: Vec<_> = (1..=LARGE_LINES).map(line).collect();
    format!(r#"{{"lines":[{}]}}"#, lines.join(","))
}

fn deep() -> String {
    // The payload's object and `data` are around them.
    let levels = MAX_DEPTH - 2;
    format!(
        "{{\"levels\":{}null{}}}",
        "[".repeat(levels),
        "]".repeat(levels)
    )
}
