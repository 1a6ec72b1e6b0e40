//! Promise: what prepares a secret's key is wiped at once, and the key when its verifier is dropped. This reads the memory of a process,
//! as a dump would. `js/test/secrets.test.mjs` does the same with an instance.
#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

use std::{
    env,
    fs::{self, File},
    hint::black_box,
    os::unix::fs::FileExt as _,
    process::Command,
};

use docutray_webhook::{Code, Verifier};
use sha2::block_api::compress256;
use zeroize::Zeroizing;

const SECRET: &str = "whsec_0f1e2d3c4b5a69788796a5b4c3d2e1f0";
const NOW: u64 = 1_705_314_600;
/// Has what the child looks for. Each byte is inverted, so that the child does not find the variable itself.
const PATTERNS: &str = "DOCUTRAY_WEBHOOK_PATTERNS";
/// The initial state of SHA-256 (FIPS 180-4, 5.3.3).
const INITIAL: [u32; 8] = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];
/// Read at once, in bytes.
const CHUNK: usize = 1 << 20;

/// The secret's block, XOR one of HMAC's two pads (RFC 2104).
fn padded(pad: u8) -> [u8; 64] {
    let mut block = [pad; 64];
    for (byte, secret) in block.iter_mut().zip(SECRET.bytes()) {
        *byte ^= secret;
    }
    block
}

/// The state of SHA-256 after such a block. Whoever has both states can sign.
fn state(pad: u8) -> Vec<u8> {
    let mut state = INITIAL;
    compress256(&mut state, &[padded(pad)]);
    state.iter().flat_map(|word| word.to_ne_bytes()).collect()
}

fn inverted(pattern: &[u8]) -> String {
    hex::encode(pattern.iter().map(|byte| !byte).collect::<Vec<_>>())
}

/// Returns whether the memory of this process has the pattern anywhere.
fn memory_has(inverted: &[u8]) -> bool {
    let memory = File::open("/proc/self/mem").unwrap();
    // What is read is wiped, since it may be what the next search looks for.
    let mut chunk = Zeroizing::new(vec![0; CHUNK]);
    let found = |(start, end): (u64, u64)| {
        // A pattern may lie across the end of a chunk.
        let starts = (start..end).step_by(CHUNK - inverted.len());
        starts.into_iter().any(|at| {
            let length = usize::try_from(end - at).unwrap().min(CHUNK);
            let read = memory.read_at(&mut chunk[..length], at).unwrap_or(0);
            has(&chunk[..read], inverted)
        })
    };
    writable().into_iter().any(found)
}

fn has(bytes: &[u8], inverted: &[u8]) -> bool {
    bytes.windows(inverted.len()).any(|window| {
        window[0] == !inverted[0]
            && window
                .iter()
                .zip(inverted)
                .all(|(byte, other)| *byte == !other)
    })
}

/// Where this process may write: the first address of each range, and the one after it.
fn writable() -> Vec<(u64, u64)> {
    let address = |digits| u64::from_str_radix(digits, 16).unwrap();
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let ranges = maps.lines().filter_map(|line| {
        let (range, rest) = line.split_once(' ')?;
        let (start, end) = range.split_once('-')?;
        rest.starts_with("rw")
            .then(|| (address(start), address(end)))
    });
    ranges.collect()
}

/// Calls a function far below on the stack, where the search does not overwrite what it leaves.
#[inline(never)]
fn far_below<T>(call: impl FnOnce() -> T) -> T {
    let room = [0_u8; 64 << 10];
    black_box(&room);
    call()
}

/// In a process of its own, which computes nothing of what it looks for.
fn child(patterns: &str) {
    let patterns: Vec<_> = patterns
        .split(',')
        .map(|digits| hex::decode(digits).unwrap())
        .collect();
    let (padded, states) = patterns.split_at(2);
    let has_any = |patterns: &[Vec<u8>]| patterns.iter().any(|pattern| memory_has(pattern));
    let builder = far_below(|| Verifier::builder().secret(SECRET).body_only());
    assert!(!has_any(padded), "the secret was just prepared");
    let verifier = builder.build().unwrap();
    assert!(
        states.iter().all(|state| memory_has(state)),
        "the keys are where this test looks"
    );
    let headers = [
        ("X-Docutray-Signature", format!("sha256={}", "0".repeat(64))),
        ("X-Docutray-Timestamp", NOW.to_string()),
        (
            "X-Docutray-Request-Id",
            "550e8400-e29b-41d4-a716-446655440000".to_owned(),
        ),
        ("X-Docutray-Event", "STEP_STARTED".to_owned()),
    ];
    let error = far_below(|| verifier.verify(headers, b"{}", NOW)).unwrap_err();
    assert_eq!(error.code(), Code::SignatureMismatch);
    far_below(|| drop(verifier));
    assert!(!has_any(padded), "a delivery was verified");
    assert!(!has_any(states), "the verifier was dropped");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "/proc is Linux's")]
fn memory_has_nothing_of_a_secret_that_was_prepared_and_dropped() {
    if let Ok(patterns) = env::var(PATTERNS) {
        return child(&patterns);
    }
    let patterns = [&padded(0x36)[..], &padded(0x5c), &state(0x36), &state(0x5c)];
    let output = Command::new(env::current_exe().unwrap())
        .args(["--nocapture", "--test-threads=1"])
        .env(PATTERNS, patterns.map(inverted).join(","))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
