//! The application's response as a result: a part of it, since the application does not tell all.

use anyhow::{Context as _, Result, bail, ensure};
use docutray_webhook_suite::{CaseResult, Partial, Shown};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use hyper::StatusCode;

use crate::exchange::Received;

const HIDDEN_OF_AN_EVENT: [&str; 4] = [
    "event.delivery",
    "event.metadata_authenticated",
    "event.name",
    "event.payload",
];
/// A sender is told the finding, as `detail`, and not the operator's message.
const HIDDEN_OF_AN_ERROR: [&str; 2] = ["error.field", "error.message"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accepted {
    #[serde(rename = "type")]
    kind: String,
    id: Option<String>,
    key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Problem {
    title: String,
    status: u16,
    code: String,
    /// Not compared, since the sender is not told the option of a wrong configuration.
    #[serde(default, rename = "field")]
    _field: Option<IgnoredAny>,
    detail: String,
}

/// A response that is neither an event nor a problem is a crash.
pub(crate) fn of(received: &Received) -> CaseResult {
    partial(received).map_or_else(
        |error| CaseResult::Crash(format!("{error:#}: {received:?}")),
        CaseResult::Partial,
    )
}

fn partial(received: &Received) -> Result<Partial> {
    match (received.status.as_u16(), received.content_type.as_deref()) {
        (200, Some("application/json")) => accepted(read(received)?),
        (400.., Some("application/problem+json")) => refused(received, read(received)?),
        _ => bail!("neither an event nor a problem"),
    }
}

fn accepted(Accepted { kind, id, key }: Accepted) -> Result<Partial> {
    Ok(Partial {
        shown: Shown::Event { kind, id, key },
        hidden: &HIDDEN_OF_AN_EVENT,
    })
}

fn refused(received: &Received, problem: Problem) -> Result<Partial> {
    ensure!(!problem.detail.is_empty(), "the detail is empty");
    ensure!(
        problem.status == received.status.as_u16()
            && title(received.status) == Some(&problem.title),
        "the problem is of another status"
    );
    Ok(Partial {
        shown: Shown::Error {
            code: problem.code,
            status: problem.status,
            message: None,
        },
        hidden: &HIDDEN_OF_AN_ERROR,
    })
}

/// The reason phrase. hyper has an outdated one for 413 (RFC 9110, 15.5.14).
fn title(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Some("Content Too Large"),
        other => other.canonical_reason(),
    }
}

fn read<T: DeserializeOwned>(received: &Received) -> Result<T> {
    serde_json::from_slice(&received.body).context("not the JSON that the application answers with")
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    const PROBLEM: &str = r#"{"title": "Bad Request", "status": 400, "code": "c", "detail": "d"}"#;

    fn result(status: u16, content_type: &str, body: &str) -> CaseResult {
        of(&Received {
            status: StatusCode::from_u16(status).expect("a status"),
            content_type: Some(content_type.to_owned()),
            body: Bytes::copy_from_slice(body.as_bytes()),
        })
    }

    #[test]
    fn an_answer_is_as_much_of_a_result_as_it_tells() {
        let event = r#"{"type": "UNKNOWN", "id": null, "key": "k"}"#;
        assert_eq!(
            result(200, "application/json", event).line(),
            r#"{"event":{"type":"UNKNOWN","id":null,"key":"k"},"hidden":["event.delivery","event.metadata_authenticated","event.name","event.payload"]}"#
        );
        assert_eq!(
            result(400, "application/problem+json", PROBLEM).line(),
            r#"{"error":{"code":"c","status":400},"hidden":["error.field","error.message"]}"#
        );
    }

    #[test]
    fn any_other_answer_is_a_crash() {
        for (status, content_type, body) in [
            (200, "application/problem+json", PROBLEM),
            (400, "application/json", PROBLEM),
            (401, "application/problem+json", PROBLEM),
            (
                200,
                "application/json",
                r#"{"type": "UNKNOWN", "id": null}"#,
            ),
            (500, "text/plain", "oops"),
        ] {
            let result = result(status, content_type, body);
            assert!(matches!(result, CaseResult::Crash(_)), "{result:?}");
        }
    }
}
