//! The state of an instance between two calls: verifiers, but no delivery.
//!
//! The package writes the headers (the head) and right after them the body into one buffer. It then makes one call, which
//! takes the lengths of both in bytes.

use alloc::vec::Vec;

use atomic_refcell::AtomicRefCell;
use docutray_webhook::{Error, HEADER_NAMES, Verifier};
use zeroize::Zeroize as _;

use crate::{fields::Fields, told::Told};

static INSTANCE: AtomicRefCell<Instance> = AtomicRefCell::new(Instance::new());

/// The usual size of the buffer, in bytes. A smaller buffer grows to it, and a larger one shrinks to it after its delivery
/// has been checked. It has room for usual headers and for a body that the package copies before any check (64 KiB).
const KEPT: usize = 96 * 1024;

pub(crate) struct Instance {
    verifiers: Vec<Option<Verifier>>,
    buffer: Vec<u8>,
    pub(crate) told: Told,
}

/// Runs a call on the instance. Calls never overlap, because none of them calls JavaScript.
pub(crate) fn with<T>(call: impl FnOnce(&mut Instance) -> T) -> T {
    call(&mut INSTANCE.borrow_mut())
}

impl Instance {
    const fn new() -> Self {
        Self {
            verifiers: Vec::new(),
            buffer: Vec::new(),
            told: Told::nothing(),
        }
    }

    /// Makes the buffer at least this large and keeps its content. If memory is used up, the buffer stays as it is.
    pub(crate) fn make_room(&mut self, length: usize) {
        let missing = length.max(KEPT).saturating_sub(self.buffer.len());
        if self.buffer.try_reserve_exact(missing).is_ok() {
            self.buffer.resize(self.buffer.len() + missing, 0);
        }
        self.told.buffer(&self.buffer);
    }

    /// Passes the buffer's first bytes to the call as fields with secrets, and wipes them afterwards.
    pub(crate) fn with_secrets<T>(
        &mut self,
        length: usize,
        call: impl FnOnce(Fields<'_>) -> T,
    ) -> T {
        let fields = self.buffer.get_mut(..length).unwrap_or_default();
        let made = call(Fields::new(fields));
        fields.zeroize();
        made
    }

    /// Returns the fields in the buffer's first bytes.
    pub(crate) fn fields(&self, length: usize) -> Fields<'_> {
        Fields::new(self.buffer.get(..length).unwrap_or_default())
    }

    /// Stores a verifier and returns its number.
    pub(crate) fn keep(&mut self, verifier: Verifier) -> usize {
        let free = self.verifiers.iter().position(Option::is_none);
        let place = free.unwrap_or(self.verifiers.len());
        if free.is_none() {
            self.verifiers.push(None);
        }
        if let Some(slot) = self.verifiers.get_mut(place) {
            *slot = Some(verifier);
        }
        place
    }

    /// Drops a verifier, which wipes its keys.
    pub(crate) fn release(&mut self, place: usize) {
        if let Some(slot) = self.verifiers.get_mut(place) {
            *slot = None;
        }
    }

    pub(crate) fn verifier(&self, place: usize) -> Option<&Verifier> {
        self.verifiers.get(place)?.as_ref()
    }

    /// Verifies only the metadata.
    pub(crate) fn authorize(
        &mut self,
        place: usize,
        head: usize,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let delivery = self.verifier(place)?.authorize(self.headers(head), now);
        Some(delivery.map(|delivery| self.told.delivery(&delivery)))
    }

    /// Verifies the metadata of a delivery and makes room for its body.
    pub(crate) fn begin(
        &mut self,
        place: usize,
        head: usize,
        length: u64,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let verifier = self.verifier(place)?;
        let begun = verifier.begin(self.headers(head), now);
        let admitted = begun.and_then(|check| {
            verifier.admit(length)?;
            Ok(check)
        });
        Some(admitted.map(|check| {
            self.told.delivery(check.delivery());
            let length = usize::try_from(length).unwrap_or(usize::MAX);
            self.make_room(head.saturating_add(length));
        }))
    }

    /// Verifies the whole delivery.
    pub(crate) fn check(
        &mut self,
        place: usize,
        head: usize,
        body: usize,
        now: u64,
    ) -> Option<Result<(), Error>> {
        let end = head.checked_add(body)?;
        let body = self.buffer.get(head..end)?;
        let checked = self.verifier(place)?.check(self.headers(head), body, now);
        let checked = checked.map(|checked| self.told.checked(&checked));
        self.buffer.truncate(KEPT);
        self.buffer.shrink_to(KEPT);
        self.told.buffer(&self.buffer);
        Some(checked)
    }

    fn headers(&self, head: usize) -> impl Iterator<Item = (&'static str, &[u8])> + use<'_> {
        self.fields(head)
            .map(|(tag, value)| (header_name(tag), value))
    }
}

/// Returns a header's name by its tag, which is its index among the names.
fn header_name(tag: u8) -> &'static str {
    HEADER_NAMES.get(usize::from(tag)).copied().unwrap_or("")
}
