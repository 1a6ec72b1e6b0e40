//! The options with their limits and defaults. A wrong option fails at construction, never at a delivery.

use crate::{
    error::{ConfigProblem, Error},
    metadata::Urls,
    secret_hints::SecretHints,
    secrets::{Key, Secrets, push_key},
};
use alloc::{string::String, vec::Vec};
use core::{fmt, time::Duration};

/// Docutray documents 5 minutes on its page about signature verification.
const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);
/// A day. A longer tolerance would hardly prevent replays.
const MAX_TOLERANCE: Duration = Duration::from_secs(86_400);
/// In bytes.
const DEFAULT_MAX_BODY: u64 = 16 * 1024 * 1024;
/// In bytes. A WebAssembly instance has 4 GiB of memory, and reading a body can take several times its size. A larger
/// body could end the instance where a native host returns a verdict, but all hosts must return the same verdict.
const LARGEST_BODY: u64 = 256 * 1024 * 1024;
/// Every delivery is checked with every secret and URL, so their number is limited.
const MAX_SECRETS: usize = 8;
const MAX_URLS: usize = 8;

/// A checked configuration.
#[derive(Debug)]
pub(crate) struct Config {
    pub(crate) secrets: Secrets,
    pub(crate) urls: Urls,
    /// In seconds.
    pub(crate) tolerance: u64,
    /// In bytes.
    pub(crate) max_body: u64,
}

/// Collects the options of a [`Verifier`](crate::Verifier); [`build`](Self::build) checks them.
///
/// ```
/// use docutray_webhook::Verifier;
///
/// let verifier = Verifier::builder()
///     .secret("whsec_new")
///     .secret("whsec_old")
///     .url("https://example.com/hooks")
///     .tolerance(std::time::Duration::from_secs(600))
///     .max_body(100 * 1024 * 1024)
///     .build()?;
/// # Ok::<(), docutray_webhook::Error>(())
/// ```
#[must_use]
pub struct VerifierBuilder {
    keys: Vec<Key>,
    given: Given,
    urls: Vec<String>,
    body_only: bool,
    tolerance: Duration,
    max_body: u64,
}

/// What the builder records about the secrets, besides their keys.
#[derive(Default)]
struct Given {
    count: usize,
    empty: bool,
    hints: SecretHints,
}

impl Default for VerifierBuilder {
    fn default() -> Self {
        Self {
            // Reserved at once: a vector that grew would leave unwiped copies of the keys behind.
            keys: Vec::with_capacity(MAX_SECRETS),
            given: Given::default(),
            urls: Vec::new(),
            body_only: false,
            tolerance: DEFAULT_TOLERANCE,
            max_body: DEFAULT_MAX_BODY,
        }
    }
}

impl VerifierBuilder {
    /// Adds a webhook secret. Its UTF-8 bytes are the HMAC key, exactly as given. 1 to 8 secrets are required, none of
    /// them empty; add the newest first.
    ///
    /// Docutray stops using the old secret as soon as it creates a new one. Keep the old one configured as long as
    /// deliveries signed with it may still arrive.
    ///
    /// The builder turns the secret into a key here and does not keep the secret.
    pub fn secret(mut self, secret: impl AsRef<str>) -> Self {
        let secret = secret.as_ref();
        self.given.count += 1;
        self.given.empty |= secret.is_empty();
        self.given.hints.add(secret);
        if self.keys.len() < MAX_SECRETS {
            push_key(&mut self.keys, secret.as_bytes());
        }
        self
    }

    /// Adds several secrets: see [`secret`](Self::secret).
    pub fn secrets<S: AsRef<str>>(self, secrets: impl IntoIterator<Item = S>) -> Self {
        secrets.into_iter().fold(self, Self::secret)
    }

    /// Adds the endpoint's URL, exactly as it is registered at Docutray. The auth signature covers that text, not what a
    /// proxy or a router made of it. 1 to 8 URLs are required, unless [`body_only`](Self::body_only) is called. A URL
    /// begins with `https://` or `http://` and contains no white space.
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.urls.push(url.into());
        self
    }

    /// Adds several URLs: see [`url`](Self::url).
    pub fn urls<S: Into<String>>(self, urls: impl IntoIterator<Item = S>) -> Self {
        urls.into_iter().fold(self, Self::url)
    }

    /// Turns off the verification of the metadata. Call this in place of [`url`](Self::url).
    ///
    /// **The body's signature protects only the body.** Anybody who has seen a signed body can send it again with a fresh
    /// timestamp, another request id and another event name, and it passes. Use this only if the registered URL cannot be
    /// known.
    pub fn body_only(mut self) -> Self {
        self.body_only = true;
        self
    }

    /// Sets how far a delivery's timestamp may differ from `now` in either direction, both ends inclusive: whole seconds
    /// from 1 to 86,400. The default is 300 s, as Docutray documents.
    pub fn tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = tolerance;
        self
    }

    /// Sets the size of the largest body that is accepted, in bytes: 0 to 268,435,456 (256 MiB), the largest body that
    /// every host can hold. The default is 16 MiB. A larger body is refused before any of it is hashed.
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Returns the checked options. The error names everything that is wrong with them.
    pub(crate) fn config(self) -> Result<Config, Error> {
        let secrets = secrets(self.keys, &self.given);
        let urls = urls(self.urls, self.body_only);
        let tolerance = tolerance(self.tolerance);
        let max_body = max_body(self.max_body);
        match (secrets, urls, tolerance, max_body) {
            (Ok(secrets), Ok(urls), Ok(tolerance), Ok(max_body)) => Ok(Config {
                secrets,
                urls,
                tolerance,
                max_body,
            }),
            (secrets, urls, tolerance, max_body) => {
                let problems = [secrets.err(), urls.err(), tolerance.err(), max_body.err()];
                let problems = problems.into_iter().flatten().collect();
                Err(Error::InvalidConfig { problems })
            }
        }
    }
}

impl fmt::Debug for VerifierBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifierBuilder")
            .field("secrets", &format_args!("{} redacted", self.given.count))
            .field("urls", &self.urls)
            .field("body_only", &self.body_only)
            .field("tolerance", &self.tolerance)
            .field("max_body", &self.max_body)
            .finish()
    }
}

fn secrets(keys: Vec<Key>, given: &Given) -> Result<Secrets, ConfigProblem> {
    let problem = match given.count {
        0 => {
            "no secret: pass the webhook's secret from Docutray (is the environment variable set?)"
        }
        1..=MAX_SECRETS if given.empty => {
            "an empty secret: anybody could sign with it (is the environment variable set?)"
        }
        1..=MAX_SECRETS => return Ok(Secrets::new(keys, given.hints)),
        _ => "more than 8 secrets: remove those that Docutray no longer signs with",
    };
    Err(invalid("secrets", problem))
}

fn urls(urls: Vec<String>, body_only: bool) -> Result<Urls, ConfigProblem> {
    let problem = match urls.len() {
        0 if body_only => return Ok(Urls::BodyOnly),
        0 => {
            "no URL: pass the endpoint's URL exactly as registered at Docutray, or opt out of the check of the \
             metadata explicitly"
        }
        _ if body_only => "a URL and body-only mode exclude each other: choose one",
        1..=MAX_URLS if urls.iter().any(String::is_empty) => {
            "an empty URL: pass the endpoint's URL exactly as registered at Docutray"
        }
        1..=MAX_URLS if urls.iter().any(|url| url.contains(char::is_whitespace)) => {
            "a URL with white space in it: pass the endpoint's URL exactly as registered at Docutray"
        }
        1..=MAX_URLS if !urls.iter().all(|url| is_http(url)) => {
            "a URL that does not begin with https:// or http://: pass the whole URL of the endpoint exactly as \
             registered at Docutray, not its path or host alone"
        }
        1..=MAX_URLS => return Ok(Urls::Registered(urls)),
        _ => "more than 8 URLs: use one verifier for each endpoint",
    };
    Err(invalid("urls", problem))
}

fn is_http(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn tolerance(tolerance: Duration) -> Result<u64, ConfigProblem> {
    let seconds = tolerance.as_secs();
    if tolerance.subsec_nanos() != 0 || !(1..=MAX_TOLERANCE.as_secs()).contains(&seconds) {
        return Err(invalid(
            "tolerance",
            "the tolerance has to be a whole number of seconds from 1 to 86,400",
        ));
    }
    Ok(seconds)
}

fn max_body(bytes: u64) -> Result<u64, ConfigProblem> {
    if bytes > LARGEST_BODY {
        return Err(invalid(
            "max_body",
            "the limit on the body has to be at most 268,435,456 bytes (256 MiB), which is what every host can hold",
        ));
    }
    Ok(bytes)
}

const fn invalid(option: &'static str, problem: &'static str) -> ConfigProblem {
    ConfigProblem { option, problem }
}

#[cfg(test)]
mod tests;
