//! Whether an answer tells its sender a secret.

use alloc::{format, string::String};

use docutray_webhook::signing::Signer;

use super::{
    answered::Answered,
    delivery,
    diagnosis::Reading,
    endpoint::Endpoint,
    request::{AUTH_SIGNATURE, EVENT, REQUEST_ID, Request, SIGNATURE, TIMESTAMP},
};

/// Looks for the secret, and for the MACs that would have been right. With those, a sender could sign what it likes.
pub(super) fn found(
    endpoint: &Endpoint,
    requests: &[Request],
    answers: &[Answered],
) -> Option<Reading> {
    requests.iter().zip(answers).find_map(|(request, answer)| {
        let text = all_text(answer);
        let secret = endpoint.secret.expose();
        if !secret.is_empty() && text.contains(secret) {
            return Some(Reading::failed(
                "discloses_secret",
                "Its answer contains the webhook's secret.",
                "Regenerate the secret in Docutray's settings, and answer with a fixed text.",
            ));
        }
        discloses_mac(endpoint, request, &text).then(|| {
            Reading::failed(
                "discloses_mac",
                format!("Its answer contains the signature that would have been right. Seen with: {}.", request.title),
                "Answer with a fixed text: whoever reads that signature can send the request again with it.",
            )
        })
    })
}

fn discloses_mac(endpoint: &Endpoint, request: &Request, answer: &str) -> bool {
    let header = |name| request.header(name).unwrap_or_default();
    let metadata = [REQUEST_ID, TIMESTAMP, EVENT].map(header);
    let auth = delivery::auth_signature(endpoint, metadata);
    let body = Signer::new(endpoint.secret.expose()).body_signature(&request.body.0);
    // A MAC that the sender has sent itself tells it nothing.
    let is_told = |mac: &str, sent: &str| {
        let digits = mac.trim_start_matches("sha256=");
        !sent.contains(digits) && answer.contains(digits)
    };
    let sent = format!("{}{}", header(SIGNATURE), header(AUTH_SIGNATURE));
    is_told(&auth, &sent) || is_told(&body, &sent)
}

fn all_text(answer: &Answered) -> String {
    let mut text = answer.text();
    if let Answered::Status { headers, .. } = answer {
        for (_, value) in headers {
            text.push('\n');
            text.push_str(value);
        }
    }
    text
}
