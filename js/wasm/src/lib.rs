//! The core for JavaScript: it takes headers and bytes and returns a verdict. It contains no rules of its own.
//!
//! `js/src` adds the package's interface. A delivery takes one call: the package writes it into this instance's buffer and
//! reads back numbers and one text. No call depends on the delivery before it, so the package can replace the instance
//! between any two calls. What is rare (options, errors, answers) passes the same way, as fields. No JavaScript value ever
//! enters the instance.
//!
//! `js/module` makes a module of this, with an allocator and a panic handler.

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

use alloc::{string::ToString as _, vec, vec::Vec};

use docutray_webhook::{Error, HEADER_NAMES, Verifier};
use wasm_bindgen::prelude::*;

use crate::{
    instance::Instance,
    number::{double, whole},
    options::Options,
};

/// Returns the address of the numbers that a call tells. The address never changes. The numbers are, in this order:
///
/// | | |
/// |--:|---|
/// | 0, 1 | the address and the length of the bytes that were told |
/// | 2, 3, 4 | for a verdict, whose bytes are one text: the lengths in bytes of request id, event name and key |
/// | 5 | the length in bytes of the id at the key's end, or -1 |
/// | 6 | the event's index among the names |
/// | 7 | the timestamp, Unix time in seconds |
/// | 8, 9 | the address and the size in bytes of the buffer to write to. Any call may change both. |
#[wasm_bindgen]
#[must_use]
pub fn numbers() -> *const f64 {
    instance::with(|instance| instance.told.numbers().as_ptr())
}

/// Tells, as fields, the version of this crate (tag 0), the lower-case names of the headers that are checked (1), and the
/// names of the events (2), the last of which is `UNKNOWN`.
#[wasm_bindgen]
pub fn names() {
    instance::with(|instance| {
        let mut names = vec![(0, env!("CARGO_PKG_VERSION"))];
        names.extend(HEADER_NAMES.iter().map(|name| (1, *name)));
        names.extend(event_names::kinds().map(|kind| (2, kind.as_str())));
        instance.told.fields(&names);
    });
}

/// Makes the buffer at least this many bytes large. If memory is used up, the buffer stays as it is.
#[wasm_bindgen]
pub fn room(length: usize) {
    instance::with(|instance| instance.make_room(length));
}

/// Checks the method (tag 0 in the buffer), each Content-Type (1) and each Content-Encoding (2) of a request. If the request cannot be a delivery, tells the name of its outcome as a field (tag 0), and otherwise no field.
#[wasm_bindgen]
pub fn admit(fields: usize) {
    instance::with(|instance| {
        let asked = instance.fields(fields);
        let method = asked.texts(0).next().unwrap_or_default();
        let types = asked.texts(1).map(|value| ("content-type", value));
        let codings = asked.texts(2).map(|value| ("content-encoding", value));
        let admitted = docutray_webhook::answer::admit(method, types.chain(codings));
        let outcome = admitted.err().and_then(|outcome| outcome.code());
        let name = outcome.map(|name| (0, name));
        instance.told.fields(name.as_slice());
    });
}

/// Tells the answer to an outcome as fields. The buffer contains the outcome's name (tag 0) and, for an error, its code (1),
/// field (2) and finding (3). `retry_after` is in seconds.
#[wasm_bindgen]
pub fn answer(fields: usize, retry_after: Option<f64>) {
    instance::with(|instance| {
        let outcome = answer::asked(instance.fields(fields), retry_after);
        answer::tell(&mut instance.told, outcome);
    });
}

/// Makes a verifier and returns its number. The buffer contains the secrets (tag 0), which are then wiped there, and the URLs
/// (1). If `registered` is false, the metadata is not checked. `tolerance` is in seconds, `max_body` in bytes.
///
/// Returns `None` for a wrong configuration and tells the error.
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

/// Tells what looks like a mistake in a verifier's secrets: a field (tag 0) for each sentence, for the operator.
#[wasm_bindgen(js_name = secretHints)]
pub fn secret_hints(verifier: usize) {
    instance::with(|instance| {
        let verifier = instance.verifier(verifier);
        let hints = verifier.into_iter().flat_map(Verifier::secret_hints);
        let hints: Vec<_> = hints.map(|hint| hint.to_string()).collect();
        let fields: Vec<_> = hints.iter().map(|hint| (0, hint.as_str())).collect();
        instance.told.fields(&fields);
    });
}

/// Drops a verifier, which wipes its keys.
#[wasm_bindgen]
pub fn release(verifier: usize) {
    instance::with(|instance| instance.release(verifier));
}

/// Returns the size of the largest body that a verifier accepts, in bytes.
#[wasm_bindgen(js_name = maxBody)]
#[must_use]
pub fn max_body(verifier: usize) -> f64 {
    let max_body = instance::with(|instance| Some(instance.verifier(verifier)?.max_body()));
    double(max_body.unwrap_or_default())
}

/// Returns whether a verifier accepts a body of this many bytes. If not, tells the error.
#[wasm_bindgen(js_name = admitLength)]
#[must_use]
pub fn admit_length(verifier: usize, length: f64) -> bool {
    instance::with(|instance| {
        let verifier = instance.verifier(verifier);
        let admitted = verifier.map(|verifier| verifier.admit(whole(length)));
        passed(instance, admitted)
    })
}

/// Verifies only the metadata. The headers are in the first `head` bytes of the buffer, each tagged with the index of its
/// name among the names. `now` is Unix time in seconds. Returns whether it passed. If not, tells the error.
#[wasm_bindgen]
#[must_use]
pub fn authorize(verifier: usize, head: usize, now: f64) -> bool {
    instance::with(|instance| {
        let authorized = instance.authorize(verifier, head, whole(now));
        passed(instance, authorized)
    })
}

/// Verifies the metadata of a delivery and checks the body's length in bytes, as far as it is known. Then makes room for the
/// body after the head, as far as memory allows. Returns whether it passed. If not, tells the error.
#[wasm_bindgen]
#[must_use]
pub fn begin(verifier: usize, head: usize, length: f64, now: f64) -> bool {
    instance::with(|instance| {
        let begun = instance.begin(verifier, head, whole(length), whole(now));
        passed(instance, begun)
    })
}

/// Verifies a whole delivery: the head, and the body right after it. Up to 96 KiB of the buffer stay unchanged. Returns
/// whether it passed. If not, tells the error.
#[wasm_bindgen]
#[must_use]
pub fn check(verifier: usize, head: usize, body: usize, now: f64) -> bool {
    instance::with(|instance| {
        let checked = instance.check(verifier, head, body, whole(now));
        passed(instance, checked)
    })
}

/// Returns whether the verdict is good. Tells no field if the verifier does not exist, which is a bug of the package.
fn passed(instance: &mut Instance, verdict: Option<Result<(), Error>>) -> bool {
    match verdict {
        Some(Ok(())) => return true,
        Some(Err(error)) => error::tell(&mut instance.told, &error),
        None => instance.told.fields(&[]),
    }
    false
}
