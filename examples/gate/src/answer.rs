//! What a sender is told whose request does not pass, as a response.

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
    // A host that takes no such header still gets the status, which is what counts.
    let headers = Fields::from_list(&headers).unwrap_or_else(|_| Fields::new());
    let (contents, trailers) = outgoing::body(answer.body.into_bytes(), None);
    let (response, _sent) = Response::new(headers, Some(contents), trailers);
    // Any status of HTTP's is taken; a response without one would say 200.
    if response.set_status_code(answer.status).is_err() {
        let _ = response.set_status_code(500);
    }
    response
}
