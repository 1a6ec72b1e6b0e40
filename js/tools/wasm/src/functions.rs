//! The functions by their names.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;

/// What a caller did wrong.
#[derive(Serialize)]
struct Fault {
    code: &'static str,
    message: String,
}

pub(crate) fn call(function: &str, input: &str) -> String {
    let result = match function {
        "version" => with(input, |_: serde_json::Value| env!("CARGO_PKG_VERSION")),
        _ => Err(Fault {
            code: "unknown_function",
            message: format!("there is no function {function}"),
        }),
    };
    match result {
        Ok(output) => output,
        Err(fault) => json!({ "error": fault }).to_string(),
    }
}

/// Reads the input, and writes what the function returns.
fn with<Input: DeserializeOwned, Output: Serialize>(
    input: &str,
    function: impl FnOnce(Input) -> Output,
) -> Result<String, Fault> {
    let input = serde_json::from_str(input).map_err(|error| Fault {
        code: "invalid_input",
        message: error.to_string(),
    })?;
    Ok(json!({ "ok": function(input) }).to_string())
}
