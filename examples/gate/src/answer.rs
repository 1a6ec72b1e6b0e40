//! Converts the answer to a request that does not pass into a response.

use docutray_webhook::answer::Outcome;

use crate::{
    bindings::wasi::http::types::{Fields, Response},
    outgoing,
};

pub(crate) fn refused(outcome: &Outcome<'_>) -> Response {
    let answer = outcome.answer();
    let length = ("content-length", answer.body.len().to_string());
    let headers = answer.headers.into_iter().chain([length]);
    let headers: Vec<_> = headers
        .map(|(name, value)| (name.to_owned(), value.into_bytes()))
        .collect();
    // If the host does not accept a header, the sender still gets the status, which matters most.
    let headers = Fields::from_list(&headers).unwrap_or_else(|_| Fields::new());
    let (contents, trailers) = outgoing::body(answer.body.into_bytes(), None);
    let (response, _sent) = Response::new(headers, Some(contents), trailers);
    // A response whose status could not be set would say 200.
    if response.set_status_code(answer.status).is_err() {
        let _ = response.set_status_code(500);
    }
    response
}
