use alloc::{
    format,
    string::{String, ToString as _},
    vec,
    vec::Vec,
};

use docutray_webhook::signing::Signer;

use crate::{
    explain::{
        ExplainRequest,
        tests::{BODY, NOW, SECRET, URL, explained, request, unsigned},
    },
    sign::{Unsigned, sign},
    wire::Bytes,
};

fn name(request: &ExplainRequest) -> Option<&'static str> {
    explained(request).mistake.map(|mistake| mistake.name)
}

#[test]
fn the_mistake_in_a_url_is_named() {
    for (registered, configured, mistake) in [
        (URL, "https://example.com/hooks/", "url_slash"),
        ("https://example.com/", "https://example.com", "url_slash"),
        (
            "https://example.com/a/?b=1",
            "https://example.com/a?b=1",
            "url_slash",
        ),
        (URL, "http://example.com/hooks", "url_scheme"),
        (URL, "https://example.com:443/hooks", "url_port"),
        ("https://example.com:8443/hooks", URL, "url_port"),
        (URL, "https://example.com/hooks?tenant=7", "url_query"),
        (URL, "https://example.com/hooks#top", "url_fragment"),
        (
            "https://e.com/?a=1&b=2",
            "https://e.com/?a=1&amp;b=2",
            "url_escapes",
        ),
        (
            "https://e.com/?a=1&b=2",
            "https://e.com/?a=1\\&b=2",
            "url_escapes",
        ),
        (URL, "https://Example.com/hooks", "url_host_case"),
        (URL, "https://www.example.com/hooks", "url_host"),
        (
            "http://localhost:8080/h",
            "http://127.0.0.1:8080/h",
            "url_host",
        ),
        (URL, "https://example.com//hooks", "url_double_slash"),
        (URL, "http://example.com/hooks/", "url_slash"),
        (URL, "http://example.com:80/hooks", "url_scheme"),
    ] {
        let signed = sign(&Unsigned {
            url: registered.into(),
            ..unsigned()
        });
        let request = ExplainRequest {
            url: Some(configured.into()),
            ..request(signed)
        };
        let found = explained(&request).mistake.expect(configured);
        assert_eq!(found.name, mistake, "{configured}");
        assert!(
            found.advice.contains(&format!(" {registered}.")),
            "{}",
            found.advice
        );
    }
}

#[test]
fn the_request_s_own_target_and_host_help_to_find_the_url() {
    let registered = "https://hooks.example.com/docutray?tenant=7&region=cl";
    let mut signed = sign(&Unsigned {
        url: registered.into(),
        ..unsigned()
    });
    signed
        .headers
        .push(("Host".into(), "hooks.example.com".into()));
    for (configured, mistake) in [
        ("https://hooks.example.com/docutray?tenant=7", "url_target"),
        ("https://localhost:8080/docutray", "url_host"),
    ] {
        let request = ExplainRequest {
            url: Some(configured.into()),
            target: Some("/docutray?tenant=7&region=cl".into()),
            ..request(signed.clone())
        };
        assert_eq!(name(&request), Some(mistake));
    }
}

#[test]
fn the_mistake_in_a_secret_is_named_even_where_the_url_is_wrong_too() {
    for (configured, mistake) in [
        ("whsec_9f8e7d6c5b4a\n", "secret_white_space"),
        (" whsec_9f8e7d6c5b4a", "secret_white_space"),
        ("whsec_9f8e7d6c5b4a\\n", "secret_escaped_line_end"),
        ("\"whsec_9f8e7d6c5b4a\"", "secret_quotes"),
        ("\u{201c}whsec_9f8e7d6c5b4a\u{201d}", "secret_quotes"),
        ("\"whsec_9f8e7d6c5b4a\"\n", "secret_white_space"),
        ("SECRET=whsec_9f8e7d6c5b4a", "secret_assignment"),
        ("export SECRET='whsec_9f8e7d6c5b4a'", "secret_assignment"),
        ("\u{feff}whsec_9f8e7d6c5b4a", "secret_invisible"),
        ("d2hzZWNfOWY4ZTdkNmM1YjRh", "secret_base64"),
        ("d2hzZWNfOWY4ZTdkNmM1YjRh\n", "secret_white_space"),
        ("77687365635f396638653764366335623461", "secret_hex"),
        ("9f8e7d6c5b4a", "secret_prefix"),
    ] {
        for url in [Some(URL), Some("https://elsewhere.example/"), None] {
            let request = ExplainRequest {
                secrets: vec!["another".into(), configured.into()],
                url: url.map(Into::into),
                ..request(sign(&unsigned()))
            };
            assert_eq!(name(&request), Some(mistake), "{configured:?} {url:?}");
        }
    }
    let signed = sign(&Unsigned {
        secret: "c2VjcmV0".into(),
        ..unsigned()
    });
    let request = ExplainRequest {
        secrets: vec!["secret".into()],
        ..request(signed)
    };
    assert_eq!(name(&request), Some("secret_decoded"));
}

#[test]
fn the_change_of_a_body_is_named() {
    let pretty = "{\r\n  \"archive\": \"ñ/é\",\r\n  \"n\": 1.0\r\n}\r\n";
    let utf16: Vec<u8> = BODY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin: Vec<u8> = BODY.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let mojibake: String = BODY.bytes().map(char::from).collect();
    let escaped = BODY.replace('ñ', "\\u00f1").replace('é', "\\u00e9");
    let quoted = serde_json::to_string(BODY).unwrap();
    for (signed, received, mistake) in [
        (
            BODY,
            format!("{BODY}\n").into_bytes(),
            "body_trailing_newline",
        ),
        (
            BODY,
            format!("{BODY}\r\n").into_bytes(),
            "body_trailing_newline",
        ),
        (pretty, pretty.trim_end().into(), "body_trailing_newline"),
        (BODY, format!("  {BODY}").into_bytes(), "body_white_space"),
        (
            BODY,
            format!("\u{feff}{BODY}").into_bytes(),
            "body_byte_order_mark",
        ),
        (
            pretty,
            pretty.replace("\r\n", "\n").into_bytes(),
            "body_line_ends",
        ),
        (
            "{\n\"a\":1\n}",
            b"{\r\n\"a\":1\r\n}".to_vec(),
            "body_line_ends",
        ),
        (BODY, utf16, "body_encoding"),
        (BODY, latin, "body_encoding"),
        (BODY, mojibake.into_bytes(), "body_encoding"),
        (
            BODY,
            BODY.replace(':', ": ").replace(',', ", ").into_bytes(),
            "body_serialised_again",
        ),
        (
            "{\n  \"a\": 1\n}",
            b"{\"a\":1}".to_vec(),
            "body_serialised_again",
        ),
        (
            "{\n    \"a\": 1\n}\n",
            b"{\"a\":1}".to_vec(),
            "body_serialised_again",
        ),
        (BODY, escaped.clone().into_bytes(), "body_escapes"),
        (&escaped, BODY.into(), "body_escapes"),
        (BODY, BODY.replace('/', "\\/").into_bytes(), "body_escapes"),
        (BODY, quoted.into_bytes(), "body_quoted"),
        ("{\"a\":1}", b"eyJhIjoxfQ==".to_vec(), "body_base64"),
        (BODY, Vec::new(), "body_empty"),
        (BODY, b"[object Object]".to_vec(), "body_object"),
    ] {
        let mut delivery = sign(&Unsigned {
            body: signed.into(),
            ..unsigned()
        });
        delivery.body = Bytes(received);
        assert_eq!(
            name(&request(delivery.clone())),
            Some(mistake),
            "{delivery:?}"
        );
    }
}

#[test]
fn the_change_of_a_body_is_named_even_where_the_payload_does_not_fit() {
    let mut delivery = sign(&Unsigned {
        event: "STEP_FAILED".into(),
        body: "[1]".into(),
        ..unsigned()
    });
    delivery.body = "[1]\n".into();
    assert_eq!(name(&request(delivery)), Some("body_trailing_newline"));
}

#[test]
fn a_body_that_lost_digits_is_known_by_its_length() {
    let mut delivery = sign(&unsigned());
    delivery
        .headers
        .push(("content-length".into(), BODY.len().to_string()));
    delivery.body = Bytes(BODY.replace("1250.00", "1250").into_bytes());
    assert_eq!(name(&request(delivery)), Some("body_length"));
}

#[test]
fn exchanged_signatures_and_mixed_deliveries_are_named() {
    let mut exchanged = sign(&unsigned());
    let second = exchanged.headers[3].1.clone();
    exchanged.headers[3].1 = core::mem::replace(&mut exchanged.headers[2].1, second);
    assert_eq!(name(&request(exchanged)), Some("signatures_exchanged"));

    let mut mixed = sign(&unsigned());
    let (_, signature) = &mut mixed.headers[2];
    *signature = Signer::new("old").body_signature(BODY.as_bytes());
    let mixed = ExplainRequest {
        secrets: vec![SECRET.into(), "old".into()],
        ..request(mixed)
    };
    assert_eq!(name(&mixed), Some("two_secrets"));
}

#[test]
fn a_stale_delivery_with_a_mistake_has_both_named() {
    let request = ExplainRequest {
        url: Some(format!("{URL}/")),
        now: NOW + 100_000,
        ..request(sign(&unsigned()))
    };
    let explanation = explained(&request);
    assert_eq!(explanation.timestamp, Some(NOW));
    assert_eq!(explanation.mistake.unwrap().name, "url_slash");
}
