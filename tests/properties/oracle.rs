//! The core reads JSON as `serde_json` does. They agree about what is JSON and where a text stops being JSON, about an
//! object's members, and about the characters of a string.

use std::{cell::RefCell, collections::BTreeMap, path::Path, sync::LazyLock};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use docutray_webhook::{Error, Event, Payload, PayloadFault, Verifier, payload::RawJson};
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{
    bytes::byte_change,
    delivery::{NOW, REQUEST_ID, signed, verifier},
    fixed,
    json::{any_deep_value, any_object, any_string, any_value},
};

const MAX_DEPTH: usize = 128;

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| verifier(1 << 20));

/// The verdict on a body that may not even be an object.
#[derive(Clone, Debug, PartialEq)]
enum Said {
    AnObject,
    NotUtf8 { offset: usize },
    NotJson { line: usize, column: usize },
    NotAnObject,
    TooDeep,
}

fn said_by_us(body: &[u8]) -> Said {
    let headers = signed(REQUEST_ID, "CONVERSION_ARCHIVED", body);
    let fault = match VERIFIER.check(headers, body, NOW) {
        Ok(_) => return Said::AnObject,
        Err(Error::MalformedPayload {
            path: None, fault, ..
        }) => fault,
        Err(other) => panic!("{other}"),
    };
    match fault {
        PayloadFault::NotUtf8 { offset, .. } => Said::NotUtf8 { offset },
        PayloadFault::NotJson { line, column, .. } => Said::NotJson { line, column },
        PayloadFault::NotAnObject => Said::NotAnObject,
        PayloadFault::TooDeep => Said::TooDeep,
        other => panic!("{other:?}"),
    }
}

fn said_by_serde_json(body: &[u8]) -> Said {
    let text = match str::from_utf8(body) {
        Ok(text) => text,
        Err(error) => {
            let offset = error.valid_up_to();
            return Said::NotUtf8 { offset };
        }
    };
    let judged = serde_json::from_str::<IgnoredAny>(text);
    let sound = match &judged {
        Ok(_) => body.len(),
        Err(error) => sound(text, error),
    };
    match judged {
        _ if depth(&body[..sound]) > MAX_DEPTH => Said::TooDeep,
        Err(error) => Said::NotJson {
            line: error.line(),
            column: error.column(),
        },
        Ok(_) if !text.trim_start().starts_with('{') => Said::NotAnObject,
        Ok(_) => Said::AnObject,
    }
}

/// Returns how much of a text could begin valid JSON: everything before the faulty byte, if there is one.
fn sound(text: &str, error: &serde_json::Error) -> usize {
    let lines = text.split_inclusive('\n').take(error.line() - 1);
    let read = lines.map(str::len).sum::<usize>() + error.column();
    read - usize::from(!error.is_eof() && read > 0)
}

/// Returns the depth of a valid JSON text.
fn depth(json: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string) = (0_usize, 0, false);
    let mut bytes = json.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' => drop(bytes.next()),
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[test]
fn core_and_serde_json_agree_where_a_text_stops_being_json() {
    let reached = RefCell::new(BTreeMap::<&str, usize>::new());
    let texts = prop_oneof![2 => any_object(), 1 => any_value(), 1 => any_deep_value()];
    let changes = vec(byte_change(), 0..3);
    let run = TestRunner::new(fixed(3_000)).run(&(texts, changes), |(text, changes)| {
        let mut body = text.into_bytes();
        for change in &changes {
            change.apply(&mut body);
        }
        let said = said_by_us(&body);
        *reached.borrow_mut().entry(words(&said)).or_default() += 1;
        prop_assert_eq!(said, said_by_serde_json(&body));
        Ok(())
    });
    run.unwrap();
    let reached = reached.into_inner();
    for said in [
        "an object",
        "not UTF-8",
        "not JSON",
        "not an object",
        "too deep",
    ] {
        let count = reached.get(said).copied().unwrap_or(0);
        assert!(count >= 100, "{said}: {count} in {reached:?}");
    }
}

const fn words(said: &Said) -> &'static str {
    match said {
        Said::AnObject => "an object",
        Said::NotUtf8 { .. } => "not UTF-8",
        Said::NotJson { .. } => "not JSON",
        Said::NotAnObject => "not an object",
        Said::TooDeep => "too deep",
    }
}

/// Reads every text of the suite, also those for which the RFC leaves the answer open.
#[test]
fn core_and_serde_json_agree_about_the_json_test_suite() {
    #[derive(Deserialize)]
    struct Vector {
        name: String,
        body_base64: String,
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/json_test_suite.json");
    let vectors = std::fs::read_to_string(file).unwrap();
    let vectors: Vec<Vector> = serde_json::from_str(&vectors).unwrap();
    assert!(vectors.len() > 300);
    for Vector { name, body_base64 } in vectors {
        let text = BASE64_STANDARD.decode(body_base64).unwrap();
        assert_eq!(said_by_us(&text), said_by_serde_json(&text), "{name}");
        let inside = [br#"{"a":"#, text.as_slice(), b"}"].concat();
        assert_eq!(
            said_by_us(&inside),
            said_by_serde_json(&inside),
            "{name}, in an object"
        );
    }
}

/// Tries every byte in each state of the grammar.
#[test]
fn core_and_serde_json_agree_about_every_byte_in_every_state() {
    let text = br#" {"a\n\u00e9" : [ -0.1e+2 , 10, {} , [ ] ,{"b":true},false,null] , "":"" } "#;
    for place in 0..=text.len() {
        for byte in 0..=u8::MAX {
            for removed in 0..=1 {
                let mut body = text.to_vec();
                let end = text.len().min(place + removed);
                body.splice(place..end, [byte]);
                assert_eq!(
                    said_by_us(&body),
                    said_by_serde_json(&body),
                    "{byte} at {place}"
                );
            }
        }
        let cut = &text[..place];
        assert_eq!(said_by_us(cut), said_by_serde_json(cut), "cut at {place}");
    }
}

/// The members of an object as text, in their order.
struct Members<'t>(Vec<(&'t RawValue, &'t RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;

        impl<'de> Visitor<'de> for Each {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Each)
    }
}

const STARTED: &str =
    r#""conversion_id":"c","status":"PROCESSING","request_timestamp":"","document_type_code":"""#;
const FIELDS: [&str; 6] = [
    "conversion_id",
    "status",
    "request_timestamp",
    "original_filename",
    "document_metadata",
    "document_type_code",
];

fn started(members: &str) -> Result<Event, Error> {
    let body = match members.trim_matches([' ', '\t', '\n', '\r']) {
        "" => format!("{{{STARTED}}}"),
        _ => format!("{{{STARTED},{members}}}"),
    };
    let headers = signed(REQUEST_ID, "CONVERSION_STARTED", body.as_bytes());
    VERIFIER.verify(headers, body.as_bytes(), NOW)
}

#[test]
fn members_have_the_names_and_texts_that_serde_json_reads() {
    let passed = RefCell::new((0, 0));
    let run = TestRunner::new(fixed(1_500)).run(&any_object(), |object| {
        let inside = object.strip_prefix('{').unwrap().strip_suffix('}').unwrap();
        let verdict = started(inside);
        let Members(members) = serde_json::from_str(&object).unwrap();
        let named = |name: &str| {
            let own = |(member, value): &(&RawValue, &RawValue)| {
                let is_own =
                    serde_json::from_str(member.get()).is_ok_and(|own: String| own == name);
                is_own.then(|| value.get().to_owned())
            };
            members.iter().filter_map(own).collect::<Vec<_>>()
        };
        let metadata = named("document_metadata");
        let file_name = named("original_filename");
        let fault = (file_name.len() > 1).then_some("original_filename");
        let fault =
            fault.or_else(|| is_no_string(file_name.first()).then_some("original_filename"));
        let fault = fault.or_else(|| (metadata.len() > 1).then_some("document_metadata"));
        let fault = fault.or_else(|| is_no_object(metadata.first()).then_some("document_metadata"));
        passed.borrow_mut().0 += usize::from(fault.is_none());
        passed.borrow_mut().1 += usize::from(fault.is_some());
        let event = match verdict {
            Ok(event) => event,
            Err(error) => {
                prop_assert_eq!(error.field(), fault);
                return Ok(());
            }
        };
        prop_assert_eq!(fault, None);
        let Payload::ConversionStarted(payload) = event.payload() else {
            panic!("{event:?}");
        };
        let metadata = metadata.first().filter(|text| *text != "null");
        let own = payload.document_metadata.as_ref().map(RawJson::as_str);
        prop_assert_eq!(own, metadata.map(String::as_str));
        let rest = members.iter().filter(|(name, _)| {
            !serde_json::from_str(name.get()).is_ok_and(|name: String| FIELDS.contains(&&*name))
        });
        let rest: Vec<_> = rest
            .map(|(name, value)| format!("{name}:{value}"))
            .collect();
        prop_assert_eq!(
            payload.unknown_fields.as_str(),
            format!("{{{}}}", rest.join(","))
        );
        Ok(())
    });
    run.unwrap();
    let (passed, refused) = passed.into_inner();
    assert!(
        passed > 500 && refused > 150,
        "{passed} passed, {refused} refused"
    );
}

fn is_no_string(value: Option<&String>) -> bool {
    value.is_some_and(|value| serde_json::from_str::<Option<String>>(value).is_err())
}

fn is_no_object(value: Option<&String>) -> bool {
    value.is_some_and(|value| value != "null" && !value.starts_with('{'))
}

#[test]
fn a_string_has_the_characters_that_serde_json_reads() {
    let drawn = RefCell::new((0, 0));
    let run = TestRunner::new(fixed(3_000)).run(&any_string(), |text| {
        let read = serde_json::from_str::<String>(&text).ok();
        drawn.borrow_mut().0 += usize::from(read.is_some());
        drawn.borrow_mut().1 += usize::from(read.is_none());
        let own = match started(&format!(r#""original_filename":{text}"#)) {
            Ok(event) => match event.payload() {
                Payload::ConversionStarted(payload) => payload.original_filename.clone(),
                other => panic!("{other:?}"),
            },
            Err(error) => {
                prop_assert_eq!(error.field(), Some("original_filename"));
                None
            }
        };
        prop_assert_eq!(own, read);
        Ok(())
    });
    run.unwrap();
    let (read, refused) = drawn.into_inner();
    assert!(
        read > 1_000 && refused > 300,
        "{read} read, {refused} refused"
    );
}
