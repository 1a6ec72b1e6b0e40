//! What holds after each step.

mod answers;
mod schedule;
mod signatures;

use docutray_webhook_tools::{
    emulator::{
        Answered, AttemptView, Changed, Command, DeliveryState, DeliveryView, GivenUp, Reply,
        WebhookView,
    },
    wire::Fields,
};

use crate::world::{Picture, Step, World};

pub(crate) fn check(world: &World, step: &Step) {
    for delivery in &step.after.deliveries {
        is_consistent(delivery);
        schedule::nothing_is_due(step, delivery);
        waits_for_an_enabled_webhook(step, delivery);
        let earlier = step.before.find(&delivery.id);
        let known = earlier.map_or(0, |earlier| earlier.attempts.len());
        for attempt in &delivery.attempts[known..] {
            schedule::is_kept(step, delivery, attempt);
            is_for_an_enabled_webhook(step, delivery);
            signatures::check(world, step, delivery, attempt);
        }
        let is_changed = earlier != Some(delivery);
        let told = Changed::Delivery(delivery.id.clone());
        let is_told = step.effects.changed.contains(&told) && step.effects.save;
        assert!(is_told || !is_changed, "{delivery:?}");
    }
    schedule::clock_is_right(step);
    answers::check(step);
    requests_are_shown(step);
    nothing_is_lost(step);
    memory_is_bounded(world, &step.after);
    it_wakes_in_time(world, step);
}

impl Picture {
    fn find(&self, id: &str) -> Option<&DeliveryView> {
        self.deliveries.iter().find(|delivery| delivery.id == id)
    }

    fn webhook(&self, delivery: &DeliveryView) -> Option<&WebhookView> {
        let mut webhooks = self.webhooks.iter();
        webhooks.find(|webhook| webhook.id == delivery.webhook_id)
    }

    pub(crate) fn open(&self) -> impl Iterator<Item = &DeliveryView> {
        self.deliveries.iter().filter(|delivery| is_open(delivery))
    }
}

fn is_open(delivery: &DeliveryView) -> bool {
    matches!(
        delivery.state,
        DeliveryState::Sending | DeliveryState::Waiting
    )
}

fn succeeded(attempt: &AttemptView) -> bool {
    matches!(
        attempt.answer,
        Some(Answered::Answer {
            status: 200..300,
            ..
        })
    )
}

/// Its state is that of its attempts.
fn is_consistent(delivery: &DeliveryView) {
    let attempts = &delivery.attempts;
    assert!(attempts.len() <= 6, "{delivery:?}");
    let awaited = attempts.iter().filter(|attempt| attempt.answer.is_none());
    assert_eq!(
        awaited.count(),
        usize::from(delivery.state == DeliveryState::Sending)
    );
    let is_delivered = delivery.state == DeliveryState::Delivered;
    let successes = attempts.iter().filter(|attempt| succeeded(attempt));
    assert_eq!(successes.count(), usize::from(is_delivered));
    assert_eq!(attempts.last().is_some_and(succeeded), is_delivered);
    let is_used_up = delivery.given_up_because == Some(GivenUp::RetriesUsed);
    assert!(!is_used_up || attempts.len() == 6, "{delivery:?}");
    assert_eq!(
        delivery.given_up_because.is_some(),
        delivery.state == DeliveryState::GivenUp
    );
    assert_eq!(
        delivery.next_attempt_at.is_some(),
        delivery.state == DeliveryState::Waiting
    );
}

fn waits_for_an_enabled_webhook(step: &Step, delivery: &DeliveryView) {
    if delivery.state == DeliveryState::Waiting {
        let webhook = step.after.webhook(delivery);
        assert!(
            webhook.is_some_and(|webhook| webhook.enabled),
            "{delivery:?}"
        );
    }
}

fn is_for_an_enabled_webhook(step: &Step, delivery: &DeliveryView) {
    let webhook = step.after.webhook(delivery);
    let webhook = webhook.unwrap_or_else(|| panic!("sent to a deleted webhook: {delivery:?}"));
    // It may be this attempt that disabled it.
    let was_enabled = step.before.webhook(delivery).is_some_and(|was| was.enabled);
    let disabled_itself = was_enabled && webhook.disabled_because.is_some();
    assert!(
        webhook.enabled || disabled_itself,
        "sent to a disabled webhook: {delivery:?}"
    );
}

/// Each request is an attempt that awaits its answer.
fn requests_are_shown(step: &Step) {
    for request in &step.effects.send {
        let (id, number) = request.attempt.rsplit_once('.').unwrap();
        let delivery = step.after.find(id).unwrap();
        let attempt = &delivery.attempts[number.parse::<usize>().unwrap() - 1];
        assert_eq!(attempt.id, request.attempt);
        assert!(attempt.answer.is_none());
        assert_eq!(
            (&attempt.headers, &attempt.url),
            (&request.headers, &request.url)
        );
        assert_eq!(delivery.payload.as_ref(), Some(&request.body));
    }
}

/// Each delivery is there until it has ended, and then until it is counted among those that were dropped.
fn nothing_is_lost(step: &Step) {
    if matches!(step.command, Command::Reset) {
        assert!(step.after.deliveries.is_empty());
        return;
    }
    let gone = step
        .before
        .deliveries
        .iter()
        .filter(|one| step.after.find(&one.id).is_none());
    let gone: Vec<_> = gone.collect();
    assert!(gone.iter().all(|delivery| !is_open(delivery)), "{gone:?}");
    assert_eq!(step.after.dropped - step.before.dropped, gone.len() as u64);
    if let Some(Reply::Triggered { deliveries, .. }) = &step.effects.reply {
        assert!(
            deliveries
                .iter()
                .all(|one| step.after.find(&one.id).is_some())
        );
        let new = step.after.deliveries.len() + gone.len() - step.before.deliveries.len();
        assert_eq!(new, deliveries.len());
    }
}

fn memory_is_bounded(world: &World, picture: &Picture) {
    let limits = world.settings.1;
    assert!(picture.deliveries.len() <= limits.deliveries);
    let bytes: usize = picture.deliveries.iter().map(bytes).sum();
    assert!(bytes <= limits.bytes, "{bytes}");
}

/// What of it a caller or an endpoint may make large.
pub(crate) fn bytes(delivery: &DeliveryView) -> usize {
    let of_fields = |fields: &Fields| -> usize {
        let lengths = fields.iter().map(|(name, value)| name.len() + value.len());
        lengths.sum()
    };
    let attempts = delivery.attempts.iter().map(|attempt| {
        let answer = match &attempt.answer {
            Some(Answered::Answer { headers, body, .. }) => of_fields(headers) + body.0.len(),
            Some(Answered::None { message, .. }) => message.len(),
            None => 0,
        };
        attempt.url.len() + of_fields(&attempt.headers) + answer
    });
    delivery.payload_bytes + attempts.sum::<usize>()
}

fn it_wakes_in_time(world: &World, step: &Step) {
    let is_open = step.after.open().next().is_some();
    assert_eq!(step.effects.wake_at.is_some(), is_open);
    // Else a caller would never sleep.
    assert!(step.effects.wake_at.is_none_or(|at| at > world.now));
}
