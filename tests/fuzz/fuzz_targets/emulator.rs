//! Runs the target `emulator`.
#![no_main]

use docutray_webhook_differential::targets;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| targets::emulator(input));
