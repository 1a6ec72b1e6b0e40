//! The MAC against that of HACL*.

use docutray_webhook::signing::Signer;
use proptest::{collection::vec, prelude::*, test_runner::TestRunner};

use crate::{naive, seeded};

/// Compares MACs of random keys and messages. Their lengths are on both sides of SHA-256's block of 64 bytes.
pub fn compare(count: u32, seed: u64) {
    let keys = prop_oneof![3 => "\\PC{1,40}", 1 => "[ -~]{62,67}", 1 => "[ -~]{100,200}"];
    let messages = prop_oneof![4 => vec(any::<u8>(), 0..200), 1 => vec(any::<u8>(), 500..3_000)];
    let run = TestRunner::new(seeded(count, seed)).run(&(keys, messages), |(key, message)| {
        prop_assert_eq!(
            Signer::new(&key).body_signature(&message),
            naive::signature(&key, &message)
        );
        Ok(())
    });
    run.unwrap();
}
