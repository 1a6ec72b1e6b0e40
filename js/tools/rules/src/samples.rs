//! Sample payloads: each documented event, and documents that receivers stumble over. A test verifies each with the core.

mod catalogue;
mod chain;
mod edit;
mod filling;

use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use self::filling::Filling;
pub use self::{
    catalogue::{SAMPLES, Sample},
    chain::{ChainRequest, Ends, Family, Link, chain},
    edit::{Edit, edit},
    filling::FailedError,
};
use crate::{fault::Fault, wire::Bytes};

/// What a sample is made of.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SampleRequest {
    /// The sample's name: see [`SAMPLES`]. The name of a documented event is one.
    pub name: String,
    /// When the work ended, or began: Unix time in seconds.
    pub now: u64,
    /// The id of the conversion, identification or step execution, in place of the sample's own.
    #[serde(default)]
    pub id: Option<String>,
    /// The form of `error` in the payload of a failed event.
    #[serde(default)]
    pub failed_error: FailedError,
    /// Changes to the payload.
    #[serde(default)]
    pub set: Vec<Edit>,
}

impl SampleRequest {
    /// A sample without changes.
    pub fn new(name: impl Into<String>, now: u64) -> Self {
        Self {
            name: name.into(),
            now,
            id: None,
            failed_error: FailedError::default(),
            set: Vec::new(),
        }
    }
}

/// A payload and its event.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct SamplePayload {
    /// The event's name.
    pub event: &'static str,
    /// The payload.
    pub body: Bytes,
}

/// Makes a sample.
///
/// # Errors
/// If there is no sample of this name, or a change does not fit.
pub fn sample(request: &SampleRequest) -> Result<SamplePayload, Fault> {
    let sample = Sample::named(&request.name)?;
    let requested = request.now.saturating_sub(sample.seconds);
    let filled = Filling {
        id: request.id.as_deref().unwrap_or(sample.id),
        requested,
        responded: request.now,
        failed_error: request.failed_error,
    };
    let body = filled.fill(sample)?;
    Ok(SamplePayload {
        event: sample.event,
        body: edit(body.into_bytes(), &request.set)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Json;
    use crate::sign::{Unsigned, sign};
    use docutray_webhook::{Event, EventKind, Payload, Verifier, payload::StepDocumentType};

    const NOW: u64 = 1_705_314_600;

    /// Signs it, and verifies it with the core.
    pub(super) fn verified(event: &str, body: &Bytes) -> Event {
        let unsigned = Unsigned {
            secret: "whsec_test".into(),
            url: "https://example.com/hooks".into(),
            event: event.into(),
            body: body.clone(),
            now: NOW,
            request_id: "550e8400-e29b-41d4-a716-446655440000".into(),
        };
        let delivery = sign(&unsigned);
        let builder = Verifier::builder().secret("whsec_test").url(&unsigned.url);
        let headers = delivery.headers.iter().map(|(name, value)| (name, value));
        let event = builder.build().unwrap().verify(headers, &body.0, NOW);
        event.unwrap()
    }

    fn made(name: &str) -> (&'static str, String) {
        let SamplePayload { event, body } = sample(&SampleRequest::new(name, NOW)).unwrap();
        (event, String::from_utf8(body.0).unwrap())
    }

    #[test]
    fn the_core_verifies_each_sample_in_each_form() {
        for Sample { name, .. } in SAMPLES {
            for failed_error in [FailedError::String, FailedError::Object, FailedError::None] {
                let mut request = SampleRequest::new(*name, NOW);
                request.failed_error = failed_error;
                request.id = Some("an \"id\" é".into());
                let SamplePayload { event, body } = sample(&request).unwrap();
                let verified = verified(event, &body);
                if verified.kind() != EventKind::Unknown {
                    assert_eq!(verified.id(), Some("an \"id\" é"), "{name}");
                }
                assert!(!verified.raw().contains("\"@"), "{name}");
            }
        }
    }

    #[test]
    fn every_documented_event_is_a_sample_by_its_name() {
        for kind in EventKind::KNOWN {
            assert_eq!(made(kind.as_str()).0, kind.as_str());
        }
    }

    #[test]
    fn a_failed_event_has_its_error_in_three_forms() {
        for (failed_error, begins) in [
            (FailedError::String, Some("\"")),
            (FailedError::Object, Some("{")),
            (FailedError::None, None),
        ] {
            for name in ["CONVERSION_FAILED", "IDENTIFICATION_FAILED", "STEP_FAILED"] {
                let mut request = SampleRequest::new(name, NOW);
                request.failed_error = failed_error;
                let SamplePayload { event, body } = sample(&request).unwrap();
                let event = verified(event, &body);
                let error = match event.payload() {
                    Payload::ConversionFailed(payload) => &payload.error,
                    Payload::IdentificationFailed(payload) => &payload.error,
                    Payload::StepFailed(payload) => &payload.error,
                    other => panic!("{other:?}"),
                };
                let begun = error.as_ref().map(|error| &error.as_str()[..1]);
                assert_eq!(begun, begins, "{name}");
            }
        }
    }

    #[test]
    fn digits_times_and_accents_are_as_written() {
        let (_, completed) = made("CONVERSION_COMPLETED");
        for part in [
            "\"amount\":1250.00",
            "\"request_timestamp\":\"2024-01-15T10:29:45.000Z\"",
            "\"response_timestamp\":\"2024-01-15T10:30:00.000Z\"",
        ] {
            assert!(completed.contains(part), "{completed}");
        }
        let (_, spanish) = made("spanish-invoice");
        for part in [
            "\"moneda\":\"CLP\"",
            "\"monto_total\":211582.00",
            "\"detalle\":[",
            "Ñuñoa",
        ] {
            assert!(spanish.contains(part), "{spanish}");
        }
        assert!(
            made("digits")
                .1
                .contains("\"twenty_digits\":12345678901234567890,")
        );
    }

    #[test]
    fn the_large_one_is_large_and_the_deep_one_at_the_core_s_limit() {
        assert!((1_000_000..1_200_000).contains(&made("large").1.len()));
        let (_, deep) = made("deep");
        let deeper = deep.replace("null", "[null]");
        assert!(Json::check(deeper.as_bytes()).is_err());
    }

    #[test]
    fn a_step_s_document_type_comes_in_both_forms() {
        let described = ["STEP_COMPLETED", "step-described-type"].map(|name| {
            let (event, body) = made(name);
            let event = verified(event, &Bytes(body.into_bytes()));
            let Payload::StepCompleted(payload) = event.payload() else {
                panic!("{event:?}");
            };
            let identification = payload.identification.as_ref().unwrap();
            matches!(identification.document_type, StepDocumentType::Described(_))
        });
        assert_eq!(described, [false, true]);
    }

    #[test]
    fn a_name_that_is_none_is_a_fault_with_the_names() {
        let fault = sample(&SampleRequest::new("CONVERSION_DONE", NOW)).unwrap_err();
        assert_eq!((fault.code, fault.field), ("unknown_sample", Some("name")));
        assert!(fault.message.contains("CONVERSION_COMPLETED, "), "{fault}");
        assert!(!fault.message.contains("DONE"), "{fault}");
    }
}
