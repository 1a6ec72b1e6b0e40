//! The headers as the core takes them, out of one array: name, value, name, value.

use js_sys::{Array, JsString};

/// One pair at a time, so that a million headers take no more memory than one.
pub(crate) fn pairs(headers: &Array<JsString>) -> impl Iterator<Item = (String, String)> {
    (0..headers.length())
        .step_by(2)
        .map(|name| (text(headers, name), text(headers, name + 1)))
}

fn text(headers: &Array<JsString>, index: u32) -> String {
    headers.get(index).into()
}
