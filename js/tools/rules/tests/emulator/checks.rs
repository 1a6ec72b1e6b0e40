//! What holds after each step.

use docutray_webhook::Verifier;
use docutray_webhook_tools::{
    emulator::{
        Again, AttemptView, Changed, Command, DeliveryState, DeliveryView, GivenUp, How, RETRIES,
        Reply, RetryHeaders,
    },
    time::iso8601,
};

use crate::{
    header,
    world::{Picture, Step, World, json},
};

pub(crate) fn check(world: &World, step: &Step) {
    for delivery in &step.after.deliveries {
        is_consistent(delivery);
        nothing_is_due(step, delivery);
        let earlier = step.before.find(&delivery.id);
        let known = earlier.map_or(0, |earlier| earlier.attempts.len());
        for attempt in &delivery.attempts[known..] {
            is_on_schedule(step, delivery, attempt);
            is_for_an_enabled_webhook(step, delivery);
            is_signed(world, step, delivery, attempt);
        }
        let is_changed = earlier.is_none_or(|earlier| json(earlier) != json(delivery));
        let told = Changed::Delivery(delivery.id.clone());
        let is_told = step.effects.changed.contains(&told) && step.effects.save;
        assert!(is_told || !is_changed, "{delivery:?}");
    }
    requests_are_shown(step);
    nothing_is_lost(step);
    memory_is_bounded(world, &step.after);
    it_wakes_in_time(world, step);
}

impl Picture {
    fn find(&self, id: &str) -> Option<&DeliveryView> {
        self.deliveries.iter().find(|delivery| delivery.id == id)
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
    attempt
        .answer
        .as_ref()
        .is_some_and(|answer| answer.is_success())
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
    let successes = attempts.iter().filter(|attempt| succeeded(attempt));
    assert_eq!(
        successes.count(),
        usize::from(delivery.state == DeliveryState::Delivered)
    );
    assert_eq!(
        attempts.last().is_some_and(succeeded),
        delivery.state == DeliveryState::Delivered
    );
    let used = delivery.given_up_because == Some(GivenUp::RetriesUsed);
    assert!(!used || attempts.len() == 6, "{delivery:?}");
    assert_eq!(
        delivery.given_up_because.is_some(),
        delivery.state == DeliveryState::GivenUp
    );
    assert_eq!(
        delivery.next_attempt_at.is_some(),
        delivery.state == DeliveryState::Waiting
    );
}

fn nothing_is_due(step: &Step, delivery: &DeliveryView) {
    let is_later = delivery
        .next_attempt_at
        .as_ref()
        .is_none_or(|at| *at > step.after.clock.now);
    assert!(is_later, "{delivery:?} at {}", step.after.clock.now);
}

/// An attempt is made when it was announced, or as soon as the emulator was told the time after that.
fn is_on_schedule(step: &Step, delivery: &DeliveryView, attempt: &AttemptView) {
    let earlier = step.before.find(&delivery.id);
    let announced = earlier.and_then(|earlier| earlier.next_attempt_at.clone());
    let Some(before) = attempt.number.checked_sub(2) else {
        return;
    };
    let before = &delivery.attempts[before];
    let pause = u64::from(RETRIES[before.number - 1]) * 1000;
    let (at, before_at) = (milliseconds(&attempt.at), milliseconds(&before.at));
    assert!(at >= before_at + pause, "{delivery:?}");
    let is_next = earlier.is_some_and(|earlier| earlier.attempts.len() + 1 == attempt.number);
    if let (Some(announced), true) = (announced, is_next) {
        let ticked = step.before.clock.now_milliseconds;
        let passed = milliseconds(&step.after.clock.now);
        assert!(attempt.at >= announced, "{delivery:?}");
        assert!((ticked..=passed).contains(&at), "{delivery:?}");
        // Only time that passes by itself passes an announced time; a clock that is turned stops at it.
        let is_turned = !matches!(step.command, Command::Tick);
        assert!(!is_turned || attempt.at == announced, "{delivery:?}");
    }
}

fn is_for_an_enabled_webhook(step: &Step, delivery: &DeliveryView) {
    let webhook = step
        .after
        .webhooks
        .iter()
        .find(|one| one.id == delivery.webhook_id);
    let webhook = webhook.unwrap_or_else(|| panic!("sent to a deleted webhook: {delivery:?}"));
    // It may be this attempt that disabled it.
    let was = step
        .before
        .webhooks
        .iter()
        .find(|one| one.id == delivery.webhook_id);
    let was_enabled = was.is_some_and(|was| was.enabled) && webhook.disabled_because.is_some();
    assert!(
        webhook.enabled || was_enabled,
        "sent to a disabled webhook: {delivery:?}"
    );
}

fn is_signed(world: &World, step: &Step, delivery: &DeliveryView, attempt: &AttemptView) {
    if let Some(Again {
        of,
        how: How::AsCaptured,
    }) = &delivery.again
    {
        let captured = |one: &DeliveryView| {
            one.attempts
                .iter()
                .any(|other| other.headers == attempt.headers)
        };
        let is_kept = step.before.find(of);
        assert!(is_kept.is_none_or(captured), "{delivery:?}");
        return;
    }
    let webhook = step
        .after
        .webhooks
        .iter()
        .find(|one| one.id == delivery.webhook_id)
        .unwrap();
    assert_eq!((&attempt.url, &delivery.url), (&webhook.url, &webhook.url));
    let now = match world.settings.0 {
        RetryHeaders::New => world.now / 1000,
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

/// Each request is an attempt that awaits its answer, or did so until its webhook's time was up.
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
    let bytes: usize = picture
        .deliveries
        .iter()
        .map(|delivery| json(delivery).len())
        .sum();
    assert!(bytes <= limits.bytes, "{bytes}");
}

fn it_wakes_in_time(world: &World, step: &Step) {
    let is_open = step.after.open().next().is_some();
    assert_eq!(step.effects.wake_at.is_some(), is_open);
    assert!(step.effects.wake_at.is_none_or(|at| at >= world.now));
}

/// Reads what [`iso8601`] has written.
fn milliseconds(time: &str) -> u64 {
    let (mut low, mut high) = (0, 253_402_300_800_000_u64);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if *iso8601(middle) <= *time {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}
