//! What the service tells about a request that has reached it.

use docutray_webhook_deliveries::{Delivery, Response};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Echo {
    pub(crate) instance: Option<String>,
    /// Requests that this instance has seen.
    pub(crate) calls: u64,
    #[serde(flatten)]
    pub(crate) request: Request,
}

#[derive(Debug, Deserialize, PartialEq, Eq)]
pub(crate) struct Request {
    method: String,
    authority: Option<String>,
    path: String,
    headers: Vec<(String, String)>,
    bytes: usize,
    sha256: String,
}

impl Echo {
    pub(crate) fn of(response: &Response) -> Self {
        assert_eq!(response.status, 200, "{response:?}");
        serde_json::from_str(&response.body).unwrap()
    }
}

impl Request {
    /// Whether this is the delivery. The host may have added headers.
    pub(crate) fn is(&self, delivery: &Delivery) -> bool {
        let digest = Sha256::digest(&delivery.body);
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let has = |header: &(&str, String)| {
            let mut headers = self.headers.iter();
            headers.any(|(name, value)| name.eq_ignore_ascii_case(header.0) && *value == header.1)
        };
        self.path == delivery.path
            && (self.bytes, &self.sha256) == (delivery.body.len(), &digest)
            && delivery.headers.iter().all(has)
    }
}
