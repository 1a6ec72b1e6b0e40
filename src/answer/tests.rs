use super::*;
use crate::{error::BodySignature, secret_hints::SecretHints, verifier::Verifier};

const JSON: (&str, &str) = ("content-type", "application/json");

#[test]
fn only_a_post_of_json_is_admitted() {
    for content_type in [
        "application/json",
        "Application/JSON",
        " application/json ; charset=utf-8",
        "application/json; name=\u{fffd}",
    ] {
        let admitted = admit(
            "POST",
            [("Content-Type", content_type), ("x-other", "gzip")],
        );
        assert_eq!(admitted, Ok(()), "{content_type}");
    }
    let refused = Err(Outcome::UnsupportedMediaType);
    for content_type in [
        "",
        "text/plain",
        "application/json5",
        "application/json, application/json",
        "application/problem+json",
    ] {
        let admitted = admit("POST", [("content-type", content_type)]);
        assert_eq!(admitted, refused, "{content_type}");
    }
    assert_eq!(admit("POST", [("content-types", JSON.1)]), refused);
    assert_eq!(admit("POST", [("", ""); 0]), refused);
    assert_eq!(admit("POST", [(JSON.0, "text/plain"), JSON]), refused);
    assert_eq!(admit("POST", [JSON, ("Content-Type", JSON.1)]), refused);
    for method in ["GET", "PUT", "post", ""] {
        let refused = Err(Outcome::MethodNotAllowed);
        assert_eq!(admit(method, [JSON]), refused, "{method}");
    }
}

#[test]
fn a_body_with_a_content_coding_is_not_admitted() {
    let admitted = |coding| admit("POST", [JSON, ("Content-Encoding", coding)]);
    for coding in [
        "",
        "identity",
        " Identity ",
        "identity, identity",
        ",",
        ", identity ,",
    ] {
        assert_eq!(admitted(coding), Ok(()), "{coding}");
    }
    let refused = Err(Outcome::UnsupportedContentEncoding);
    for coding in [
        "gzip",
        "br",
        "identity, gzip",
        "gzip,",
        "identity;q=1",
        "\u{fffd}",
        "identity gzip",
    ] {
        assert_eq!(admitted(coding), refused, "{coding}");
    }
    for codings in [["gzip", "identity"], ["identity", "gzip"]] {
        let codings = codings.map(|coding| ("content-encoding", coding));
        assert_eq!(admit("POST", codings.into_iter().chain([JSON])), refused);
    }
    let answer = Outcome::UnsupportedContentEncoding.answer();
    assert_eq!(answer.status, 415);
    let accepted = ("accept-encoding", "identity".to_string());
    assert!(answer.headers.contains(&accepted), "{:?}", answer.headers);
}

#[test]
fn a_received_delivery_is_answered_200() {
    let answer = Outcome::Duplicate.answer();
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, r#"{"verdict":"duplicate"}"#)
    );
    let content_type = ("content-type", "application/json".to_string());
    assert_eq!(answer.headers, [content_type]);
    let kept = Outcome::Kept(Code::EventMismatch).answer();
    assert_eq!(kept.body, r#"{"verdict":"kept","code":"event_mismatch"}"#);
}

#[test]
fn a_refusal_contains_the_error_s_finding() {
    let verifier = Verifier::builder()
        .secret(" s")
        .url("https://example.com/hooks");
    let headers: [(&str, &str); 0] = [];
    let error = verifier.build().unwrap().verify(headers, b"", 0);
    let error = error.unwrap_err();
    let refused = Outcome::Refused(Refusal::from(&error));
    assert_eq!(refused, Outcome::from(error.clone()));
    let answer = refused.answer();
    assert_eq!((answer.status, refused.verdict()), (400, "refused"));
    assert_eq!(
        answer.body,
        r#"{"title":"Bad Request","status":400,"code":"missing_header","field":"x-docutray-signature","detail":"x-docutray-signature is missing."}"#
    );
    let content_type = ("content-type", "application/problem+json".to_string());
    assert_eq!(answer.headers, [content_type]);
}

#[test]
fn no_answer_contains_anything_of_the_configuration() {
    let error = Verifier::builder().build().unwrap_err();
    let answer = Outcome::from(error).answer();
    assert_eq!(answer.status, 500);
    for option in ["secret", "url", "field"] {
        assert!(!answer.body.contains(option), "{}", answer.body);
    }
    let mut hints = SecretHints::default();
    hints.add(" s");
    let body = BodySignature::Fits;
    for error in [
        Error::SignatureMismatch { hints },
        Error::AuthSignatureMismatch { body, hints },
    ] {
        assert!(error.to_string().contains("white space"), "{error}");
        let body = Outcome::from(error).answer().body;
        for hint in ["white space", "secret", "configured", "URL"] {
            assert!(!body.contains(hint), "{body}");
        }
    }
}

#[test]
fn every_code_s_status_has_its_title() {
    for code in Code::ALL.iter().copied() {
        let is_internal = reason(code.status()) == "Internal Server Error";
        assert_eq!(is_internal, code.status() == 500, "{code}");
    }
}

#[test]
fn a_wrong_method_is_answered_with_the_allowed_one() {
    let answer = Outcome::MethodNotAllowed.answer();
    assert_eq!(answer.status, 405);
    assert!(answer.headers.contains(&("allow", "POST".to_string())));
}

#[test]
fn retry_after_is_sent_where_a_retry_makes_sense() {
    let header = |outcome: Outcome<'_>| {
        let headers = outcome.answer().headers;
        let found = headers.into_iter().find(|(name, _)| *name == "retry-after");
        found.map(|(_, value)| value)
    };
    let seven = Some("7".to_string());
    assert_eq!(header(Outcome::Busy { retry_after: 7 }), seven);
    let at_once = header(Outcome::Busy { retry_after: 0 });
    assert_eq!(at_once, Some("1".to_string()));
    assert_eq!(header(Outcome::Late { retry_after: 7 }), seven);
    assert_eq!(header(Outcome::LeaseLost { retry_after: 7 }), seven);
    assert_eq!(header(Outcome::StoreUnavailable), Some("30".to_string()));
    assert_eq!(header(Outcome::Overloaded), Some("30".to_string()));
    assert_eq!(header(Outcome::VerifierUnavailable), Some("30".to_string()));
    assert_eq!(header(Outcome::BodyTimeout), None);
    assert_eq!(header(Outcome::HandlerFailed), None);
}

#[test]
fn each_status_has_its_reason_phrase() {
    for (status, phrase) in [
        (400, "Bad Request"),
        (401, "Unauthorized"),
        (405, "Method Not Allowed"),
        (408, "Request Timeout"),
        (413, "Content Too Large"),
        (415, "Unsupported Media Type"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
        (503, "Service Unavailable"),
    ] {
        assert_eq!(reason(status), phrase);
    }
}

#[test]
fn a_delivery_without_a_usable_configuration_learns_nothing_about_it() {
    let outcome = Outcome::misconfigured();
    assert_eq!(
        (outcome.status(), outcome.code()),
        (500, Some("invalid_config"))
    );
    assert!(!outcome.answer().body.contains("field"));
}

#[test]
fn a_proxy_s_answers_say_what_to_do() {
    for (outcome, code, status) in [
        (Outcome::NoAnswer, "no_answer", 502),
        (Outcome::RawBodyGone, "raw_body_gone", 500),
    ] {
        assert_eq!((outcome.status(), outcome.code()), (status, Some(code)));
        assert!(outcome.detail().ends_with('.'), "{}", outcome.detail());
    }
    for good in [
        Outcome::Processed,
        Outcome::Duplicate,
        Outcome::Acknowledged,
    ] {
        assert_eq!(good.detail(), "");
    }
}
