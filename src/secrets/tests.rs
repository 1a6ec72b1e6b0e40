mod vectors;

use super::*;
use alloc::format;

// The usual way to assert that a type lacks a trait: with `PartialEq` these calls would be ambiguous.
const _: fn() = || {
    trait Ambiguous<A> {
        fn holds() {}
    }
    struct IfEqual;
    impl<T: ?Sized> Ambiguous<()> for T {}
    impl<T: ?Sized + PartialEq> Ambiguous<IfEqual> for T {}
    <ReceivedMac as Ambiguous<_>>::holds();
    <ComputedMac as Ambiguous<_>>::holds();
};

fn received(mac: &[u8]) -> ReceivedMac {
    ReceivedMac::new(mac.try_into().unwrap())
}

fn bytes(digits: &str) -> Vec<u8> {
    hex::decode(digits).unwrap()
}

fn secrets(keys: &[&[u8]]) -> Secrets {
    Secrets::new(
        keys.iter().copied().map(Key::new).collect(),
        SecretHints::default(),
    )
}

#[test]
fn finds_the_signing_secret_at_any_index() {
    let keys: [&[u8]; 3] = [b"new", b"old", b"older"];
    let secrets = secrets(&keys);
    for (place, key) in (0..).zip(keys) {
        let received = received(&bytes(&Key::new(key).mac(&[b"m"]).to_hex()));
        let signed_by = secrets.signed_by(&received, &[&[b"other"], &[b"m"]]);
        assert!(matches!(signed_by, Some(SignedBy::One(found)) if found == place));
        assert!(secrets.signed_by(&received, &[&[b"other"]]).is_none());
        assert!(secrets.body_mac(SignedBy::Any).0.len() == keys.len());
    }
}

#[test]
fn debug_output_shows_that_something_is_there_and_not_what() {
    let mac = received(&[0xab; 32]);
    assert_eq!(format!("{mac:?}"), "ReceivedMac");
    let secrets = secrets(&[b"a", b"b"]);
    assert_eq!(format!("{secrets:?}"), "2 redacted");
    let mac = secrets.body_mac(SignedBy::Any);
    assert_eq!(format!("{mac:?}"), "redacted");
}
