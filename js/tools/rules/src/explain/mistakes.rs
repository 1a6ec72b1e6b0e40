//! Finds the usual mistake that made a signature differ: tries to undo each, until the signature fits.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};
use core::slice;

use docutray_webhook::Error;
use serde::Serialize;

use super::{bodies, secrets, trial::Trial, urls};

/// The mistake that made a signature differ.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Mistake {
    /// Its stable name, such as `body_trailing_newline`.
    pub name: &'static str,
    /// What to do. It contains no secret and no MAC.
    pub advice: String,
}

impl Mistake {
    pub(super) fn of(name: &'static str, advice: impl Into<String>) -> Self {
        Self {
            name,
            advice: advice.into(),
        }
    }

    /// Two mistakes at once: the first names them.
    pub(super) fn and(&self, second: &Self) -> Self {
        let advice = [&*self.advice, "Also:", &*second.advice].join(" ");
        Self {
            name: self.name,
            advice,
        }
    }
}

/// Returns the mistake behind a signature that does not fit.
pub(super) fn mistake(trial: &Trial<'_>, error: &Error) -> Option<Mistake> {
    match error {
        Error::AuthSignatureMismatch { .. } => of_the_url(trial)
            .or_else(|| of_a_secret(trial))
            .or_else(|| exchanged(trial)),
        Error::SignatureMismatch { .. } => of_two_secrets(trial)
            .or_else(|| bodies::mistake(trial))
            .or_else(|| of_a_secret(trial))
            .or_else(|| exchanged(trial)),
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
        // The URL may be wrong as well. Then the body tells.
        let is_small = request.body.0.len() <= LARGEST_TRIED_WITH_EACH_SECRET;
        let mut candidates = candidates.iter().filter(|_| is_small);
        candidates.find(|(secret, _)| trial.body_fits(slice::from_ref(secret), &request.body.0))
    })?;
    Some(found.1.clone())
}

/// In bytes: each secret has dozens of candidates, and each hashes the body.
const LARGEST_TRIED_WITH_EACH_SECRET: usize = 256 * 1024;

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
    let advice = "The values of X-Docutray-Signature and X-Docutray-Auth-Signature are exchanged."
        .to_string();
    let is_so = trial.fits_with_signatures_exchanged();
    is_so.then(|| Mistake::of("signatures_exchanged", advice))
}
