//! Whether a payload belongs to the event that the headers name: its id's family and its status tell.

use super::{
    members::Members,
    path::Path,
    shape::{Shape as _, Text},
};
use crate::{error::Error, event_kind::EventKind};
use alloc::string::String;

const CONVERSION_ID: &str = "conversion_id";
const IDENTIFICATION_ID: &str = "identification_id";
const STEP_EXECUTION_ID: &str = "step_execution_id";
/// By these a payload tells its family.
pub(super) const IDS: &[&str] = &[CONVERSION_ID, IDENTIFICATION_ID, STEP_EXECUTION_ID];

/// What an event's payload carries.
struct Mark {
    id: &'static str,
    statuses: &'static [&'static str],
    /// The statuses in words.
    status: &'static str,
}

/// Fails only where id or status speak of another event; what is merely missing or of another type is a question of
/// shape.
pub(super) fn check(event: EventKind, members: &Members<'_, '_>) -> Result<(), Error> {
    let Some(mark) = mark(event) else {
        return Ok(());
    };
    let mismatch = |field, expected| {
        Err(Error::EventMismatch {
            field,
            event: event.as_str(),
            expected,
        })
    };
    if !members.has(mark.id) && IDS.iter().any(|id| members.has(id)) {
        return mismatch(mark.id, "there, and not another family's id in its place");
    }
    if status(members).is_some_and(|status| !mark.statuses.contains(&status.as_str())) {
        return mismatch("status", mark.status);
    }
    Ok(())
}

fn status(members: &Members<'_, '_>) -> Option<String> {
    Text::read(members.only("status")?, Path::Body).ok()
}

/// The id of the event's own family.
pub(super) fn id(event: EventKind, members: &Members<'_, '_>) -> Option<String> {
    Text::read(members.only(mark(event)?.id)?, Path::Body).ok()
}

const fn mark(event: EventKind) -> Option<Mark> {
    let id = match event {
        EventKind::ConversionStarted
        | EventKind::ConversionCompleted
        | EventKind::ConversionFailed => CONVERSION_ID,
        EventKind::IdentificationStarted
        | EventKind::IdentificationCompleted
        | EventKind::IdentificationFailed => IDENTIFICATION_ID,
        EventKind::StepStarted | EventKind::StepCompleted | EventKind::StepFailed => {
            STEP_EXECUTION_ID
        }
        EventKind::Unknown => return None,
    };
    let (statuses, status): (&[_], _) = match event {
        EventKind::ConversionStarted
        | EventKind::IdentificationStarted
        | EventKind::StepStarted => (&["PROCESSING"], "`PROCESSING`"),
        // Steps are documented to say `completed` where the others say `SUCCESS`.
        EventKind::ConversionCompleted
        | EventKind::IdentificationCompleted
        | EventKind::StepCompleted => (&["SUCCESS", "completed"], "`SUCCESS` or `completed`"),
        // Not documented; Docutray's own client libraries say `ERROR`.
        EventKind::ConversionFailed | EventKind::IdentificationFailed | EventKind::StepFailed => (
            &["ERROR", "FAILED", "failed", "error"],
            "`ERROR`, `FAILED`, `failed` or `error`",
        ),
        EventKind::Unknown => return None,
    };
    Some(Mark {
        id,
        statuses,
        status,
    })
}
