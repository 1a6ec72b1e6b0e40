//! What an instance holds between two calls: verifiers, and no delivery.
//!
//! The package writes a delivery's headers and body into the two buffers and then makes one call. The body leaves its
//! buffer with that call, whatever comes of it.

use std::{cell::RefCell, mem};

use docutray_webhook::{Checked, Delivery, Error, Verifier};
use zeroize::Zeroize as _;

use crate::{event_names::index, fields::Fields, header_name};

thread_local! {
    static INSTANCE: RefCell<Instance> = const { RefCell::new(Instance::new()) };
}

/// How many numbers a verdict has.
const NUMBERS: usize = 7;

pub(crate) struct Instance {
    held: Held,
    body: Vec<u8>,
    verdict: Verdict,
}

struct Held {
    verifiers: Vec<Option<Verifier>>,
    /// Headers, or secrets, of the call that comes next.
    head: Vec<u8>,
}

/// What is told of a delivery: numbers at an address that stays, and a text at one that does not.
struct Verdict {
    /// Address of the text, the lengths in bytes of its three parts (request id, event name, key), the length of the id
    /// at the key's end (or -1), the event's place among the names, the timestamp.
    numbers: [f64; NUMBERS],
    text: String,
}

/// No call is made while another one runs: none of them calls JavaScript while it has this.
pub(crate) fn with<T>(call: impl FnOnce(&mut Instance) -> T) -> T {
    INSTANCE.with_borrow_mut(call)
}

impl Instance {
    const fn new() -> Self {
        Self {
            held: Held {
                verifiers: Vec::new(),
                head: Vec::new(),
            },
            body: Vec::new(),
            verdict: Verdict {
                numbers: [0.0; NUMBERS],
                text: String::new(),
            },
        }
    }

    /// Where the verdict's numbers are.
    pub(crate) fn numbers(&self) -> *const f64 {
        self.verdict.numbers.as_ptr()
    }

    /// Room for the fields of a head; none where there is no memory.
    pub(crate) fn head_room(&mut self, length: usize) -> Option<*const u8> {
        room(&mut self.held.head, length)
    }

    /// Room for a body; none where there is no memory.
    pub(crate) fn body_room(&mut self, length: usize) -> Option<*const u8> {
        self.body = Vec::new();
        room(&mut self.body, length)
    }

    /// The secrets in the head, which are wiped from it, whatever is made of them.
    pub(crate) fn with_secrets<T>(
        &mut self,
        length: usize,
        call: impl FnOnce(&mut dyn Iterator<Item = &str>) -> T,
    ) -> T {
        let head = self.held.head.get_mut(..length).unwrap_or_default();
        let secrets = Fields::new(head).filter_map(|(_, secret)| str::from_utf8(secret).ok());
        let made = call(&mut { secrets });
        head.zeroize();
        made
    }

    /// Keeps a verifier, and tells it by a number.
    pub(crate) fn keep(&mut self, verifier: Verifier) -> usize {
        let free = self.held.verifiers.iter().position(Option::is_none);
        let place = free.unwrap_or(self.held.verifiers.len());
        if free.is_none() {
            self.held.verifiers.push(None);
        }
        if let Some(slot) = self.held.verifiers.get_mut(place) {
            *slot = Some(verifier);
        }
        place
    }

    /// Drops a verifier, and wipes its keys.
    pub(crate) fn release(&mut self, place: usize) {
        if let Some(slot) = self.held.verifiers.get_mut(place) {
            *slot = None;
        }
    }

    pub(crate) fn verifier(&self, place: usize) -> Option<&Verifier> {
        self.held.verifiers.get(place)?.as_ref()
    }

    /// The metadata alone.
    pub(crate) fn authorize(
        &mut self,
        place: usize,
        length: usize,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let (verifier, headers) = self.held.asked(place, length)?;
        let delivery = verifier.authorize(headers, now);
        Some(delivery.map(|delivery| self.verdict.delivery(&delivery)))
    }

    /// The metadata of a delivery whose body is to come.
    pub(crate) fn begin(
        &mut self,
        place: usize,
        length: usize,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let (verifier, headers) = self.held.asked(place, length)?;
        let check = verifier.begin(headers, now);
        Some(check.map(|check| self.verdict.delivery(check.delivery())))
    }

    /// The whole delivery.
    pub(crate) fn check(
        &mut self,
        place: usize,
        length: usize,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let body = mem::take(&mut self.body);
        let (verifier, headers) = self.held.asked(place, length)?;
        let checked = verifier.check(headers, &body, now);
        Some(checked.map(|checked| self.verdict.checked(&checked)))
    }
}

impl Held {
    /// A verifier, and the headers that the head's first bytes are.
    fn asked(
        &self,
        place: usize,
        length: usize,
    ) -> Option<(
        &Verifier,
        impl Iterator<Item = (&'static str, &[u8])> + use<'_>,
    )> {
        let fields = Fields::new(self.head.get(..length)?);
        let headers = fields.map(|(tag, value)| (header_name(tag), value));
        Some((self.verifiers.get(place)?.as_ref()?, headers))
    }
}

/// Grows only, and is not cleared: every call says how much of it counts.
fn room(buffer: &mut Vec<u8>, length: usize) -> Option<*const u8> {
    let missing = length.saturating_sub(buffer.len());
    buffer.try_reserve_exact(missing).ok()?;
    buffer.resize(buffer.len() + missing, 0);
    Some(buffer.as_ptr())
}

impl Verdict {
    fn delivery(&mut self, delivery: &Delivery) {
        self.tell(delivery, "", None, 0);
    }

    fn checked(&mut self, checked: &Checked) {
        let id = checked.id().map(str::len);
        self.tell(checked.delivery(), checked.key(), id, index(checked.kind()));
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "addresses, lengths and a timestamp of 12 digits are below 2^53"
    )]
    fn tell(&mut self, delivery: &Delivery, key: &str, id: Option<usize>, kind: usize) {
        let parts = [delivery.request_id(), delivery.event(), key];
        self.text.clear();
        self.text.extend(parts);
        let [request_id, event, key] = parts.map(|part| part.len() as f64);
        self.numbers = [
            self.text.as_ptr().addr() as f64,
            request_id,
            event,
            key,
            id.map_or(-1.0, |length| length as f64),
            kind as f64,
            delivery.timestamp() as f64,
        ];
    }
}
