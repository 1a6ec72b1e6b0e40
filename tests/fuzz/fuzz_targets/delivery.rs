//! Runs the target `delivery`.
#![no_main]

use docutray_webhook_differential::targets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| targets::delivery(input));
