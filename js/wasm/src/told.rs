//! What a call tells the package besides its return value: numbers at a fixed address, and bytes at a changing one.

use alloc::vec::Vec;

use docutray_webhook::{Checked, Delivery};

use crate::{event_names::index, fields, number::double};

/// How many numbers there are: the address and the length of the bytes; for a verdict's text, the lengths of its three parts
/// (request id, event name, key) and of the id at its end, or -1; the event's index; the timestamp; the address and the size
/// of the buffer that the package writes to.
pub(crate) const NUMBERS: usize = 10;

#[derive(Debug)]
pub(crate) struct Told {
    numbers: [f64; NUMBERS],
    /// A text for a verdict, fields for anything else.
    bytes: Vec<u8>,
}

impl Told {
    pub(crate) const fn nothing() -> Self {
        Self {
            numbers: [0.0; NUMBERS],
            bytes: Vec::new(),
        }
    }

    pub(crate) const fn numbers(&self) -> &[f64; NUMBERS] {
        &self.numbers
    }

    pub(crate) fn delivery(&mut self, delivery: &Delivery) {
        self.verdict(delivery, "", None, 0);
    }

    pub(crate) fn checked(&mut self, checked: &Checked) {
        let id = checked.id().map(str::len);
        self.verdict(checked.delivery(), checked.key(), id, index(checked.kind()));
    }

    /// Tells fields. No fields mean that the requested thing does not exist, which is a bug of the package.
    pub(crate) fn fields(&mut self, fields: &[(u8, &str)]) {
        fields::write(&mut self.bytes, fields);
        self.locate();
    }

    pub(crate) fn buffer(&mut self, buffer: &[u8]) {
        let [.., address, room] = &mut self.numbers;
        (*address, *room) = place(buffer);
    }

    fn verdict(&mut self, delivery: &Delivery, key: &str, id: Option<usize>, kind: usize) {
        let parts = [delivery.request_id(), delivery.event(), key];
        self.bytes.clear();
        for part in parts {
            self.bytes.extend(part.as_bytes());
        }
        self.locate();
        let [_, _, lengths @ .., id_length, event, timestamp, _, _] = &mut self.numbers;
        *lengths = parts.map(|part| double(part.len() as u64));
        *id_length = id.map_or(-1.0, |length| double(length as u64));
        *event = double(kind as u64);
        *timestamp = double(delivery.timestamp());
    }

    fn locate(&mut self) {
        let [address, length, ..] = &mut self.numbers;
        (*address, *length) = place(&self.bytes);
    }
}

fn place(bytes: &[u8]) -> (f64, f64) {
    (
        double(bytes.as_ptr().addr() as u64),
        double(bytes.len() as u64),
    )
}
