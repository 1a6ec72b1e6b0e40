//! Numbers the kinds of events, so that a number can stand for a name.

use docutray_webhook::EventKind;

/// Returns every kind: the documented ones, then the unknown one.
pub(crate) fn kinds() -> impl Iterator<Item = EventKind> {
    let unknown = [EventKind::Unknown];
    EventKind::KNOWN.iter().copied().chain(unknown)
}

/// Returns the index of a kind in `kinds`.
pub(crate) fn index(kind: EventKind) -> usize {
    let place = EventKind::KNOWN.iter().position(|known| *known == kind);
    place.unwrap_or(EventKind::KNOWN.len())
}

#[cfg(test)]
mod tests {
    use super::{index, kinds};

    #[test]
    fn index_is_the_position_among_the_kinds() {
        for (place, kind) in kinds().enumerate() {
            assert_eq!(index(kind), place);
        }
    }
}
