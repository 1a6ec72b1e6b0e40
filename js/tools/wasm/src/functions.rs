//! The functions by their names.

use docutray_webhook_tools::{
    answers::{Answer, right_answer},
    doctor,
    emulator::RETRIES,
    explain::explain,
    fault::Fault,
    forge::{Forgery, forge},
    host::is_this_machine,
    samples::{SAMPLES, chain, edit, sample},
    sign::sign,
    tree::tree,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    exchange::{read, write, written},
    inputs::{EditInput, FailureInput, HostInput, TreeInput},
};

pub(crate) fn call(function: &str, input: &str) -> String {
    let result = match function {
        "version" => with(input, |_: Value| Ok(env!("CARGO_PKG_VERSION"))),
        "sign" => with(input, |unsigned| Ok(sign(&unsigned))),
        "retries" => with(input, |_: Value| Ok(RETRIES)),
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
        "rightAnswer" => with(input, |request| right_answer(&request)),
        "failureAnswer" => with(input, |FailureInput { failure }| Ok(Answer::from(failure))),
        "isThisMachine" => with(input, |HostInput { host }| Ok(is_this_machine(&host))),
        "doctorProbes" => with(input, |_: Value| Ok(doctor::probes())),
        "doctorRequests" => with(input, |probing| doctor::requests(&probing)),
        "doctorJudge" => with(input, |probed| doctor::judge(&probed)),
        "doctorSummary" => with(input, |found: Vec<doctor::Found>| {
            Ok(doctor::summary(&found))
        }),
        _ => Err(Fault {
            code: "unknown_function",
            message: format!("there is no function {function}"),
            field: None,
        }),
    };
    written(result)
}

/// Reads the input, and writes what the function returns.
fn with<Input: DeserializeOwned, Output: Serialize>(
    input: &str,
    function: impl FnOnce(Input) -> Result<Output, Fault>,
) -> Result<String, Fault> {
    write(&function(read(input)?)?)
}
