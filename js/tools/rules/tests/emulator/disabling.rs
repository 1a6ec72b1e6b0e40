//! An endpoint that keeps failing is disabled.

use docutray_webhook_tools::emulator::{
    Answered, Command, DISABLE_AFTER, DeliveryState, GivenUp, InProcess, Query, Shown, WebhookView,
};

use crate::{always, options, started};

fn webhook(docutray: &InProcess, id: &str) -> WebhookView {
    match docutray.emulator().query(&Query::Webhook { id: id.into() }) {
        Ok(Shown::Webhook(webhook)) => webhook,
        other => panic!("{other:?}"),
    }
}

fn fail(docutray: &mut InProcess) {
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.advance(4_890, always(500));
}

#[test]
fn after_three_deliveries_in_a_row_and_it_says_why() {
    let (mut docutray, id) = started(options());
    for _ in 1..DISABLE_AFTER {
        fail(&mut docutray);
        assert!(webhook(&docutray, &id).enabled);
    }
    // Another delivery waits for its retry when the last one is given up.
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.advance(4_889, always(500));
    docutray.trigger("STEP_COMPLETED").unwrap();
    docutray.advance(1, always(500));
    let disabled = webhook(&docutray, &id);
    assert!(
        !disabled.enabled
            && disabled
                .disabled_because
                .unwrap()
                .starts_with("3 deliveries in a row")
    );
    let last = docutray.deliveries().pop().unwrap();
    assert_eq!(
        (last.state, last.given_up_because),
        (DeliveryState::GivenUp, Some(GivenUp::Disabled))
    );
    assert_eq!(docutray.trigger("STEP_STARTED").unwrap(), []);
}

#[test]
fn a_success_in_between_counts() {
    let (mut docutray, id) = started(options());
    for _ in 0..DISABLE_AFTER {
        fail(&mut docutray);
        docutray.trigger("STEP_STARTED").unwrap();
        docutray.deliver(|_| Answered::status(200));
    }
    assert!(webhook(&docutray, &id).enabled);
}

#[test]
fn enabling_it_by_hand_begins_anew() {
    let (mut docutray, id) = started(options());
    for _ in 0..DISABLE_AFTER {
        fail(&mut docutray);
    }
    docutray
        .tell(Command::UpdateWebhook {
            id: id.clone(),
            url: None,
            events: None,
            enabled: Some(true),
        })
        .unwrap();
    fail(&mut docutray);
    let enabled = webhook(&docutray, &id);
    assert!(enabled.enabled && enabled.disabled_because.is_none());
}
