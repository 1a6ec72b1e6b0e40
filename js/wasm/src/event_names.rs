//! The events' names in one order, so that a number tells which it is.

use docutray_webhook::EventKind;

/// Every kind: the documented ones, then the unknown one.
pub(crate) fn kinds() -> impl Iterator<Item = EventKind> {
    let unknown = [EventKind::Unknown];
    EventKind::KNOWN.iter().copied().chain(unknown)
}

/// The place of a kind among them.
pub(crate) fn index(kind: EventKind) -> usize {
    let place = EventKind::KNOWN.iter().position(|known| *known == kind);
    place.unwrap_or(EventKind::KNOWN.len())
}

#[cfg(test)]
mod tests {
    use super::{index, kinds};

    #[test]
    fn every_kind_is_at_its_place() {
        for (place, kind) in kinds().enumerate() {
            assert_eq!(index(kind), place);
        }
    }
}
