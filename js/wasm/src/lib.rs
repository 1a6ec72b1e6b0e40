//! The core for JavaScript: headers and bytes in, a verdict out. It holds no rule of its own.
//!
//! `js/src` puts the package's interface on top. A delivery crosses in one call: the package writes it into the buffer of
//! this instance, and reads numbers and one text back. Nothing of a delivery counts for the next call, so the package can
//! replace the instance between any two. What is rare (options, errors, answers) crosses the same way, as fields: no value of
//! JavaScript's own is ever in here.
//!
//! `js/module` is this as a module: with an allocator, and with what becomes of a panic.

#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;
#[cfg(test)]
extern crate std;

mod answer;
mod error;
mod event_names;
mod fields;
mod instance;
mod number;
mod options;
mod told;

use alloc::vec;

use docutray_webhook::{Error, HEADER_NAMES};
use wasm_bindgen::prelude::*;

use crate::{
    instance::Instance,
    number::{double, whole},
    options::Options,
};

/// Where the numbers are that a call tells, an address in the instance's memory that stays. In their order:
///
/// | | |
/// |--:|---|
/// | 0, 1 | the bytes that were told: their address, and how many |
/// | 2, 3, 4 | of a verdict, whose bytes are one text, the lengths in bytes of its parts: request id, event name, key |
/// | 5 | the length in bytes of the id at the key's end, or -1 |
/// | 6 | the event's place among the names |
/// | 7 | the timestamp, Unix time in seconds |
/// | 8, 9 | the buffer to write to: its address, and how many bytes it has. Any call may change both. |
#[wasm_bindgen]
#[must_use]
pub fn numbers() -> *const f64 {
    instance::with(|instance| instance.told.numbers().as_ptr())
}

/// Tells, as fields, the version of this crate (tag 0), the names of the headers that matter (1), in lower case, and the
/// events' names (2), `UNKNOWN` the last.
#[wasm_bindgen]
pub fn names() {
    instance::with(|instance| {
        let mut names = vec![(0, env!("CARGO_PKG_VERSION"))];
        names.extend(HEADER_NAMES.iter().map(|name| (1, *name)));
        names.extend(event_names::kinds().map(|kind| (2, kind.as_str())));
        instance.told.fields(&names);
    });
}

/// Makes the buffer at least so many bytes large. Where there is no memory for it, it stays as it is.
#[wasm_bindgen]
pub fn room(length: usize) {
    instance::with(|instance| instance.make_room(length));
}

/// Tells the outcome of a request that cannot be a delivery as a field, its name (tag 0), if it cannot. The buffer has the
/// method (0), the Content-Type (1) and the Content-Encoding (2), where the request has them.
#[wasm_bindgen]
pub fn admit(fields: usize) {
    instance::with(|instance| {
        let asked = instance.fields(fields);
        let text = |tag| asked.texts(tag).next();
        let method = text(0).unwrap_or_default();
        let admitted = docutray_webhook::answer::admit(method, text(1), text(2));
        let outcome = admitted.err().and_then(|outcome| outcome.code());
        let name = outcome.map(|name| (0, name));
        instance.told.fields(name.as_slice());
    });
}

/// Tells an answer as fields. The buffer has the outcome's name (tag 0), and of an error its code (1), field (2) and finding
/// (3); `retry_after` is in seconds.
#[wasm_bindgen]
pub fn answer(fields: usize, retry_after: Option<f64>) {
    instance::with(|instance| {
        let outcome = answer::asked(instance.fields(fields), retry_after);
        answer::tell(&mut instance.told, outcome);
    });
}

/// Makes a verifier, and gives its number. The buffer has the secrets (tag 0), which are wiped there, and the URLs (1); where
/// none is `registered`, the metadata is not checked. `tolerance` is in seconds, `max_body` in bytes.
///
/// None for a wrong configuration: the error is told.
#[wasm_bindgen]
#[must_use]
pub fn prepare(
    fields: usize,
    registered: bool,
    tolerance: Option<f64>,
    max_body: Option<f64>,
) -> Option<u32> {
    let options = Options {
        registered,
        tolerance,
        max_body,
    };
    instance::with(|instance| {
        match instance.with_secrets(fields, |fields| options.builder(fields).build()) {
            Ok(verifier) => u32::try_from(instance.keep(verifier)).ok(),
            Err(error) => {
                error::tell(&mut instance.told, &error);
                None
            }
        }
    })
}

/// Drops a verifier and wipes its keys.
#[wasm_bindgen]
pub fn release(verifier: usize) {
    instance::with(|instance| instance.release(verifier));
}

/// The largest body that a verifier takes, in bytes.
#[wasm_bindgen(js_name = maxBody)]
#[must_use]
pub fn max_body(verifier: usize) -> f64 {
    let max_body = instance::with(|instance| Some(instance.verifier(verifier)?.max_body()));
    double(max_body.unwrap_or_default())
}

/// Whether a verifier takes a body of this many bytes; if not, the error is told.
#[wasm_bindgen(js_name = admitLength)]
#[must_use]
pub fn admit_length(verifier: usize, length: f64) -> bool {
    instance::with(|instance| {
        let verifier = instance.verifier(verifier);
        let admitted = verifier.map(|verifier| verifier.admit(whole(length)));
        passed(instance, admitted)
    })
}

/// Checks the metadata alone. The head is so many bytes of the buffer: the headers, each tagged with its name's place among
/// the names. `now` is Unix time in seconds. If it fails, the error is told.
#[wasm_bindgen]
#[must_use]
pub fn authorize(verifier: usize, head: usize, now: f64) -> bool {
    instance::with(|instance| {
        let authorized = instance.authorize(verifier, head, whole(now));
        passed(instance, authorized)
    })
}

/// Checks the metadata of a delivery whose body is to come, and the body's length in bytes, as far as it is known; then there
/// is room for it behind the head, as far as there is memory. If it fails, the error is told.
#[wasm_bindgen]
#[must_use]
pub fn begin(verifier: usize, head: usize, length: f64, now: f64) -> bool {
    instance::with(|instance| {
        let begun = instance.begin(verifier, head, whole(length), whole(now));
        passed(instance, begun)
    })
}

/// Checks the whole delivery: the head, and the body right behind it. The buffer stays as it is up to 96 KiB. If it fails,
/// the error is told.
#[wasm_bindgen]
#[must_use]
pub fn check(verifier: usize, head: usize, body: usize, now: f64) -> bool {
    instance::with(|instance| {
        let checked = instance.check(verifier, head, body, whole(now));
        passed(instance, checked)
    })
}

/// Of a verifier that there is not, a mistake of the package, no field is told.
fn passed(instance: &mut Instance, verdict: Option<Result<(), Error>>) -> bool {
    match verdict {
        Some(Ok(())) => return true,
        Some(Err(error)) => error::tell(&mut instance.told, &error),
        None => instance.told.fields(&[]),
    }
    false
}
