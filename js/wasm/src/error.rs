//! The core's error as the plain object of which the package makes its `WebhookError`.

use docutray_webhook::{Code, Error};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::options;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = "
export interface Failure {
    code: string;
    field?: string;
    status: number;
    message: string;
    finding: string;
    unfit: boolean;
    problems: { option: string; problem: string }[];
}
";

/// What is thrown for every verdict but a good one.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    code: &'static str,
    field: Option<String>,
    status: u16,
    /// For the operator.
    message: String,
    /// For the sender.
    finding: String,
    /// The delivery is authentic, and its payload does not fit.
    unfit: bool,
    /// Of a configuration, everything that is wrong.
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Problem {
    option: String,
    problem: &'static str,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let code = error.code();
        let field = error.field().map(|field| match code {
            Code::InvalidConfig => options::js_name(field),
            _ => field,
        });
        Self {
            code: code.as_str(),
            field: field.map(String::from),
            status: code.status(),
            message: error.to_string(),
            finding: error.finding().to_string(),
            unfit: error.is_authentic(),
            problems: problems(&error),
        }
    }
}

fn problems(error: &Error) -> Vec<Problem> {
    let Error::InvalidConfig { problems, .. } = error else {
        return Vec::new();
    };
    let problems = problems.iter().map(|problem| Problem {
        option: options::js_name(problem.option).into(),
        problem: problem.problem,
    });
    problems.collect()
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        serde_wasm_bindgen::to_value(&failure).unwrap_or_else(Self::from)
    }
}
