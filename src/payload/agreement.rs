//! Checks that a payload belongs to the event that the headers name, by its id and its status.

use super::{members::Members, text::Text};
use crate::{
    error::Error,
    event_kind::{EventKind, Stage},
};

const CONVERSION_ID: &str = "conversion_id";
const IDENTIFICATION_ID: &str = "identification_id";
const STEP_EXECUTION_ID: &str = "step_execution_id";
/// The ids by which a payload shows to which family of events it belongs.
pub(super) const IDS: &[&str] = &[CONVERSION_ID, IDENTIFICATION_ID, STEP_EXECUTION_ID];

/// The id and the statuses of an event's payload.
struct Mark {
    id: &'static str,
    statuses: &'static [&'static str],
    /// The statuses, in words.
    status: &'static str,
}

/// Fails only if the id or the status belongs to another event. A missing field or one of the wrong type is left to the
/// check of the fields.
pub(super) fn check(event: EventKind, members: &Members<'_>) -> Result<(), Error> {
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
        return mismatch(mark.id, "present in place of another family's id");
    }
    if status(members).is_some_and(|status| !mark.statuses.iter().any(|one| status.is(one))) {
        return mismatch("status", mark.status);
    }
    Ok(())
}

fn status<'t>(members: &Members<'t>) -> Option<Text<'t>> {
    let status = Text::of(members.only("status")?)?;
    status.is_whole().then_some(status)
}

/// Returns the id of the event's own family, from checked members.
pub(super) fn id<'t>(event: EventKind, members: &Members<'t>) -> Option<Text<'t>> {
    Text::of(members.only(mark(event)?.id)?)
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
    let Some(stage) = event.stage() else {
        return None;
    };
    let (statuses, status): (&[_], _) = match stage {
        Stage::Started => (&["PROCESSING"], "`PROCESSING`"),
        // Docutray documents `completed` for steps and `SUCCESS` for the others.
        Stage::Completed => (&["SUCCESS", "completed"], "`SUCCESS` or `completed`"),
        // Not documented. Docutray's own client libraries use `ERROR`.
        Stage::Failed => (
            &["ERROR", "FAILED", "failed", "error"],
            "`ERROR`, `FAILED`, `failed` or `error`",
        ),
    };
    Some(Mark {
        id,
        statuses,
        status,
    })
}
