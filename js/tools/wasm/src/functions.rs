//! The functions by their names.

use docutray_webhook_tools::doctor;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
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
        "doctorProbes" => with(input, |_: serde_json::Value| doctor::probes()),
        "doctorRequests" => doctor_requests(input),
        "doctorJudge" => doctor_judge(input),
        "doctorSummary" => with(input, |findings: Vec<doctor::Found>| {
            doctor::summary(&findings)
        }),
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

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Probing {
    probe: String,
    endpoint: doctor::Endpoint,
    #[serde(default)]
    answers: Vec<doctor::Answered>,
}

fn doctor_requests(input: &str) -> Result<String, Fault> {
    with_some(input, |probing: Probing| {
        doctor::requests(&probing.probe, &probing.endpoint)
    })
}

fn doctor_judge(input: &str) -> Result<String, Fault> {
    with_some(input, |probing: Probing| {
        doctor::judge(&probing.probe, &probing.endpoint, &probing.answers)
    })
}

/// The same for a function that gives nothing if there is no probe of the input's name.
fn with_some<Input: DeserializeOwned, Output: Serialize>(
    input: &str,
    function: impl FnOnce(Input) -> Option<Output>,
) -> Result<String, Fault> {
    let input = serde_json::from_str(input).map_err(|error| Fault {
        code: "invalid_input",
        message: error.to_string(),
    })?;
    match function(input) {
        Some(output) => Ok(json!({ "ok": output }).to_string()),
        None => Err(Fault {
            code: "unknown_probe",
            message: "there is no probe of this name".into(),
        }),
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
