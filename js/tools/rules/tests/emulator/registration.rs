//! Webhooks: creating, changing, deleting them, and their secrets.

use docutray_webhook::Verifier;
use docutray_webhook_tools::emulator::{
    Command, DeliveryState, GivenUp, MOST_WEBHOOKS, Outgoing, Query, Reply, Shown, Skipped,
    SkippedBecause, WebhookView,
};

use crate::{NOW, URL, always, only, options, started};

fn create(url: &str, events: &[&str]) -> Command {
    Command::CreateWebhook {
        url: url.into(),
        events: events.iter().map(|&event| event.into()).collect(),
        enabled: true,
    }
}

fn update(id: &str, json: &str) -> Command {
    let mut command: serde_json::Value = serde_json::from_str(json).unwrap();
    command["type"] = "updateWebhook".into();
    command["id"] = id.into();
    serde_json::from_value(command).unwrap()
}

fn verifies(secret: &str, request: &Outgoing) -> bool {
    let verifier = Verifier::builder().secret(secret).url(URL).build().unwrap();
    let headers = request.headers.iter().map(|(name, value)| (name, value));
    verifier
        .verify(headers, &request.body.0, NOW / 1000)
        .is_ok()
}

#[test]
fn a_webhook_is_shown_without_its_secret() {
    let (mut docutray, _) = started(options());
    let events = ["STEP_FAILED", "CONVERSION_STARTED", "STEP_FAILED"];
    let reply = docutray
        .tell(create("http://localhost:3000/?a=1", &events))
        .unwrap();
    let Some(Reply::Created { webhook, secret }) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(webhook.events, ["CONVERSION_STARTED", "STEP_FAILED"]);
    assert_eq!(
        (&*webhook.url, &*webhook.created_at),
        ("http://localhost:3000/?a=1", "2024-01-15T10:30:00.000Z")
    );
    let Ok(Shown::Webhooks { items }) = docutray.emulator().query(&Query::Webhooks) else {
        panic!()
    };
    assert_eq!(items.len(), 2);
    let shown = serde_json::to_string(&items).unwrap() + &format!("{docutray:?}");
    assert!(!shown.contains(secret.expose()));
}

#[test]
fn what_cannot_be_registered_is_refused_by_the_field() {
    let (mut docutray, webhook) = started(options());
    for (command, code, field) in [
        (
            create("example.com", &["STEP_FAILED"]),
            "invalid_url",
            Some("url"),
        ),
        (
            create("http://example.com", &["STEP_FAILED"]),
            "url_not_allowed",
            Some("url"),
        ),
        (create(URL, &[]), "no_events", Some("events")),
        (
            create(URL, &["step_failed"]),
            "unknown_event",
            Some("events"),
        ),
        (
            update(&webhook, r#"{"enabled":false,"events":[]}"#),
            "no_events",
            Some("events"),
        ),
        (update("wh_0", "{}"), "unknown_webhook", Some("id")),
        (
            Command::DeleteWebhook { id: "wh_0".into() },
            "unknown_webhook",
            Some("id"),
        ),
        (
            Command::RegenerateSecret { id: "wh_0".into() },
            "unknown_webhook",
            Some("id"),
        ),
    ] {
        let fault = docutray.tell(command).unwrap_err();
        assert_eq!((fault.code, fault.field), (code, field));
    }
    let Ok(Shown::Webhook(webhook)) = docutray.emulator().query(&Query::Webhook { id: webhook })
    else {
        panic!()
    };
    assert!(webhook.enabled, "a change that is refused changes nothing");
}

#[test]
fn there_is_room_for_a_hundred() {
    let (mut docutray, _) = started(options());
    for _ in 1..MOST_WEBHOOKS {
        docutray.create_webhook(URL).unwrap();
    }
    assert_eq!(
        docutray.create_webhook(URL).unwrap_err().code,
        "too_many_webhooks"
    );
}

#[test]
fn an_old_secret_stops_at_once() {
    let (mut docutray, _) = started(options());
    let (id, old) = docutray.create_webhook(URL).unwrap();
    let trigger = format!(r#"{{"type":"trigger","event":"STEP_STARTED","webhookId":"{id}"}}"#);
    docutray
        .tell(serde_json::from_str(&trigger).unwrap())
        .unwrap();
    let first = docutray.next_request().unwrap();
    assert!(verifies(old.expose(), &first));
    let reply = docutray.tell(Command::RegenerateSecret { id }).unwrap();
    let Some(Reply::Regenerated { secret: new }) = reply else {
        panic!("{reply:?}")
    };
    docutray.answer(
        &first.attempt,
        docutray_webhook_tools::emulator::Answered::status(401),
    );
    docutray.tell(Command::Advance { seconds: 30 }).unwrap();
    let retry = docutray.next_request().unwrap();
    assert!(verifies(new.expose(), &retry) && !verifies(old.expose(), &retry));
}

#[test]
fn a_retry_goes_to_the_url_as_it_is_registered_now() {
    let (mut docutray, webhook) = started(options());
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.deliver(always(500));
    docutray
        .tell(update(&webhook, r#"{"url":"https://example.com/new"}"#))
        .unwrap();
    docutray.advance(30, always(204));
    let delivery = only(&docutray);
    let urls: Vec<_> = delivery
        .attempts
        .iter()
        .map(|attempt| &*attempt.url)
        .collect();
    assert_eq!(urls, [URL, "https://example.com/new"]);
}

#[test]
fn a_webhook_gets_what_it_has_chosen_while_it_is_enabled() {
    let (mut docutray, webhook) = started(options());
    docutray
        .tell(update(&webhook, r#"{"events":["STEP_FAILED"]}"#))
        .unwrap();
    let trigger = |event: &str| {
        serde_json::from_value(serde_json::json!({"type": "trigger", "event": event})).unwrap()
    };
    let skipped = |reply| match reply {
        Some(Reply::Triggered {
            deliveries,
            skipped,
        }) if deliveries.is_empty() => skipped,
        other => panic!("{other:?}"),
    };
    let not_chosen = skipped(docutray.tell(trigger("STEP_STARTED")).unwrap());
    docutray
        .tell(update(&webhook, r#"{"enabled":false}"#))
        .unwrap();
    let disabled = skipped(docutray.tell(trigger("STEP_FAILED")).unwrap());
    for (skipped, event, because) in [
        (not_chosen, "STEP_STARTED", SkippedBecause::NotChosen),
        (disabled, "STEP_FAILED", SkippedBecause::Disabled),
    ] {
        assert_eq!(
            skipped,
            [Skipped {
                webhook_id: webhook.clone(),
                event: event.into(),
                because
            }]
        );
    }
}

#[test]
fn what_cannot_happen_is_refused_by_the_field() {
    let (mut docutray, _) = started(options());
    for (trigger, code, field) in [
        (r#"{}"#, "ambiguous_trigger", "event"),
        (
            r#"{"event":"STEP_FAILED","sample":"large"}"#,
            "ambiguous_trigger",
            "event",
        ),
        (
            r#"{"sample":"large","payload":{"text":"{}"}}"#,
            "ambiguous_trigger",
            "payload",
        ),
        (r#"{"event":"STEP_DONE"}"#, "unknown_event", "event"),
        (
            r#"{"event":"STEP_DONE","payload":{"text":"{}"}}"#,
            "unknown_event",
            "event",
        ),
        (r#"{"sample":"STEP_DONE"}"#, "unknown_sample", "sample"),
        (
            r#"{"event":"STEP_FAILED","webhookId":"wh_0"}"#,
            "unknown_webhook",
            "webhookId",
        ),
    ] {
        let trigger = serde_json::from_str(trigger).unwrap();
        let fault = docutray.tell(Command::Trigger(trigger)).unwrap_err();
        assert_eq!((fault.code, fault.field), (code, Some(field)));
    }
    assert_eq!(docutray.deliveries(), []);
}

#[test]
fn what_is_open_is_given_up_with_its_webhook() {
    for (disable, because) in [(true, GivenUp::Disabled), (false, GivenUp::Deleted)] {
        for (status, state) in [
            (204, DeliveryState::Delivered),
            (500, DeliveryState::GivenUp),
        ] {
            let (mut docutray, webhook) = started(options());
            docutray.trigger("STEP_STARTED").unwrap();
            docutray.deliver(always(500));
            docutray.trigger("STEP_COMPLETED").unwrap();
            let command = if disable {
                update(&webhook, r#"{"enabled":false}"#)
            } else {
                Command::DeleteWebhook { id: webhook }
            };
            docutray.tell(command).unwrap();
            // What was under way cannot be called back.
            docutray.deliver(always(status));
            let [waiting, sending] = docutray.deliveries().try_into().unwrap();
            assert_eq!(
                (waiting.state, waiting.given_up_because),
                (DeliveryState::GivenUp, Some(because))
            );
            assert_eq!(sending.state, state);
            docutray.advance(10_000, |_| panic!("nothing more is sent"));
        }
    }
}

#[test]
fn a_reset_forgets_all_and_repeats_no_id() {
    let (mut docutray, webhook) = started(options());
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.advance(60, always(500));
    docutray.tell(Command::Reset).unwrap();
    assert_eq!(docutray.deliveries().len(), 0);
    let (new, _) = docutray.create_webhook(URL).unwrap();
    assert_ne!(new, webhook);
    let Ok(Shown::Webhooks { items }) = docutray.emulator().query(&Query::Webhooks) else {
        panic!()
    };
    let [WebhookView { created_at, .. }] = &items[..] else {
        panic!()
    };
    assert_eq!(created_at, "2024-01-15T10:30:00.000Z");
}
