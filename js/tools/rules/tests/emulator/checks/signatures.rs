//! What is sent is signed with the only secret that holds, and dated by the receiver's clock.

use docutray_webhook::Verifier;
use docutray_webhook_tools::emulator::{Again, AttemptView, DeliveryView, How, RetryHeaders};

use crate::{
    header,
    world::{Step, World},
};

pub(super) fn check(world: &World, step: &Step, delivery: &DeliveryView, attempt: &AttemptView) {
    if let Some(Again {
        of,
        how: How::AsCaptured,
    }) = &delivery.again
    {
        is_captured(step, attempt, of);
        return;
    }
    let webhook = step.after.webhook(delivery).unwrap();
    assert_eq!((&attempt.url, &delivery.url), (&webhook.url, &webhook.url));
    let now = match world.settings.0 {
        RetryHeaders::New => world.now / 1000,
        // The date of the first attempt, which may be old.
        RetryHeaders::Same => header(&attempt.headers, "X-Docutray-Timestamp")
            .parse()
            .unwrap(),
    };
    let secret = &world.secrets[&delivery.webhook_id];
    let verifier = Verifier::builder()
        .secret(secret)
        .url(&webhook.url)
        .build()
        .unwrap();
    let headers = attempt.headers.iter().map(|(name, value)| (name, value));
    let body = delivery.payload.as_ref().unwrap();
    let event = verifier.verify(headers, &body.0, now).unwrap();
    assert_eq!(event.name(), delivery.event);
    let first = header(&delivery.attempts[0].headers, "X-Docutray-Request-Id");
    let is_first = header(&attempt.headers, "X-Docutray-Request-Id") == first;
    assert_eq!(
        is_first,
        attempt.number == 1 || world.settings.0 == RetryHeaders::Same
    );
}

/// It has the bytes of an earlier attempt, as far as that is still kept.
fn is_captured(step: &Step, attempt: &AttemptView, of: &str) {
    if let Some(earlier) = step.before.find(of) {
        let mut attempts = earlier.attempts.iter();
        assert!(attempts.any(|other| other.headers == attempt.headers));
    }
}
