//! A delivery is sent again.

use docutray_webhook_tools::{
    emulator::{Command, DeliveryState, GivenUp, How, InProcess},
    wire::Bytes,
};

use crate::{NOW, always, header, options, started};

fn again(docutray: &mut InProcess, delivery: &str, how: How, body: Option<Bytes>) -> &'static str {
    let told = docutray.tell(Command::Again {
        delivery: delivery.into(),
        how,
        body,
    });
    told.err().map_or("", |fault| fault.code)
}

/// An emulator with one delivery. Returns its id, and that of its webhook.
fn delivered() -> (InProcess, String, String) {
    let (mut docutray, webhook) = started(options());
    let id = docutray.trigger("STEP_STARTED").unwrap().remove(0).id;
    docutray.deliver(always(204));
    (docutray, id, webhook)
}

#[test]
fn as_captured_it_is_the_same_bytes_once() {
    let (mut docutray, id, webhook) = delivered();
    docutray
        .tell(Command::RegenerateSecret { id: webhook })
        .unwrap();
    docutray.set_time(NOW + 400_000);
    assert_eq!(again(&mut docutray, &id, How::AsCaptured, None), "");
    docutray.advance(10_000, always(401));
    let [first, second] = docutray.deliveries().try_into().unwrap();
    assert_eq!(first.attempts[0].headers, second.attempts[0].headers);
    assert_eq!(first.payload, second.payload);
    assert_eq!(
        (second.attempts.len(), second.given_up_because),
        (1, Some(GivenUp::SentOnce))
    );
    assert_eq!(second.again.unwrap().of, id);
}

#[test]
fn signed_afresh_and_edited_it_is_a_new_delivery() {
    let edited = Bytes::from("{\"edited\":true}");
    for (how, body) in [(How::SignedAfresh, None), (How::Edited, Some(edited))] {
        let (mut docutray, id, _) = delivered();
        assert_eq!(again(&mut docutray, &id, how, body.clone()), "");
        docutray.advance(4_890, always(500));
        let [first, second] = docutray.deliveries().try_into().unwrap();
        assert_eq!(second.payload, body.or(first.payload));
        assert_eq!(
            (second.attempts.len(), second.state),
            (6, DeliveryState::GivenUp)
        );
        let id = |headers| header(headers, "X-Docutray-Request-Id").to_owned();
        assert_ne!(
            id(&first.attempts[0].headers),
            id(&second.attempts[0].headers)
        );
    }
}

#[test]
fn what_cannot_be_sent_again_is_refused() {
    let (mut docutray, id, webhook) = delivered();
    assert_eq!(
        again(&mut docutray, "dlv_0", How::SignedAfresh, None),
        "unknown_delivery"
    );
    assert_eq!(
        again(&mut docutray, &id, How::Edited, None),
        "invalid_again"
    );
    assert_eq!(
        again(&mut docutray, &id, How::AsCaptured, Some("{}".into())),
        "invalid_again"
    );
    docutray
        .tell(Command::DeleteWebhook { id: webhook })
        .unwrap();
    for how in [How::AsCaptured, How::SignedAfresh] {
        assert_eq!(again(&mut docutray, &id, how, None), "no_webhook");
    }
    let (mut docutray, _) = started(options());
    let chain = r#"{"type":"trigger","chain":{"family":"STEP","ends":"COMPLETED"}}"#;
    docutray.tell(serde_json::from_str(chain).unwrap()).unwrap();
    let later = docutray.deliveries().pop().unwrap().id;
    assert_eq!(
        again(&mut docutray, &later, How::AsCaptured, None),
        "not_sent_yet"
    );
}
