//! The functions of `docutray-webhook-tools` for JavaScript. Each takes JSON and returns JSON; `js/tools/src/rules.ts` has
//! their types.

pub mod emulators;
mod exchange;
mod functions;
mod inputs;

use wasm_bindgen::prelude::wasm_bindgen;

/// Calls a function by its name. Returns `{"ok": ...}`, or `{"error": {"code", "message", "field"?}}` for an input that cannot be.
#[wasm_bindgen]
#[must_use]
pub fn call(function: &str, input: &str) -> String {
    functions::call(function, input)
}
