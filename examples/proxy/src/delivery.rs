//! A body, verified.

use docutray_webhook::{Verifier, answer::Outcome};
use wstd::http::{Body, BodyExt as _, HeaderMap};

/// Judges the headers, then takes the body as it arrives, never more than the limit.
pub(crate) async fn verify(
    verifier: &Verifier,
    headers: &HeaderMap,
    body: Body,
    now: u64,
) -> Result<Vec<u8>, Outcome<'static>> {
    let mut check = verifier.begin(headers, now)?;
    if let Some(length) = body.content_length() {
        check.expect_length(length)?;
    }
    let mut body = body.into_boxed_body();
    while let Some(frame) = body.frame().await {
        // An error here is a body that broke off: nothing was verified, however good what came of it.
        let frame = frame.map_err(|_| Outcome::IncompleteBody)?;
        if let Some(chunk) = frame.data_ref() {
            check.update(chunk)?;
        }
    }
    Ok(check.finish()?.into_parts().raw.into_bytes())
}
