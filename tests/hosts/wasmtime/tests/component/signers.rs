//! Deliveries that differ only in who signed them and in which digit is wrong. Every signature has as many letters in either place of
//! its bytes.

use docutray_webhook::signing::Signer;
use docutray_webhook_wasmtime_driver::wit;

use crate::delivery::NOW;

const PREFIX: usize = "sha256=".len();
pub(crate) const SIGNATURE: &str = "x-docutray-signature";
pub(crate) const AUTH_SIGNATURE: &str = "x-docutray-auth-signature";

pub(crate) const SECRETS: [&str; 3] = ["whsec_first", "whsec_of_the_middle", "whsec_last"];
pub(crate) const FOREIGN_SECRET: &str = "whsec_that_nobody_configured";
// Of one length, which is no secret, and of which the MAC takes its time.
pub(crate) const URLS: [&str; 3] = [
    "https://example.com/hooks/1",
    "https://example.com/hooks/2",
    "https://example.com/hooks/3",
];
pub(crate) const FOREIGN_URL: &str = "https://example.com/hooks/4";

/// In the first and in the second digits of 32 bytes: the most likely number.
const LETTERS: [usize; 2] = [12, 12];

/// Who signed what.
#[derive(Clone, Copy)]
pub(crate) struct Signers {
    pub(crate) metadata: &'static str,
    pub(crate) url: &'static str,
    pub(crate) body: &'static str,
}

/// Every secret with every URL.
pub(crate) fn genuine() -> impl Iterator<Item = Signers> {
    let signers = |secret| {
        URLS.into_iter().map(move |url| Signers {
            metadata: secret,
            url,
            body: secret,
        })
    };
    SECRETS.into_iter().flat_map(signers)
}

#[derive(Clone)]
pub(crate) struct Delivery {
    pub(crate) headers: Vec<wit::Header>,
    pub(crate) body: Vec<u8>,
}

impl Delivery {
    /// Its request id and its body are such that both signatures have as many letters as any other's.
    pub(crate) fn signed(by: Signers) -> Self {
        let body = (0..)
            .map(|number| format!(r#"{{"archive_id":"arc_{number:08}"}}"#).into_bytes())
            .find(|body| letters(&Signer::new(by.body).body_signature(body)) == LETTERS)
            .unwrap();
        let metadata = Signer::new(by.metadata);
        let mut headers = (0..)
            .map(|number| format!("550e8400-e29b-41d4-a716-{number:012}"))
            .map(|id| metadata.headers(&id, NOW, by.url, "DOCUMENT_ARCHIVED", &body))
            .find(|headers| letters(&headers[1].1) == LETTERS)
            .unwrap();
        headers[0].1 = Signer::new(by.body).body_signature(&body);
        let headers = headers.map(|(name, value)| (name.to_owned(), value.into_bytes()));
        Self {
            headers: headers.into(),
            body,
        }
    }

    /// With each digit of this header's signature wrong in turn.
    pub(crate) fn with_each_digit_wrong(self, header: &str) -> impl Iterator<Item = Self> {
        let place = self.headers.iter().position(|(name, _)| name == header);
        let place = place.unwrap();
        (PREFIX..PREFIX + 64).map(move |digit| {
            let mut headers = self.headers.clone();
            let byte = &mut headers[place].1[digit];
            // A digit stays a digit and a letter a letter.
            *byte = match *byte {
                digit @ b'0'..=b'9' => digit ^ 1,
                letter => ((letter - b'a') ^ 1) + b'a',
            };
            Self {
                headers,
                body: self.body.clone(),
            }
        })
    }
}

fn letters(signature: &str) -> [usize; 2] {
    [0, 1].map(|place| {
        let digits = signature.bytes().skip(PREFIX + place).step_by(2);
        digits.filter(u8::is_ascii_alphabetic).count()
    })
}
