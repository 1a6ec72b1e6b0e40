//! Finds the usual mistake that made a signature differ: tries to undo each, until the signature fits.

use alloc::vec::Vec;
use core::slice;

use docutray_webhook::Error;

use super::{bodies, mistake::Mistake, secrets, trial::Trial, urls};

/// Returns the mistake behind a signature that does not fit.
pub(super) fn mistake(trial: &Trial<'_>, error: &Error) -> Option<Mistake> {
    match error {
        Error::AuthSignatureMismatch { .. } => of_the_url(trial)
            .or_else(|| of_a_secret(trial))
            .or_else(|| exchanged(trial)),
        Error::SignatureMismatch { .. } => of_two_secrets(trial)
            .or_else(|| of_a_secret(trial).filter(|_| trial.request.url.is_none()))
            .or_else(|| exchanged(trial))
            .or_else(|| bodies::mistake(trial)),
        _ => None,
    }
}

fn of_the_url(trial: &Trial<'_>) -> Option<Mistake> {
    let candidates = urls::candidates(trial.request);
    let mut fitting = candidates.into_iter();
    let (url, mistake) =
        fitting.find(|(url, _)| trial.metadata_fits(&trial.request.secrets, url))?;
    let advice = [&mistake.advice, " It is signed for ", &url, "."].concat();
    Some(Mistake::of(mistake.name, advice))
}

fn of_a_secret(trial: &Trial<'_>) -> Option<Mistake> {
    let request = trial.request;
    let candidates: Vec<_> = request
        .secrets
        .iter()
        .flat_map(|secret| secrets::candidates(secret.expose()))
        .collect();
    let by_metadata = request.url.as_ref().and_then(|url| {
        let mut candidates = candidates.iter();
        candidates.find(|(secret, _)| trial.metadata_fits(slice::from_ref(secret), url))
    });
    let found = by_metadata.or_else(|| {
        // The URL may be wrong as well. Then the body tells, and each candidate hashes it.
        let affordable = bodies::BUDGET / request.body.0.len().max(1);
        let mut candidates = candidates.iter().take(affordable);
        candidates.find(|(secret, _)| trial.body_fits(slice::from_ref(secret), &request.body.0))
    })?;
    Some(found.1.clone())
}

/// The body is signed with another of the secrets than the metadata.
fn of_two_secrets(trial: &Trial<'_>) -> Option<Mistake> {
    let request = trial.request;
    let is_so = request.url.is_some() && trial.body_fits(&request.secrets, &request.body.0);
    is_so.then(|| {
        Mistake::of(
            "two_secrets",
            "The body is signed with another of the given secrets than the metadata: headers and body are of two deliveries.",
        )
    })
}

fn exchanged(trial: &Trial<'_>) -> Option<Mistake> {
    let advice = "The values of X-Docutray-Signature and X-Docutray-Auth-Signature are exchanged.";
    let is_so = trial.fits_with_signatures_exchanged();
    is_so.then(|| Mistake::of("signatures_exchanged", advice))
}

#[cfg(test)]
mod tests;
