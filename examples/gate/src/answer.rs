//! A refusal, as a response.

use gate_rules::Refusal;

use crate::{
    bindings::wasi::http::types::{Fields, Response},
    outgoing,
};

pub(crate) fn refused(refusal: &Refusal) -> Response {
    let body = refusal.body();
    let headers: Vec<_> = refusal
        .headers(&body)
        .into_iter()
        .map(|(name, value)| (name.to_string(), value.into_bytes()))
        .collect();
    // A host that takes no such header still gets the status, which is what counts.
    let headers = Fields::from_list(&headers).unwrap_or_else(|_| Fields::new());
    let (contents, trailers) = outgoing::body(body, None);
    let (response, _sent) = Response::new(headers, Some(contents), trailers);
    // Any status of HTTP's is taken; a response without one would say 200.
    if response.set_status_code(refusal.status()).is_err() {
        let _ = response.set_status_code(500);
    }
    response
}
