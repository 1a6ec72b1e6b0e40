//! What a verifier and deliveries take, in instructions of the component, beside what they took before: a slip shows without
//! a clock.
//!
//! The numbers are of this code, by this compiler. Another version of either moves them a little, which is let pass.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::PathBuf,
};

use docutray_webhook_wasmtime_driver::wit::{Config, ErrorCode, Header};

use crate::{
    counting::Counting,
    delivery::{NOW, config, headers_at, headers_of},
};

/// In percent, more or fewer.
const TOLERANCE: u64 = 2;

/// With this variable set, what was counted is written down.
const ACCEPT: &str = "DOCUTRAY_WEBHOOK_ACCEPT_FUEL";
const HOW_TO_ACCEPT: &str = "cargo xtask build && DOCUTRAY_WEBHOOK_ACCEPT_FUEL=1 \
    cargo test --workspace --all-features --test component fuel";

/// Fuel by a delivery's name.
type Counts = BTreeMap<String, u64>;

struct Delivery {
    name: &'static str,
    config: Config,
    headers: Vec<Header>,
    body: Vec<u8>,
    expected: Result<(), ErrorCode>,
}

const CONVERSION_STARTED: &str = r#""conversion_id":"conv_1","status":"PROCESSING",
    "request_timestamp":"2025-06-15T15:06:40.000Z","document_type_code":"invoice""#;
const CONVERSION_COMPLETED: &str = r#""conversion_id":"conv_1","status":"SUCCESS",
    "request_timestamp":"2025-06-15T15:06:10.000Z","response_timestamp":"2025-06-15T15:06:40.000Z",
    "document_type_code":"invoice""#;
const IDENTIFICATION_COMPLETED: &str = r#""identification_id":"ident_1","status":"SUCCESS",
    "request_timestamp":"2025-06-15T15:06:10.000Z","response_timestamp":"2025-06-15T15:06:40.000Z",
    "document_type":{"code":"invoice","name":"Factura electrónica","confidence":0.97},
    "alternatives":[{"code":"receipt","name":"Boleta","confidence":0.0125}]"#;
const STEP_COMPLETED: &str = r#""step_execution_id":"exec_1","status":"completed",
    "request_timestamp":"2025-06-15T15:06:10.000Z","response_timestamp":"2025-06-15T15:06:40.000Z",
    "step_id":"step_1","step_name":"Extracción","identification":{"document_type":"invoice","confidence":0.97},
    "validation":{"errors":{"count":1,"messages":["total"]},"warnings":{"count":0,"messages":[]}}"#;
const UNKNOWN: &str = r#""archive_id":"arc_1""#;

/// Each family, from small to large, and a refusal at each step.
fn deliveries() -> Vec<Delivery> {
    let small = || filled(CONVERSION_COMPLETED, 1 << 10);
    let genuine = Delivery::of("CONVERSION_COMPLETED", small());
    let refused = |name, code| Delivery {
        name,
        expected: Err(code),
        ..Delivery::of("CONVERSION_COMPLETED", small())
    };
    vec![
        Delivery {
            name: "CONVERSION_STARTED, 0.3 KB",
            ..Delivery::of("CONVERSION_STARTED", filled(CONVERSION_STARTED, 300))
        },
        Delivery {
            name: "IDENTIFICATION_COMPLETED, 1 KB",
            ..Delivery::of(
                "IDENTIFICATION_COMPLETED",
                filled(IDENTIFICATION_COMPLETED, 1 << 10),
            )
        },
        Delivery {
            name: "an unknown event, 4 KB",
            ..Delivery::of("BATCH_ARCHIVED", filled(UNKNOWN, 4 << 10))
        },
        Delivery {
            name: "STEP_COMPLETED, 16 KB",
            ..Delivery::of("STEP_COMPLETED", filled(STEP_COMPLETED, 16 << 10))
        },
        Delivery {
            name: "CONVERSION_COMPLETED, 64 KB",
            ..Delivery::of(
                "CONVERSION_COMPLETED",
                filled(CONVERSION_COMPLETED, 64 << 10),
            )
        },
        Delivery {
            headers: vec![],
            ..refused("refused: missing_header", ErrorCode::MissingHeader)
        },
        Delivery {
            // Signed for another event.
            headers: with_event(genuine.headers, b"CONVERSION_FAILED"),
            ..refused(
                "refused: auth_signature_mismatch",
                ErrorCode::AuthSignatureMismatch,
            )
        },
        Delivery {
            headers: headers_at(NOW - 301, "CONVERSION_COMPLETED", &small()),
            ..refused("refused: timestamp_too_old", ErrorCode::TimestampTooOld)
        },
        Delivery {
            config: Config {
                max_body: Some(512),
                ..config()
            },
            ..refused("refused: body_too_large", ErrorCode::BodyTooLarge)
        },
        Delivery {
            headers: headers_of("CONVERSION_COMPLETED", b"another"),
            ..refused("refused: signature_mismatch", ErrorCode::SignatureMismatch)
        },
        Delivery {
            // What comes last has another type.
            name: "refused: malformed_payload",
            expected: Err(ErrorCode::MalformedPayload),
            ..Delivery::of(
                "STEP_COMPLETED",
                filled(&STEP_COMPLETED.replace("[]", "0"), 1 << 10),
            )
        },
    ]
}

impl Delivery {
    /// A genuine one.
    fn of(event: &'static str, body: Vec<u8>) -> Self {
        Self {
            name: event,
            config: config(),
            headers: headers_of(event, &body),
            body,
            expected: Ok(()),
        }
    }

    /// The second time: the first finds the instance's memory as no later one does.
    fn fuel(&self) -> u64 {
        let mut counting = Counting::new(&self.config);
        let [_, fuel] = [(); 2].map(|()| {
            let (answer, fuel) = counting.verify(&self.headers, &self.body);
            let verdict = answer.map(drop).map_err(|error| error.code);
            assert_eq!(verdict, self.expected, "{}", self.name);
            fuel
        });
        fuel
    }
}

/// An object with these members, and data that brings it to about so many bytes.
fn filled(members: &str, bytes: usize) -> Vec<u8> {
    const LINE: &str =
        r#",{"text":"Café molido \"Altura\"","amount":12.5,"box":[0.25,1e-3],"is_taxed":true}"#;
    let mut body = format!(r#"{{{members},"data":{{"lines":[null"#);
    while body.len() + LINE.len() < bytes {
        body += LINE;
    }
    (body + "]}}").into_bytes()
}

fn with_event(mut headers: Vec<Header>, event: &[u8]) -> Vec<Header> {
    let header = headers
        .iter_mut()
        .find(|(name, _)| name == "x-docutray-event");
    header.unwrap().1 = event.to_vec();
    headers
}

fn file() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests/component/fuel.json"]
        .iter()
        .collect()
}

/// By how much each count has slipped that has.
fn slips(kept: &Counts, counted: &Counts) -> Vec<String> {
    let names: BTreeSet<_> = kept.keys().chain(counted.keys()).collect();
    names
        .into_iter()
        .filter_map(|name| slip(kept.get(name), counted.get(name)).map(|slip| (name, slip)))
        .map(|(name, slip)| format!("{name}: {slip}"))
        .collect()
}

fn slip(kept: Option<&u64>, counted: Option<&u64>) -> Option<String> {
    let (Some(&kept), Some(&counted)) = (kept, counted) else {
        return Some(format!("{kept:?} became {counted:?}"));
    };
    let slipped = 100 * kept.abs_diff(counted) > TOLERANCE * kept;
    slipped.then(|| {
        let percent = 100.0 * (counted as f64 / kept as f64 - 1.0);
        format!("{kept} became {counted} ({percent:+.1} %)")
    })
}

#[test]
fn deliveries_take_the_instructions_that_they_took_before() {
    let deliveries = deliveries();
    let counted = deliveries
        .iter()
        .map(|delivery| (delivery.name.to_owned(), delivery.fuel()));
    let construction = Counting::new(&config()).construction;
    let counted: Counts = counted
        .chain([("a verifier".to_owned(), construction)])
        .collect();
    if env::var_os(ACCEPT).is_some() {
        let text = serde_json::to_string_pretty(&counted).unwrap();
        fs::write(file(), text + "\n").unwrap();
    }
    let kept: Counts = serde_json::from_str(&fs::read_to_string(file()).unwrap()).unwrap();
    let slips = slips(&kept, &counted);
    assert!(
        slips.is_empty(),
        "instructions beyond {TOLERANCE} % of those in {}:\n  {}\nif that is meant: {HOW_TO_ACCEPT}",
        file().display(),
        slips.join("\n  ")
    );
}

#[test]
fn the_same_delivery_takes_the_same_each_time() {
    for delivery in deliveries() {
        assert_eq!(delivery.fuel(), delivery.fuel(), "{}", delivery.name);
    }
}

#[test]
fn a_slip_is_told_with_its_size() {
    let counts = |pairs: &[(&str, u64)]| -> Counts {
        pairs
            .iter()
            .map(|(name, count)| ((*name).to_owned(), *count))
            .collect()
    };
    let kept = counts(&[("a", 1000), ("b", 1000), ("c", 1000), ("d", 1000)]);
    let counted = counts(&[("a", 1020), ("b", 1021), ("c", 970), ("e", 1)]);
    assert_eq!(
        slips(&kept, &counted),
        [
            "b: 1000 became 1021 (+2.1 %)",
            "c: 1000 became 970 (-3.0 %)",
            "d: Some(1000) became None",
            "e: None became Some(1)",
        ]
    );
}
