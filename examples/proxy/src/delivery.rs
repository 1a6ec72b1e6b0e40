//! Verifies a body.

use docutray_webhook::{BodyCheck, Error, answer::Outcome};
use gate_settings::Settings;
use wstd::{
    future::FutureExt as _,
    http::{Body, BodyExt as _, HeaderMap},
    time::Duration,
};

/// Checks the headers, then reads the body as it arrives, up to the limit and the deadline.
pub(crate) async fn verify(
    settings: &Settings,
    headers: &HeaderMap,
    body: Body,
    now: u64,
) -> Result<Vec<u8>, Outcome<'static>> {
    let mut check = settings.verifier.begin(headers, now).map_err(told)?;
    if let Some(length) = body.content_length() {
        check.expect_length(length).map_err(told)?;
    }
    let deadline = Duration::from(settings.body_deadline);
    let read = read(body, &mut check).timeout(deadline).await;
    read.map_err(|_| Outcome::BodyTimeout)??;
    let event = check.finish().map_err(told)?;
    Ok(event.into_parts().raw.into_bytes())
}

async fn read(body: Body, check: &mut BodyCheck) -> Result<(), Outcome<'static>> {
    let mut body = body.into_boxed_body();
    while let Some(frame) = body.frame().await {
        // An error here means that the body was truncated. It is not verified, even if the signature would match.
        let frame = frame.map_err(|_| Outcome::IncompleteBody)?;
        if let Some(chunk) = frame.data_ref() {
            check.update(chunk).map_err(told)?;
        }
    }
    Ok(())
}

/// Logs what the operator can do. Returns the outcome for the sender.
fn told(error: Error) -> Outcome<'static> {
    eprintln!("a delivery was refused: {error}");
    error.into()
}
