//! The events of one piece of work, in their order.

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use super::{
    catalogue::Sample,
    filling::{FailedError, Filling},
};
use crate::{fault::Fault, wire::Bytes};

/// A family of events.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Family {
    /// `CONVERSION_STARTED` and what follows.
    Conversion,
    /// `IDENTIFICATION_STARTED` and what follows.
    Identification,
    /// `STEP_STARTED` and what follows.
    Step,
}

/// How the work ends.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Ends {
    /// With a result.
    Completed,
    /// Without one.
    Failed,
}

/// What a chain is made of.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ChainRequest {
    /// The family of its events.
    pub family: Family,
    /// How it ends.
    pub ends: Ends,
    /// When the work begins: Unix time in seconds.
    pub now: u64,
    /// The id of the conversion, identification or step execution, in place of the sample's own.
    #[serde(default)]
    pub id: Option<String>,
    /// The form of `error`, if it fails.
    #[serde(default)]
    pub failed_error: FailedError,
}

/// An event of a chain.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The event's name.
    pub event: &'static str,
    /// The payload.
    pub body: Bytes,
    /// When it is sent: seconds after the work began.
    pub after_seconds: u64,
}

/// Makes the two payloads of one piece of work: they have the same id and the same request time.
///
/// # Errors
/// Never in fact: the samples are well-formed.
pub fn chain(request: &ChainRequest) -> Result<Vec<Link>, Fault> {
    let names = match (request.family, request.ends) {
        (Family::Conversion, Ends::Completed) => ["CONVERSION_STARTED", "CONVERSION_COMPLETED"],
        (Family::Conversion, Ends::Failed) => ["CONVERSION_STARTED", "CONVERSION_FAILED"],
        (Family::Identification, Ends::Completed) => {
            ["IDENTIFICATION_STARTED", "IDENTIFICATION_COMPLETED"]
        }
        (Family::Identification, Ends::Failed) => {
            ["IDENTIFICATION_STARTED", "IDENTIFICATION_FAILED"]
        }
        (Family::Step, Ends::Completed) => ["STEP_STARTED", "STEP_COMPLETED"],
        (Family::Step, Ends::Failed) => ["STEP_STARTED", "STEP_FAILED"],
    };
    let link = |name: &str| {
        let sample = Sample::named(name)?;
        let filling = Filling {
            id: request.id.as_deref().unwrap_or(sample.id),
            requested: request.now,
            responded: request.now.saturating_add(sample.seconds),
            failed_error: request.failed_error,
        };
        Ok(Link {
            event: sample.event,
            body: Bytes(filling.fill(sample)?.into_bytes()),
            after_seconds: sample.seconds,
        })
    };
    names.into_iter().map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::tests::verified;

    #[test]
    fn a_chain_is_one_piece_of_work_and_the_core_verifies_it() {
        for family in [Family::Conversion, Family::Identification, Family::Step] {
            for ends in [Ends::Completed, Ends::Failed] {
                let links = chain(&ChainRequest {
                    family,
                    ends,
                    now: 1_705_314_600,
                    id: Some("work_1".into()),
                    failed_error: FailedError::None,
                });
                let links = links.unwrap();
                assert_eq!(links[0].after_seconds, 0);
                assert!(links[1].after_seconds > 0);
                for Link { event, body, .. } in &links {
                    let event = verified(event, body);
                    assert_eq!(event.id(), Some("work_1"));
                    let requested = "\"request_timestamp\":\"2024-01-15T10:30:00.000Z\"";
                    assert!(event.raw().contains(requested), "{}", event.raw());
                }
            }
        }
    }
}
