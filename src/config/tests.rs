use super::*;
use crate::{Verifier, error::Code};
use alloc::{format, string::ToString};

const URL: &str = "https://example.com/hooks";

fn option(builder: VerifierBuilder) -> Option<String> {
    let error = builder.build().err()?;
    assert_eq!(error.code(), Code::InvalidConfig);
    Some(error.field().unwrap().to_string())
}

#[test]
fn one_secret_and_one_url_suffice() {
    let verifier = Verifier::builder().secret("s").url(URL).build();
    assert!(verifier.is_ok());
}

#[test]
fn takes_1_to_8_secrets_and_no_empty_one() {
    let builder = || Verifier::builder().url(URL);
    for (secrets, fault) in [
        (1, None),
        (8, None),
        (0, Some("secrets")),
        (9, Some("secrets")),
    ] {
        let secrets = (0..secrets).map(|number| format!("secret {number}"));
        assert_eq!(option(builder().secrets(secrets)).as_deref(), fault);
    }
    let empty = option(builder().secret("s").secret(""));
    assert_eq!(empty.as_deref(), Some("secrets"));
}

#[test]
fn takes_1_to_8_urls_and_no_empty_one_or_the_opt_out() {
    let builder = || Verifier::builder().secret("s");
    for (urls, fault) in [(1, None), (8, None), (0, Some("urls")), (9, Some("urls"))] {
        let urls = (0..urls).map(|number| format!("{URL}/{number}"));
        assert_eq!(option(builder().urls(urls)).as_deref(), fault);
    }
    assert_eq!(option(builder().url(URL).url("")).as_deref(), Some("urls"));
    assert_eq!(option(builder().body_only()), None);
    let both = option(builder().body_only().url(URL));
    assert_eq!(both.as_deref(), Some("urls"));
}

#[test]
fn a_url_begins_with_an_http_scheme_and_has_no_white_space() {
    let builder = || Verifier::builder().secret("s").url(URL);
    for url in [
        "http://localhost:8080/hooks",
        "https://[::1]/",
        "https://é.example/?a=b|c",
    ] {
        assert_eq!(option(builder().url(url)), None, "{url}");
    }
    for url in [
        "example.com/hooks",
        "/hooks",
        "ftp://example.com/hooks",
        "HTTPS://example.com/hooks",
        "https:/example.com",
        " https://example.com/hooks",
        "https://example.com/hooks\n",
        "https://example.com/my hooks",
        "https://example.com/\u{a0}",
    ] {
        assert_eq!(option(builder().url(url)).as_deref(), Some("urls"), "{url}");
    }
}

#[test]
fn reports_every_wrong_option_at_once() {
    let builder = Verifier::builder().tolerance(Duration::ZERO);
    let error = builder.max_body(u64::MAX).build().unwrap_err();
    let Error::InvalidConfig { problems } = &error else {
        panic!("{error}");
    };
    let options: Vec<_> = problems.iter().map(|problem| problem.option).collect();
    assert_eq!(options, ["secrets", "urls", "tolerance", "max_body"]);
    let texts: Vec<_> = problems.iter().map(|problem| problem.problem).collect();
    let expected = format!("invalid_config: {}", texts.join("; "));
    assert_eq!(error.to_string(), expected);
}

#[test]
fn says_what_is_wrong() {
    let secret = || Verifier::builder().secret("s");
    let url = || Verifier::builder().url(URL);
    let many = || (0..9).map(|number| format!("{URL}/{number}"));
    for (builder, expected) in [
        (url(), "no secret"),
        (url().secret("s").secret(""), "an empty secret"),
        (url().secrets(many()), "more than 8 secrets"),
        (secret(), "no URL"),
        (secret().url(URL).body_only(), "exclude each other"),
        (secret().url(""), "an empty URL"),
        (secret().url("https://a b"), "a URL with white space"),
        (secret().url("/hooks"), "does not begin with https://"),
        (secret().urls(many()), "more than 8 URLs"),
    ] {
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains(expected), "{expected}: {error}");
    }
}

#[test]
fn the_list_of_keys_never_grows_since_that_would_leave_copies_of_them() {
    let builder = Verifier::builder();
    let capacity = builder.keys.capacity();
    let secrets = (0..20).map(|number| format!("secret {number}"));
    assert_eq!(builder.secrets(secrets).keys.capacity(), capacity);
}

#[test]
fn takes_1_to_86_400_whole_seconds() {
    let tolerance = |duration| {
        let builder = Verifier::builder().secret("s").url(URL);
        option(builder.tolerance(duration)).is_none()
    };
    assert!(tolerance(Duration::from_secs(1)));
    assert!(tolerance(Duration::from_secs(86_400)));
    assert!(!tolerance(Duration::ZERO));
    assert!(!tolerance(Duration::from_secs(86_401)));
    assert!(!tolerance(Duration::from_millis(1_500)));
    assert!(!tolerance(Duration::MAX));
}

#[test]
fn takes_a_limit_of_0_to_256_mib() {
    let limit = |bytes| {
        let builder = Verifier::builder().secret("s").url(URL);
        option(builder.max_body(bytes))
    };
    for bytes in [0, 1, 268_435_456] {
        assert_eq!(limit(bytes), None, "{bytes}");
    }
    for bytes in [268_435_457, u64::from(u32::MAX), u64::MAX] {
        assert_eq!(limit(bytes).as_deref(), Some("max_body"), "{bytes}");
    }
}
