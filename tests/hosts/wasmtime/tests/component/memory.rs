//! How much memory an instance needs: what `config.max-body` in the WIT tells a host to leave.

use docutray_webhook_wasmtime_driver::{Instance, wit};
use wasmtime::component::ResourceAny;

use crate::delivery::{NOW, component, config, headers_of};

const MIB: usize = 1 << 20;
const BODY: usize = 15 * MIB;

/// An instance with this much memory, in MiB, and a verifier.
fn instance_of(mib: usize) -> (Instance, ResourceAny) {
    let mut instance = Instance::with_memory(component(), mib * MIB).unwrap();
    let verifier = instance.verifier(&config()).unwrap().unwrap();
    (instance, verifier)
}

const STARTED: &str = r#""conversion_id":"c-1","status":"PROCESSING","request_timestamp":"t","document_type_code":"d""#;
const COMPLETED: &str = r#""conversion_id":"c-1","status":"SUCCESS","request_timestamp":"t","response_timestamp":"t","document_type_code":"d""#;

/// Bodies of 15 MiB, in each of which something else is large.
fn large_bodies() -> [(&'static str, Vec<u8>); 4] {
    let text = "x".repeat(BODY - 1024);
    let value = format!(r#""text":"{text}""#);
    [
        (
            "CONVERSION_COMPLETED",
            format!(r#"{{{COMPLETED},"data":{{{value}}}}}"#),
        ),
        ("CONVERSION_STARTED", format!("{{{STARTED},{value}}}")),
        ("BATCH_ARCHIVED", format!("{{{value}}}")),
        (
            "CONVERSION_STARTED",
            format!(r#"{{{STARTED},"original_filename":"{text}"}}"#),
        ),
    ]
    .map(|(event, body)| (event, body.into_bytes()))
}

#[test]
fn verify_takes_a_body_of_15_mib_in_32_mib() {
    for (event, body) in large_bodies() {
        let headers = headers_of(event, &body);
        let (mut instance, verifier) = instance_of(32);
        for _ in 0..3 {
            let verified = instance.verify(verifier, &headers, &body, NOW);
            let verified = verified.expect(event).expect(event);
            assert!(verified.raw.as_bytes() == body, "{event}");
        }
    }
}

#[test]
fn settle_gives_a_body_of_15_mib_back_in_32_mib() {
    let body = format!(r#"["{}"]"#, "x".repeat(BODY - 4)).into_bytes();
    let headers = headers_of("STEP_STARTED", &body);
    let (mut instance, verifier) = instance_of(32);
    for _ in 0..3 {
        let settled = instance.settle(verifier, &headers, &body, NOW).unwrap();
        assert!(settled.unwrap_err().unfit.unwrap().body == body);
    }
}

#[test]
fn a_stream_takes_a_body_of_15_mib_in_48_mib() {
    for (event, body) in large_bodies() {
        let headers = headers_of(event, &body);
        let (mut instance, verifier) = instance_of(48);
        for _ in 0..3 {
            let verified = instance.stream(verifier, &headers, body.chunks(64 << 10), NOW);
            let verified = verified.expect(event).expect(event);
            assert!(verified.raw.as_bytes() == body, "{event}");
        }
    }
}

#[test]
fn what_is_only_announced_takes_no_memory() {
    let (mut instance, verifier) = instance_of(2);
    let headers = headers_of("BATCH_ARCHIVED", b"{}");
    // Each takes 64 KiB at most while it is under way, and nothing afterwards.
    for _ in 0..100 {
        let checks: Vec<ResourceAny> = (0..8)
            .map(|_| {
                let check = instance.begin(verifier, &headers, NOW).unwrap().unwrap();
                instance
                    .expect_length(check, 16 * MIB as u64)
                    .unwrap()
                    .unwrap();
                check
            })
            .collect();
        for check in checks {
            instance.give_up(check).unwrap();
        }
    }
    let check = instance.begin(verifier, &headers, NOW).unwrap().unwrap();
    let error = instance.expect_length(check, 16 * MIB as u64 + 1).unwrap();
    assert_eq!(error.unwrap_err().code, wit::ErrorCode::BodyTooLarge);
}

/// The stack has 64 KiB. The deepest path goes through the most keys and URLs, the longest headers, each kind of error and the
/// deepest payload; a stack that is too small traps.
#[test]
fn the_stack_takes_the_deepest_path() {
    let deepest = format!("{}1{}", r#"{"a":["#.repeat(63), "]}".repeat(63));
    let completed = format!(
        r#"{{"step_execution_id":"s-1","status":"completed","request_timestamp":"t","response_timestamp":"t",
            "step_id":"s","step_name":"s","data":{deepest},"identification":{{"document_type":"d","confidence":1e-308}},
            "validation":{{"errors":{{"count":1,"messages":["m"]}},"warnings":{{"count":0,"messages":[]}}}},"other":{deepest}}}"#
    );
    let mut headers = headers_of("STEP_COMPLETED", completed.as_bytes());
    for (_, value) in &mut headers {
        *value = [
            &b" \t".repeat(32 << 10)[..],
            value,
            &b"\t ".repeat(32 << 10),
        ]
        .concat();
    }
    let most = wit::Config {
        secrets: (0..7)
            .map(|number| format!("{number}{}", "s".repeat(4096)))
            .chain(config().secrets)
            .collect(),
        metadata: match config().metadata {
            wit::Metadata::Registered(urls) => wit::Metadata::Registered(
                (0..7)
                    .map(|number| format!("https://example.com/{number}{}", "u".repeat(4096)))
                    .chain(urls)
                    .collect(),
            ),
            wit::Metadata::BodyOnly => panic!("the tests have a URL"),
        },
        tolerance: Some(86_400),
        max_body: None,
    };
    let (mut instance, _) = instance_of(16);
    let verifier = instance.verifier(&most).unwrap().unwrap();
    let body = completed.as_bytes();
    let verified = instance.verify(verifier, &headers, body, NOW).unwrap();
    assert_eq!(verified.unwrap().key, "STEP_COMPLETED:s-1");
    let streamed = instance.stream(verifier, &headers, body.chunks(7), NOW);
    assert_eq!(streamed.unwrap().unwrap().key, "STEP_COMPLETED:s-1");

    for body in [
        completed.replace('1', "[1]"),
        completed.replace("1e-308", "\"\\ud83d\""),
        "[".repeat(1 << 20),
    ] {
        let headers = headers_of("STEP_COMPLETED", body.as_bytes());
        let refused = instance.verify(verifier, &headers, body.as_bytes(), NOW);
        let error = refused.unwrap().unwrap_err();
        assert_eq!(error.code, wit::ErrorCode::MalformedPayload);
    }
}
