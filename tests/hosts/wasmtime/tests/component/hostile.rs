//! Whatever comes in, the same instance and the same verifier take a good delivery after it.

use docutray_webhook_wasmtime_driver::{Instance, wit};
use wasmtime::component::ResourceAny;
use wit::ErrorCode;

use crate::delivery::{BODY, NOW, config, headers, headers_of, verifier};

const MIB: usize = 1 << 20;
const LIMIT: usize = 16 * MIB;

/// An instance that has to survive all that one test does to it.
struct Survivor(Instance, ResourceAny);

impl Survivor {
    fn new() -> Self {
        let (instance, verifier) = verifier();
        Self(instance, verifier)
    }

    /// Whether `verify` and a stream both refuse it so, and a good delivery passes afterwards.
    fn refuses(&mut self, headers: &[wit::Header], body: &[u8], code: ErrorCode) {
        let Self(instance, verifier) = self;
        let verified = instance.verify(*verifier, headers, body, NOW).unwrap();
        assert_eq!(verified.unwrap_err().code, code);
        let streamed = instance
            .stream(*verifier, headers, body.chunks(64 << 10), NOW)
            .unwrap();
        assert_eq!(streamed.unwrap_err().code, code);
        self.takes_a_good_delivery();
    }

    fn takes_a_good_delivery(&mut self) {
        let Self(instance, verifier) = self;
        let event = instance
            .verify(*verifier, &headers(BODY), BODY, NOW)
            .unwrap()
            .unwrap();
        assert_eq!(event.key, "STEP_STARTED:s-1");
    }

    /// Signs the body first: what is wrong with it is found after its signature.
    fn refuses_signed(&mut self, body: &[u8], code: ErrorCode) {
        self.refuses(&headers(body), body, code);
    }
}

#[test]
fn headers_of_a_megabyte_of_garbage() {
    let garbage: Vec<u8> = (0..=u8::MAX).cycle().take(MIB).collect();
    for place in 0..headers(BODY).len() {
        let mut headers = headers(BODY);
        headers[place].1.clone_from(&garbage);
        let mut survivor = Survivor::new();
        // Among all bytes there is a comma.
        survivor.refuses(&headers, BODY, ErrorCode::DuplicateHeader);
        headers[place].1.retain(|&byte| byte != b',');
        survivor.refuses(&headers, BODY, ErrorCode::MalformedHeader);
    }
}

#[test]
fn ten_thousand_other_headers() {
    let mut headers = headers(BODY);
    headers.extend((0..10_000).map(|n| (format!("x-other-{n}"), vec![0xff; 64])));
    let Survivor(mut instance, verifier) = Survivor::new();
    let event = instance.verify(verifier, &headers, BODY, NOW).unwrap();
    assert_eq!(event.unwrap().key, "STEP_STARTED:s-1");
}

#[test]
fn no_headers_and_no_body() {
    Survivor::new().refuses(&[], b"", ErrorCode::MissingHeader);
    Survivor::new().refuses_signed(b"", ErrorCode::MalformedPayload);
}

#[test]
fn a_body_beyond_the_limit() {
    let body = vec![b' '; LIMIT + 1];
    Survivor::new().refuses_signed(&body, ErrorCode::BodyTooLarge);
}

#[test]
fn a_body_at_the_limit() {
    let mut body = BODY.to_vec();
    body.resize(LIMIT, b' ');
    let headers = headers(&body);
    let Survivor(mut instance, verifier) = Survivor::new();
    for _ in 0..4 {
        let event = instance.verify(verifier, &headers, &body, NOW).unwrap();
        assert_eq!(event.unwrap().raw.len(), LIMIT);
        let event = instance.stream(verifier, &headers, body.chunks(MIB), NOW);
        assert_eq!(event.unwrap().unwrap().raw.len(), LIMIT);
    }
}

#[test]
fn json_of_a_hundred_thousand_levels() {
    let mut survivor = Survivor::new();
    for (open, inner, close) in [("[", "", "]"), (r#"{"a":"#, "1", "}")] {
        let nested = open.repeat(100_000) + inner + &close.repeat(100_000);
        survivor.refuses_signed(nested.as_bytes(), ErrorCode::MalformedPayload);
        survivor.refuses_signed(open.repeat(100_000).as_bytes(), ErrorCode::MalformedPayload);
        let field = format!(r#"{{"unknown":{nested}}}"#);
        survivor.refuses_signed(field.as_bytes(), ErrorCode::MalformedPayload);
    }
}

#[test]
fn invalid_utf_8() {
    let mut survivor = Survivor::new();
    for bytes in [
        &b"\xff"[..],
        b"{\"a\":\"\xc3\"}",
        b"{\"a\":\"\xed\xa0\x80\"}",
    ] {
        survivor.refuses_signed(bytes, ErrorCode::MalformedPayload);
    }
    // What a library that decodes first makes of the altered body is what was signed.
    let signed = headers("{\"a\":\"\u{fffd}\"}".as_bytes());
    survivor.refuses(&signed, b"{\"a\":\"\xff\"}", ErrorCode::SignatureMismatch);
}

#[test]
fn a_configuration_that_is_refused() {
    let Survivor(mut instance, verifier) = Survivor::new();
    let wrong = [
        (
            "secrets",
            wit::Config {
                secrets: vec![],
                ..config()
            },
        ),
        (
            "secrets",
            wit::Config {
                secrets: vec![String::new()],
                ..config()
            },
        ),
        (
            "metadata",
            wit::Config {
                metadata: wit::Metadata::Registered(vec![]),
                ..config()
            },
        ),
        (
            "metadata",
            wit::Config {
                metadata: wit::Metadata::Registered(vec![String::new()]),
                ..config()
            },
        ),
        (
            "tolerance",
            wit::Config {
                tolerance: Some(0),
                ..config()
            },
        ),
        (
            "tolerance",
            wit::Config {
                tolerance: Some(u32::MAX),
                ..config()
            },
        ),
    ];
    for (entry, config) in wrong {
        let error = instance.verifier(&config).unwrap().unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidConfig);
        assert_eq!(error.field.as_deref(), Some(entry));
    }
    Survivor(instance, verifier).takes_a_good_delivery();
}

#[test]
fn deliveries_that_are_given_up_leave_nothing() {
    let Survivor(mut instance, verifier) = Survivor::new();
    let limited = wit::Config {
        max_body: Some(MIB as u64),
        ..config()
    };
    let limited = instance.verifier(&limited).unwrap().unwrap();
    let body = vec![b' '; MIB];
    // Kept, these would take more memory than there is.
    for _ in 0..300 {
        let refused = instance.stream(limited, &headers(BODY), [&body, &b" "[..]], NOW);
        assert_eq!(refused.unwrap().unwrap_err().code, ErrorCode::BodyTooLarge);
    }
    Survivor(instance, verifier).takes_a_good_delivery();
}

/// What becomes largest: each of the smallest members and strings is a value of its own.
#[test]
fn a_body_at_the_limit_that_is_all_members_or_all_messages() {
    let members = format!(r#"{{{STEP},"":1"#) + &filled(r#","":1"#) + "}";
    let messages = format!(r#"{{{STEP},"validation":{{"warnings":{{"count":0,"messages":[]}},"#)
        + r#""errors":{"count":0,"messages":["""#
        + &filled(r#","""#)
        + "]}}}";
    for body in [members.as_bytes(), messages.as_bytes()] {
        let headers = headers_of("STEP_COMPLETED", body);
        let Survivor(mut instance, verifier) = Survivor::new();
        let event = instance.verify(verifier, &headers, body, NOW).unwrap();
        assert_eq!(event.unwrap().key, "STEP_COMPLETED:s-1");
        let event = instance.stream(verifier, &headers, body.chunks(MIB), NOW);
        assert_eq!(event.unwrap().unwrap().key, "STEP_COMPLETED:s-1");
        Survivor(instance, verifier).takes_a_good_delivery();
    }
}

/// The members that every `STEP_COMPLETED` has.
const STEP: &str = r#""step_execution_id":"s-1","status":"completed","request_timestamp":"t",
    "response_timestamp":"t","step_id":"step","step_name":"A step","data":{}"#;

/// As much of `item` as leaves a kilobyte below the limit.
fn filled(item: &str) -> String {
    item.repeat((LIMIT - 1024) / item.len())
}
