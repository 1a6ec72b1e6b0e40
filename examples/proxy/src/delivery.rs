//! A body, verified.

use docutray_webhook::{BodyCheck, Error, answer::Outcome};
use gate_settings::Settings;
use wstd::{
    future::FutureExt as _,
    http::{Body, BodyExt as _, HeaderMap},
    time::Duration,
};

/// Judges the headers, then takes the body as it arrives, never more than the limit and not beyond the deadline.
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
        // An error here is a body that broke off: nothing was verified, however good what came of it.
        let frame = frame.map_err(|_| Outcome::IncompleteBody)?;
        if let Some(chunk) = frame.data_ref() {
            check.update(chunk).map_err(told)?;
        }
    }
    Ok(())
}

/// The operator is told what to do, the sender what was found.
fn told(error: Error) -> Outcome<'static> {
    eprintln!("a delivery was refused: {error}");
    error.into()
}
