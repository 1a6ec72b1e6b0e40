//! Bodies with what the verifier reads in them, for comparison with other parsers of JSON.

use std::io::Write;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use docutray_webhook::{Error, PayloadFault};
use proptest::{collection::vec, prelude::*, strategy::ValueTree as _, test_runner::TestRunner};
use serde_json::json;

use crate::{
    bytes::byte_change,
    delivery::{NOW, REQUEST_ID, signed, verifier},
    json::{any_deep_value, any_object, any_value},
    plan::plan,
    seeded,
};

/// Writes a line of JSON for each body. Returns how many the verifier has accepted.
///
/// `body` is the body, and `event` the event as the feature `serde` writes it, both as base64. `fault` is `not_json` or `other`.
pub fn write(count: u32, seed: u64, to: &mut impl Write) -> anyhow::Result<u32> {
    let texts = prop_oneof![2 => any_object(), 1 => any_value(), 1 => any_deep_value()];
    let generated = (texts, vec(byte_change(), 0..2)).prop_map(|(text, changes)| {
        let mut body = text.into_bytes();
        changes.iter().for_each(|change| change.apply(&mut body));
        ("BATCH_ARCHIVED".to_owned(), body)
    });
    let mutated = plan().prop_map(|plan| plan.signed());
    let bodies = prop_oneof![1 => generated, 2 => mutated];
    let verifier = verifier(1 << 20);
    let mut runner = TestRunner::new(seeded(count, seed));
    let mut accepted = 0;
    for _ in 0..count {
        let drawn = bodies.new_tree(&mut runner).map_err(anyhow::Error::msg)?;
        let (event, body) = drawn.current();
        let headers = signed(REQUEST_ID, &event, &body);
        let result = verifier.verify(headers, &body, NOW);
        accepted += u32::from(result.is_ok());
        // Encoded, since free-form parts keep their line ends.
        let event = result.as_ref().ok().map(serde_json::to_string);
        let line = json!({
            "body": BASE64_STANDARD.encode(&body),
            "fault": result.as_ref().err().map(fault),
            "event": event.transpose()?.map(|event| BASE64_STANDARD.encode(event)),
        });
        writeln!(to, "{line}")?;
    }
    Ok(accepted)
}

fn fault(error: &Error) -> &'static str {
    match error {
        Error::MalformedPayload {
            fault: PayloadFault::NotUtf8 { .. } | PayloadFault::NotJson { .. },
            ..
        } => "not_json",
        _ => "other",
    }
}
