//! JSON in, JSON out.

use docutray_webhook_tools::fault::Fault;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

#[derive(Serialize)]
struct Successful<'a, Output> {
    ok: &'a Output,
}

/// Reads the input of a function.
pub(crate) fn read<Input: DeserializeOwned>(input: &str) -> Result<Input, Fault> {
    serde_json::from_str(input).map_err(|error| misread(&error))
}

/// Writes what a function has returned.
pub(crate) fn write<Output: Serialize>(output: &Output) -> Result<String, Fault> {
    serde_json::to_string(&Successful { ok: output }).map_err(|error| Fault {
        code: "unwritable_output",
        message: error.to_string(),
        field: None,
    })
}

/// Returns what was written, or else the fault.
pub(crate) fn written(result: Result<String, Fault>) -> String {
    result.unwrap_or_else(|fault| json!({ "error": fault }).to_string())
}

/// Tells what is expected. What stands there may be a secret, and the place is in a text that the caller has not written.
fn misread(error: &serde_json::Error) -> Fault {
    let expected = what_is_expected(&error.to_string());
    Fault {
        code: "invalid_input",
        message: format!("the input is not as it is described{expected}"),
        field: None,
    }
}

/// The part of serde's message that names our own members and values, and nothing of the input.
fn what_is_expected(message: &str) -> String {
    let message = message.split(" at line ").next().unwrap_or_default();
    if message.starts_with("missing field `") {
        return format!(": {message}");
    }
    message
        .rsplit_once(", expected ")
        .map_or_else(String::new, |(_, expected)| {
            format!(": expected {expected}")
        })
}
