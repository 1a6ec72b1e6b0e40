//! What a sender is told whose request does not pass: the answers of `examples/node`.

use docutray_webhook::{Code, Error};
use http::{HeaderName, StatusCode, header};
use serde::Serialize;

/// A status, and a problem (RFC 9457) that says why.
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    code: Option<Code>,
    detail: Option<String>,
}

#[derive(Serialize)]
struct Problem<'a> {
    title: Option<&'a str>,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
}

impl Refusal {
    /// Only POST brings a delivery.
    #[must_use]
    pub const fn wrong_method() -> Self {
        Self::bare(StatusCode::METHOD_NOT_ALLOWED)
    }

    /// The body did not come to its end: what there is of it is not a delivery, whatever its signature.
    #[must_use]
    pub const fn incomplete() -> Self {
        Self::bare(StatusCode::BAD_REQUEST)
    }

    /// What stands behind gave no answer.
    #[must_use]
    pub const fn no_answer() -> Self {
        Self::bare(StatusCode::BAD_GATEWAY)
    }

    /// A setting cannot work; the problem must hold nothing of its value.
    #[must_use]
    pub fn misconfigured(problem: &str) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: Some(Code::InvalidConfig),
            detail: Some(format!("{}: {problem}", Code::InvalidConfig)),
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers for this body.
    #[must_use]
    pub fn headers(&self, body: &[u8]) -> Vec<(HeaderName, String)> {
        let mut headers = vec![
            (header::CONTENT_TYPE, "application/problem+json".to_owned()),
            (header::CONTENT_LENGTH, body.len().to_string()),
        ];
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            headers.push((header::ALLOW, "POST".to_owned()));
        }
        headers
    }

    /// The problem, as JSON.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        let problem = Problem {
            title: self.status.canonical_reason(),
            status: self.status(),
            code: self.code.map(Code::as_str),
            detail: self.detail.as_deref(),
        };
        // Strings and a number: it cannot fail, and if it did the status would say enough.
        serde_json::to_vec(&problem).unwrap_or_default()
    }

    const fn bare(status: StatusCode) -> Self {
        Self {
            status,
            code: None,
            detail: None,
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let status = StatusCode::from_u16(error.status());
        Self {
            status: status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            code: Some(error.code()),
            detail: Some(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(refusal: &Refusal) -> String {
        String::from_utf8(refusal.body()).expect("text")
    }

    #[test]
    fn a_problem_has_the_members_of_the_other_examples() {
        let error = docutray_webhook::Verifier::builder().build();
        let refusal = Refusal::from(error.expect_err("no secret"));
        let start = r#"{"title":"Internal Server Error","status":500,"code":"invalid_config","detail":"invalid_config: "#;
        assert!(text(&refusal).starts_with(start), "{}", text(&refusal));
        assert_eq!(
            text(&Refusal::incomplete()),
            r#"{"title":"Bad Request","status":400}"#
        );
    }

    #[test]
    fn only_a_wrong_method_is_told_the_right_one() {
        let allow = |refusal: &Refusal| {
            let headers = refusal.headers(b"");
            headers
                .into_iter()
                .find(|header| header.0 == header::ALLOW)
                .map(|header| header.1)
        };
        assert_eq!(allow(&Refusal::wrong_method()).as_deref(), Some("POST"));
        assert_eq!(allow(&Refusal::incomplete()), None);
    }
}
