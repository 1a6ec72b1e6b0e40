//! Changes to a signed delivery.

use alloc::{
    string::{String, ToString as _},
    vec::Vec,
};

use crate::wire::{Bytes, DeliveryBytes};

/// The body with another byte in its middle. Of an empty one, a space.
pub(super) fn changed(Bytes(body): &Bytes) -> Vec<u8> {
    let mut body = body.clone();
    let middle = body.len() / 2;
    match body.get_mut(middle) {
        Some(byte) => *byte ^= 1,
        None => body.push(b' '),
    }
    body
}

pub(super) fn another_event(event: &str) -> &'static str {
    match event {
        "CONVERSION_COMPLETED" => "CONVERSION_FAILED",
        _ => "CONVERSION_COMPLETED",
    }
}

/// Another UUID: its last digit differs.
pub(super) fn another_id(id: &str) -> String {
    let mut id = id.to_string();
    let last = if id.pop() == Some('0') { '1' } else { '0' };
    id.push(last);
    id
}

pub(super) fn with_body(delivery: DeliveryBytes, body: Vec<u8>) -> DeliveryBytes {
    DeliveryBytes {
        body: Bytes(body),
        ..delivery
    }
}

pub(super) fn with(mut delivery: DeliveryBytes, name: &str, value: &str) -> DeliveryBytes {
    delivery.headers.push((name.into(), value.into()));
    delivery
}

pub(super) fn without(mut delivery: DeliveryBytes, name: &str) -> DeliveryBytes {
    delivery.headers.retain(|header| header.0 != name);
    delivery
}

pub(super) fn replaced(mut delivery: DeliveryBytes, name: &str, value: &str) -> DeliveryBytes {
    for header in &mut delivery.headers {
        if header.0 == name {
            header.1 = value.into();
        }
    }
    delivery
}

pub(super) fn value(delivery: &DeliveryBytes, name: &str) -> String {
    let mut headers = delivery.headers.iter();
    let found = headers.find(|header| header.0 == name);
    found.map(|header| header.1.clone()).unwrap_or_default()
}
