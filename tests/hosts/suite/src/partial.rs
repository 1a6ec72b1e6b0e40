//! Results of hosts that are reached through an application, over HTTP. Such a host cannot run all cases, and does not show
//! all members of a result. Who compares results decides for which hosts that is accepted.

use serde::Serialize;

use crate::{compare::Difference, json::Json};

/// The key of a result under which a host says why it left the case out.
const LEFT_OUT: &str = "left_out";
/// The key with the paths of what a partial result lacks.
const HIDDEN: &str = "hidden";

/// Part of an event or an error.
#[derive(Clone, Debug, Serialize)]
pub struct Partial {
    /// What the host shows.
    #[serde(flatten)]
    pub shown: Shown,
    /// The paths of the members that it never shows: `event.payload`.
    pub hidden: &'static [&'static str],
}

/// The members that a host does show.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Of an event.
    Event {
        /// One of the nine names or `UNKNOWN`.
        #[serde(rename = "type")]
        kind: String,
        /// The conversion, identification or step execution id.
        id: Option<String>,
        /// The idempotency key.
        key: String,
    },
    /// Of an error.
    Error {
        /// The stable code.
        code: String,
        /// The HTTP status.
        status: u16,
        /// The message for the operator, where the host shows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
}

/// Why the host left the case out, if it did.
#[must_use]
pub fn left_out(result: &Json) -> Option<String> {
    result.get(LEFT_OUT).map(text)
}

/// The paths of what a result says it does not show.
#[must_use]
pub fn hidden(result: &Json) -> Vec<String> {
    match result.get(HIDDEN) {
        Some(Json::Array(paths)) => paths.iter().map(text).collect(),
        _ => Vec::new(),
    }
}

/// The differences of a result in what it does show.
#[must_use]
pub fn in_what_is_shown(result: &Json, mut differences: Vec<Difference>) -> Vec<Difference> {
    let hidden = hidden(result);
    differences.retain(|found| found.path != HIDDEN && !hidden.contains(&found.path));
    differences
}

/// A JSON string without its quotes.
fn text(json: &Json) -> String {
    json.to_string().trim_matches('"').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CaseResult, differences};

    fn error(message: &str) -> Json {
        let partial = CaseResult::Partial(Partial {
            shown: Shown::Error {
                code: "c".into(),
                status: 400,
                message: Some(message.into()),
            },
            hidden: &["error.field"],
        });
        Json::parse(&partial.line()).expect("JSON")
    }

    fn whole() -> Json {
        let text = r#"{"error": {"code": "c", "field": "f", "status": 400, "message": "m"}}"#;
        Json::parse(text).expect("JSON")
    }

    fn found(result: &Json) -> Vec<String> {
        in_what_is_shown(result, differences(&whole(), result))
            .iter()
            .map(Difference::to_string)
            .collect()
    }

    #[test]
    fn what_is_hidden_is_no_difference_and_what_is_shown_is() {
        assert_eq!(found(&error("m")), [""; 0]);
        assert_eq!(
            found(&error("n")),
            [r#"error.message: expected "m", got "n""#]
        );
    }

    #[test]
    fn a_member_that_is_neither_shown_nor_hidden_is_a_difference() {
        let result = r#"{"error": {"code": "c", "status": 400}, "hidden": ["error.field"]}"#;
        let result = Json::parse(result).expect("JSON");
        assert_eq!(
            found(&result),
            [r#"error.message: expected "m", got nothing"#]
        );
    }

    #[test]
    fn a_case_is_left_out_for_a_reason() {
        let line = CaseResult::LeftOut("no route".into()).line();
        let result = Json::parse(&line).expect("JSON");
        assert_eq!(left_out(&result).as_deref(), Some("no route"));
        assert_eq!(left_out(&whole()), None);
    }
}
