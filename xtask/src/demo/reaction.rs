//! How a receiver reacts to a delivery, as its response says it.

use docutray_webhook_deliveries::Response;
use serde::Deserialize;

use super::deliveries::Expected;

/// What a response says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reaction {
    /// The receiver took the delivery.
    Accepted {
        kind: String,
        id: Option<String>,
        key: String,
    },
    /// It had processed the event before.
    Duplicate,
    /// It did not take the delivery.
    Refused {
        status: u16,
        code: String,
        detail: String,
    },
    /// None of these.
    Other { status: u16, body: String },
}

/// The bodies of answers.
#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    /// Of examples, when they accept.
    Accepted {
        #[serde(rename = "type")]
        kind: String,
        id: Option<String>,
        key: String,
    },
    /// Of all, when they refuse. Not [`Response::problem`]: the page of examples/browser answers with JSON.
    Refused { code: String, detail: String },
    /// Of receivers that process an event once, when it comes again.
    Repeated { verdict: String },
}

impl Reaction {
    pub(crate) fn of(response: Response) -> Self {
        let Response { status, body, .. } = response;
        let is_good = (200..300).contains(&status);
        match serde_json::from_str(&body) {
            Ok(Answer::Accepted { kind, id, key }) if is_good => Self::Accepted { kind, id, key },
            Ok(Answer::Repeated { verdict }) if is_good && verdict == "duplicate" => {
                Self::Duplicate
            }
            Ok(Answer::Refused { code, detail }) if !is_good => Self::Refused {
                status,
                code,
                detail,
            },
            _ => Self::Other { status, body },
        }
    }

    pub(crate) fn is(&self, expected: Expected) -> bool {
        match (self, expected) {
            (Self::Accepted { kind, .. }, Expected::Event(event)) => kind == event,
            (Self::Duplicate, Expected::Duplicate) => true,
            (Self::Refused { code, .. }, Expected::Refusal(refusal)) => code == refusal.as_str(),
            _ => false,
        }
    }

    /// One word for the table.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::Accepted { .. } | Self::Duplicate => "accepted",
            Self::Refused { .. } => "refused",
            Self::Other { .. } => "neither",
        }
    }

    /// What there is to say beyond that word: the event's key, or the status, the code and what is wrong.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Accepted { key, .. } => key.clone(),
            Self::Duplicate => "a duplicate".to_owned(),
            Self::Refused {
                status,
                code,
                detail,
            } if detail.starts_with(code) => format!("{status} {detail}"),
            Self::Refused {
                status,
                code,
                detail,
            } => format!("{status} {code}: {detail}"),
            Self::Other { status, body } => format!("{status} {body}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docutray_webhook::Code;

    fn reaction(status: u16, body: &str) -> Reaction {
        Reaction::of(Response {
            status,
            body: body.into(),
            headers: Default::default(),
        })
    }

    #[test]
    fn a_reaction_is_what_status_and_body_say() {
        let accepted = reaction(200, r#"{"type": "STEP_FAILED", "key": "k"}"#);
        assert!(accepted.is(Expected::Event("STEP_FAILED")));
        assert!(!accepted.is(Expected::Event("STEP_STARTED")));
        assert!(!accepted.is(Expected::Refusal(Code::EventMismatch)));

        let repeated = reaction(200, r#"{"verdict": "duplicate"}"#);
        assert!(repeated.is(Expected::Duplicate) && !accepted.is(Expected::Duplicate));
        assert!(!repeated.is(Expected::Event("STEP_FAILED")));

        let refused = reaction(401, r#"{"code": "event_mismatch", "detail": "d"}"#);
        assert!(refused.is(Expected::Refusal(Code::EventMismatch)));
        assert!(!refused.is(Expected::Refusal(Code::SignatureMismatch)));
    }

    #[test]
    fn a_response_that_says_neither_is_never_expected() {
        for (status, body) in [
            (500, "oops"),
            (200, r#"{"code": "event_mismatch", "detail": "d"}"#),
            (200, ""),
            (200, r#"{"verdict": "processed"}"#),
            (500, r#"{"verdict": "duplicate"}"#),
        ] {
            let reaction = reaction(status, body);
            assert!(matches!(reaction, Reaction::Other { .. }), "{reaction:?}");
            assert!(!reaction.is(Expected::Refusal(Code::EventMismatch)));
        }
    }
}
