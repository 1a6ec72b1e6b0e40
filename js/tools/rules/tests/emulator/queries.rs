//! What is asked of an emulator.

use docutray_webhook_tools::emulator::{Filter, InProcess, Query, Shown};

use crate::{always, options, started};

fn found(docutray: &InProcess, filter: &str) -> Vec<u64> {
    let filter: Filter = serde_json::from_str(filter).unwrap();
    match docutray.emulator().query(&Query::Deliveries(filter)) {
        Ok(Shown::Deliveries { items, .. }) => {
            items.iter().map(|delivery| delivery.sequence).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_filter_lets_through_what_it_says() {
    let (mut docutray, webhook) = started(options());
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.deliver(always(204));
    let spanish = r#"{"type":"trigger","sample":"spanish-invoice"}"#;
    docutray
        .tell(serde_json::from_str(spanish).unwrap())
        .unwrap();
    docutray.deliver(always(500));
    docutray.trigger("STEP_FAILED").unwrap();
    for (filter, sequences) in [
        ("{}".to_owned(), vec![3, 2, 1]),
        (r#"{"event":"STEP_STARTED"}"#.into(), vec![1]),
        (r#"{"state":"waiting"}"#.into(), vec![2]),
        (r#"{"text":"MONEDA"}"#.into(), vec![2]),
        (r#"{"text":"step_"}"#.into(), vec![3, 1]),
        (r#"{"text":"Ñuñoa"}"#.into(), vec![2]),
        (r#"{"text":""}"#.into(), vec![3, 2, 1]),
        (r#"{"since":1,"limit":1}"#.into(), vec![3]),
        (
            format!(r#"{{"webhookId":"{webhook}","state":"sending"}}"#),
            vec![3],
        ),
        (r#"{"webhookId":"wh_0"}"#.into(), vec![]),
    ] {
        assert_eq!(found(&docutray, &filter), sequences, "{filter}");
    }
    let latest = Query::Latest(Filter {
        event: Some("STEP_STARTED".into()),
        ..Filter::default()
    });
    let Ok(Shown::Latest(Some(latest))) = docutray.emulator().query(&latest) else {
        panic!()
    };
    assert_eq!(latest.sequence, 1);
}

#[test]
fn a_summary_leaves_out_what_takes_room() {
    let (mut docutray, _) = started(options());
    docutray.trigger("STEP_STARTED").unwrap();
    docutray.deliver(always(204));
    let filter = Filter {
        summary: true,
        ..Filter::default()
    };
    let Ok(Shown::Latest(Some(latest))) = docutray.emulator().query(&Query::Latest(filter)) else {
        panic!()
    };
    assert!(latest.payload.is_none() && latest.payload_bytes > 100);
    assert!(latest.attempts[0].headers.is_empty() && latest.attempts[0].answer.is_some());
}

#[test]
fn the_settings_say_what_is_docutrays_and_what_is_ours() {
    let (docutray, _) = started(options());
    let Ok(settings) = docutray.emulator().query(&Query::Settings) else {
        panic!()
    };
    let settings = serde_json::to_value(settings).unwrap();
    for (field, value) in [
        ("retriesAfterSeconds", "[30,60,300,900,3600]"),
        ("answerWithinSeconds", "30"),
        ("disableAfter", "3"),
        ("retryHeaders", "\"new\""),
        ("failedError", "\"string\""),
        ("allowRemote", "false"),
    ] {
        assert_eq!(settings[field].to_string(), value, "{field}");
    }
}
