//! The result of a case on a host: a JSON object in one line.

use serde::Serialize;
use serde_json::value::RawValue;

use crate::partial::Partial;

/// The result of a case. Codes and messages are those of the library.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseResult {
    /// `verify` or a stream passed.
    Event(Box<Event>),
    /// `authorize` passed.
    Delivery(Delivery),
    /// The library refused it.
    Error(Failure),
    /// Anything else, such as a panic, a trap or a typed payload that differs from its body. Always a failure.
    Crash(String),
    /// The host cannot be given this case: why, in a few words.
    LeftOut(String),
    /// Part of an event or an error, of a host that does not show them whole.
    #[serde(untagged)]
    Partial(Partial),
}

/// A verified event.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// One of the nine names or `UNKNOWN`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The name in the header.
    pub name: String,
    /// The conversion, identification or step execution id.
    pub id: Option<String>,
    /// The idempotency key.
    pub key: String,
    /// Whether the metadata is authenticated.
    pub metadata_authenticated: bool,
    /// The delivery's metadata.
    pub delivery: Delivery,
    /// The body's text, by [`payload`].
    pub payload: Box<RawValue>,
}

/// A delivery's metadata.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// The request id.
    pub request_id: String,
    /// The timestamp in Unix seconds.
    pub timestamp: u64,
    /// The event's name in the header.
    pub event: String,
    /// Whether all of this is authenticated.
    pub metadata_authenticated: bool,
}

/// An error of the library.
#[derive(Clone, Debug, Serialize)]
pub struct Failure {
    /// The stable code.
    pub code: String,
    /// The header, payload path or option it speaks of; options by their names in [`Config`](crate::Config).
    pub field: Option<String>,
    /// The HTTP status to answer with.
    pub status: u16,
    /// The message for people.
    pub message: String,
}

impl CaseResult {
    /// The result as one line of JSON.
    ///
    /// # Panics
    /// Never: a result is strings and numbers under constant keys.
    #[must_use]
    pub fn line(&self) -> String {
        let json = serde_json::to_string(self).expect("a result has constant keys");
        // A pretty-printed payload brings its line ends, which JSON has between tokens only.
        json.replace(['\n', '\r'], " ")
    }
}

/// A body's text as the payload of an [`Event`].
///
/// # Errors
/// If it is not JSON.
pub fn payload(text: &str) -> Result<Box<RawValue>, String> {
    RawValue::from_string(text.to_owned())
        .map_err(|error| format!("the event's text is not JSON: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Json;

    #[test]
    fn a_result_is_one_line_whatever_the_payload() {
        let delivery = Delivery {
            request_id: "r".into(),
            timestamp: 7,
            event: "E".into(),
            metadata_authenticated: false,
        };
        let event = Event {
            kind: "UNKNOWN".into(),
            name: "E".into(),
            id: None,
            key: "E:r".into(),
            metadata_authenticated: false,
            delivery,
            payload: payload("{\r\n\t\"a\": \"\\n\\ud83d\"}").expect("JSON"),
        };
        let line = CaseResult::Event(Box::new(event)).line();
        assert_eq!(line.lines().count(), 1);
        let result = Json::parse(&line).expect("JSON");
        let payload = result.get("event").and_then(|event| event.get("payload"));
        assert_eq!(payload, Json::parse(r#"{"a": "\n\ud83d"}"#).as_ref().ok());
    }
}
