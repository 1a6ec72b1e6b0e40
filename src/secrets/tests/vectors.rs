//! The MAC against the vectors of other projects. `tests/vectors/SOURCES.md` says where they are from.

use super::*;
use serde_json::Value;

/// Verifies the MAC both as that of metadata and as that of a body in two chunks.
fn accepts(key: &[u8], message: &[u8], mac: &[u8]) -> [bool; 2] {
    let (secrets, received) = (secrets(&[key]), received(mac));
    let (start, end) = message.split_at(message.len() / 2);
    let mut body = secrets.body_mac(SignedBy::Any);
    body.update(start);
    body.update(end);
    let metadata = secrets.signed_by(&received, &[&[start, end]]);
    [metadata.is_some(), body.matches(&received)]
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap()
}

fn list<'v>(value: &'v Value, name: &str) -> &'v [Value] {
    value[name].as_array().unwrap()
}

#[test]
fn rfc4231() {
    let cases = include_str!("../../../tests/vectors/rfc4231_hmac_sha256.json");
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    // One of the RFC's seven tests has a truncated MAC, which a signature header cannot carry.
    assert!(cases.len() >= 6);
    for case in cases {
        let [key, data, mac] = ["key", "data", "mac"].map(|name| bytes(text(&case, name)));
        if mac.len() == 32 {
            assert_eq!(accepts(&key, &data, &mac), [true; 2], "{}", case["name"]);
        }
    }
}

#[test]
fn nist_cavp() {
    let cases = include_str!("../../../tests/vectors/nist_cavp_hmac_sha256.json");
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    assert_eq!(cases.len(), 225);
    for case in cases {
        let [key, message, mac] = ["key", "msg", "mac"].map(|name| bytes(text(&case, name)));
        // Two thirds of them have a truncated MAC: the first bytes are compared.
        let computed = bytes(&Key::new(&key).mac(&[&message]).to_hex());
        assert!(computed.starts_with(&mac), "{}", case["count"]);
        if mac.len() == 32 {
            assert_eq!(
                accepts(&key, &message, &mac),
                [true; 2],
                "{}",
                case["count"]
            );
        }
    }
}

#[test]
fn peers() {
    let cases = include_str!("../../../tests/vectors/peers_hmac_sha256.json");
    let cases: Vec<Value> = serde_json::from_str(cases).unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let [key, data, mac] = ["key", "data", "mac"].map(|name| bytes(text(&case, name)));
        assert_eq!(accepts(&key, &data, &mac), [true; 2], "{}", case["name"]);
    }
}

#[test]
fn wycheproof() {
    let suite = include_str!("../../../tests/vectors/wycheproof_hmac_sha256.json");
    let suite: Value = serde_json::from_str(suite).unwrap();
    let mut run = 0;
    for group in list(&suite, "testGroups") {
        for test in list(group, "tests") {
            let valid = test["result"] == "valid";
            let [key, message, mac] = ["key", "msg", "tag"].map(|name| bytes(text(test, name)));
            let name = &test["tcId"];
            // The header's grammar refuses truncated MACs, so of them the first bytes are compared.
            let computed = bytes(&Key::new(&key).mac(&[&message]).to_hex());
            assert_eq!(computed.starts_with(&mac), valid, "{name}");
            if mac.len() == computed.len() {
                assert_eq!(accepts(&key, &message, &mac), [valid; 2], "{name}");
            }
            run += 1;
        }
    }
    assert_eq!(suite["numberOfTests"], run);
}
