//! Genuine deliveries as Docutray signs them, of all nine events and of some unknown ones.

use std::{path::Path, sync::LazyLock};

use docutray_webhook::{Verifier, signing::Signer};
use docutray_webhook_suite::read_file;

pub const NOW: u64 = 1_705_314_600;
pub const URL: &str = "https://example.com/hooks";
pub const SECRET: &str = "whsec_9f8e7d6c5b4a";
pub const REQUEST_ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// Names and values, as sent.
pub type Headers = Vec<(String, Vec<u8>)>;

/// An event with a payload that fits it.
#[derive(Clone, Debug)]
pub struct Genuine {
    pub event: String,
    pub body: Vec<u8>,
}

/// Returns the deliveries of the cases' events.
pub fn genuine() -> &'static [Genuine] {
    static GENUINE: LazyLock<Vec<Genuine>> = LazyLock::new(|| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/events.json");
        let cases = read_file(&file).unwrap().into_iter();
        let genuine = cases.map(|case| Genuine {
            event: event(&case.headers),
            body: case.body,
        });
        genuine.collect()
    });
    &GENUINE
}

fn event(headers: &[(String, String)]) -> String {
    let mut named = headers
        .iter()
        .filter(|(name, _)| name.eq_ignore_ascii_case("x-docutray-event"));
    named.next().unwrap().1.trim().to_owned()
}

pub fn verifier(max_body: u64) -> Verifier {
    let builder = Verifier::builder().secret(SECRET).url(URL);
    builder.max_body(max_body).build().unwrap()
}

pub fn signed(id: &str, event: &str, body: &[u8]) -> Headers {
    signed_with(SECRET, URL, id, event, body)
}

pub fn signed_with(secret: &str, url: &str, id: &str, event: &str, body: &[u8]) -> Headers {
    let headers = Signer::new(secret).headers(id, NOW, url, event, body);
    headers
        .map(|(name, value)| (name.to_owned(), value.into_bytes()))
        .into()
}
