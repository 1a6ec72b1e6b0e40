//! Runs the target `receiver`.
#![no_main]

use docutray_webhook_differential::targets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| targets::receiver(input));
