//! Implements the interface `answers` with the crate's table.

use docutray_webhook::answer::{self, Outcome, Refusal};

use crate::{
    Component,
    bindings::{
        exports::docutray::webhook::answers::{Guest, Header, Outcome as WitOutcome, Response},
        wit,
    },
    error::core_code,
};

impl Guest for Component {
    fn admit(method: String, headers: Vec<Header>) -> Result<(), Response> {
        answer::admit(&method, headers).map_err(|outcome| response(&outcome))
    }

    fn answer(outcome: WitOutcome) -> Response {
        response(&outcome.into())
    }
}

impl From<WitOutcome> for Outcome<'static> {
    fn from(outcome: WitOutcome) -> Self {
        match outcome {
            WitOutcome::Processed => Self::Processed,
            WitOutcome::Duplicate => Self::Duplicate,
            WitOutcome::Acknowledged => Self::Acknowledged,
            WitOutcome::Kept(code) => Self::Kept(core_code(code)),
            WitOutcome::Refused(error) => Self::Refused(refusal(error)),
            WitOutcome::MethodNotAllowed => Self::MethodNotAllowed,
            WitOutcome::UnsupportedMediaType => Self::UnsupportedMediaType,
            WitOutcome::UnsupportedContentEncoding => Self::UnsupportedContentEncoding,
            WitOutcome::IncompleteBody => Self::IncompleteBody,
            WitOutcome::BodyTimeout => Self::BodyTimeout,
            WitOutcome::RawBodyGone => Self::RawBodyGone,
            WitOutcome::Busy(retry_after) => Self::Busy { retry_after },
            WitOutcome::LeaseLost(retry_after) => Self::LeaseLost { retry_after },
            WitOutcome::Late(retry_after) => Self::Late { retry_after },
            WitOutcome::Overloaded => Self::Overloaded,
            WitOutcome::StoreUnavailable => Self::StoreUnavailable,
            WitOutcome::VerifierUnavailable => Self::VerifierUnavailable,
            WitOutcome::HandlerFailed => Self::HandlerFailed,
            WitOutcome::NoAnswer => Self::NoAnswer,
        }
    }
}

fn refusal(error: wit::Error) -> Refusal<'static> {
    let field = error.field.map(Into::into);
    Refusal::new(core_code(error.code), field, error.finding)
}

fn response(outcome: &Outcome<'_>) -> Response {
    let answer = outcome.answer();
    let headers = answer.headers.into_iter();
    Response {
        status: answer.status,
        headers: headers
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        body: answer.body,
        verdict: outcome.verdict().to_owned(),
        code: outcome.code().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use docutray_webhook::Verifier;

    use super::*;

    #[test]
    fn an_error_s_response_is_that_of_the_crate() {
        let config = Verifier::builder().build().expect_err("no secret");
        let verifier = Verifier::builder().secret("s").body_only().build();
        let none: [(&str, &str); 0] = [];
        let header = verifier
            .expect("a verifier")
            .authorize(none, 0)
            .expect_err("no headers");
        for error in [config, header] {
            let expected = Outcome::from(error.clone()).answer();
            let response = Component::answer(WitOutcome::Refused(error.into()));
            assert_eq!(
                (response.status, response.body),
                (expected.status, expected.body)
            );
        }
    }
}
