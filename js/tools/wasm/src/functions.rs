//! The functions by their names.

use docutray_webhook_tools::{
    explain::explain,
    fault::Fault,
    forge::{Forgery, forge},
    samples::{SAMPLES, chain, edit, sample},
    sign::sign,
    tree::tree,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use crate::inputs::{EditInput, TreeInput};

pub(crate) fn call(function: &str, input: &str) -> String {
    let result = match function {
        "version" => with(input, |_: Value| Ok(env!("CARGO_PKG_VERSION"))),
        "sign" => with(input, |unsigned| Ok(sign(&unsigned))),
        "samples" => with(input, |_: Value| Ok(SAMPLES)),
        "sample" => with(input, |request| sample(&request)),
        "chain" => with(input, |request| chain(&request)),
        "edit" => with(input, |EditInput { body, set }| edit(body.0, &set)),
        "forgeries" => with(input, |_: Value| {
            let all = Forgery::ALL.iter().copied();
            Ok(all.map(Forgery::about).collect::<Vec<_>>())
        }),
        "forge" => with(input, |request| forge(&request)),
        "explain" => with(input, |request| explain(&request)),
        "tree" => with(input, |TreeInput { body }| tree(&body.0)),
        _ => Err(Fault {
            code: "unknown_function",
            message: format!("there is no function {function}"),
            field: None,
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
    function: impl FnOnce(Input) -> Result<Output, Fault>,
) -> Result<String, Fault> {
    let input = serde_json::from_str(input).map_err(|error| misread(&error))?;
    let output = function(input)?;
    serde_json::to_string(&Successful { ok: output }).map_err(|error| Fault {
        code: "unwritable_output",
        message: error.to_string(),
        field: None,
    })
}

#[derive(Serialize)]
struct Successful<Output> {
    ok: Output,
}

/// Tells where the input is wrong and not what stands there: it may be a secret.
fn misread(error: &serde_json::Error) -> Fault {
    Fault {
        code: "invalid_input",
        message: format!(
            "the input is not what the function takes, at line {}, column {}: see its type in js/tools/src/rules.ts",
            error.line(),
            error.column()
        ),
        field: None,
    }
}
