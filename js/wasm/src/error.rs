//! The core's error as the plain object of which the package makes its `WebhookError`.

use crate::options;
use docutray_webhook::{Code, Error};
use serde::Serialize;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = "
export interface Failure {
    code: string;
    field?: string;
    status: number;
    message: string;
}
";

/// What is thrown for every verdict but a good one.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    code: &'static str,
    field: Option<String>,
    status: u16,
    message: String,
}

impl Failure {
    /// A value that JavaScript alone can hold in an option.
    pub(crate) fn option(name: &str, problem: &str) -> Self {
        let code = Code::InvalidConfig;
        Self {
            code: code.as_str(),
            field: Some(name.into()),
            status: code.status(),
            message: format!("{code}: {problem}"),
        }
    }
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
        }
    }
}

impl From<Failure> for JsValue {
    fn from(failure: Failure) -> Self {
        serde_wasm_bindgen::to_value(&failure).unwrap_or_else(Self::from)
    }
}
