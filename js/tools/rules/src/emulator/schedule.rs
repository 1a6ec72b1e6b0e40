//! When Docutray tries again. The numbers are those of its documentation, except for [`DISABLE_AFTER`].

/// How long after a failed attempt the next one is made, in seconds: 30 s, 1 min, 5 min, 15 min, 1 h.
pub const RETRIES: [u32; 5] = [30, 60, 300, 900, 3600];

/// How long an endpoint may take to answer, in seconds. They are real seconds, whatever the emulator's clock does.
pub const ANSWER_WITHIN: u32 = 30;

/// After how many deliveries in a row that used all their retries an endpoint is disabled. Docutray says only that it may
/// disable an endpoint that keeps failing: this number is ours.
pub const DISABLE_AFTER: u32 = 3;

/// The most attempts that are under way at a time; others that are due wait for one of them to end. This number is ours.
pub const MOST_UNDER_WAY: usize = 100;

/// [`ANSWER_WITHIN`] in milliseconds.
pub(super) const ANSWER_WITHIN_MILLISECONDS: u64 = ANSWER_WITHIN as u64 * 1000;

/// The most attempts of a delivery: the first, and the retries.
pub(super) const ATTEMPTS: usize = 1 + RETRIES.len();

/// Returns how many milliseconds after the failure of its last attempt a delivery is tried again, if it is.
pub(super) fn pause_after(attempts: usize) -> Option<u64> {
    let seconds = RETRIES.get(attempts.checked_sub(1)?)?;
    Some(u64::from(*seconds) * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pauses_are_those_of_the_documentation() {
        let pauses = [1, 2, 3, 4, 5].map(|attempts| pause_after(attempts).unwrap());
        assert_eq!(pauses, [30_000, 60_000, 300_000, 900_000, 3_600_000]);
        assert_eq!(pauses.iter().sum::<u64>(), 4_890_000);
        assert_eq!((pause_after(0), pause_after(6)), (None, None));
    }
}
