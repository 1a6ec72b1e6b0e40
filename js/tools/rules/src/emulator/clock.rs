//! The emulator's clock, which can be sped up and turned.

use serde::{Deserialize, Serialize};

use crate::fault::Fault;

/// The last millisecond of the year 9999, after which ISO 8601 needs a fifth digit.
pub(super) const LATEST: u64 = 253_402_300_799_999;

/// The greatest speed.
pub const FASTEST: u32 = 1_000_000;

/// All times are in milliseconds, and those of day since 1970.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Clock {
    /// What the caller's clock showed last.
    real: u64,
    /// How much real time has passed. It never goes back, as the caller's clock may.
    elapsed: u64,
    emulated: u64,
    speed: u32,
    /// By how much the clock is still to be turned forward.
    to_advance: u64,
}

impl Clock {
    pub(super) fn new(now: u64, speed: u32) -> Result<Self, Fault> {
        let now = now.min(LATEST);
        let mut clock = Self {
            real: now,
            elapsed: 0,
            emulated: now,
            speed: 1,
            to_advance: 0,
        };
        clock.set_speed(speed)?;
        Ok(clock)
    }

    /// Whether it can be one that was saved.
    pub(super) fn is_sound(&self) -> bool {
        (1..=FASTEST).contains(&self.speed) && self.real <= LATEST && self.emulated <= LATEST
    }

    /// Lets the time pass that has passed on the caller's clock.
    pub(super) fn tick(&mut self, now: u64) {
        let now = now.min(LATEST);
        let passed = now.saturating_sub(self.real);
        self.real = now;
        self.elapsed = self.elapsed.saturating_add(passed);
        self.forward(passed.saturating_mul(self.speed.into()));
    }

    pub(super) fn set_speed(&mut self, speed: u32) -> Result<(), Fault> {
        if !(1..=FASTEST).contains(&speed) {
            let message = "the speed has to be a whole number from 1 (real time) to 1000000";
            return Err(Fault::of("speed", "invalid_speed", message));
        }
        self.speed = speed;
        Ok(())
    }

    pub(super) const fn advance(&mut self, seconds: u32) {
        let milliseconds = seconds as u64 * 1000;
        self.to_advance = self.to_advance.saturating_add(milliseconds);
    }

    /// Turns the clock forward as far as it is still to be turned, but not past this time. Returns whether it moved.
    pub(super) fn turn_to(&mut self, time: Option<u64>) -> bool {
        let until = time.map_or(u64::MAX, |time| time.saturating_sub(self.emulated));
        let turned = self.to_advance.min(until);
        self.to_advance -= turned;
        self.forward(turned);
        turned > 0
    }

    /// Sets it to the caller's clock.
    pub(super) const fn reset(&mut self) {
        self.emulated = self.real;
        self.to_advance = 0;
    }

    fn forward(&mut self, milliseconds: u64) {
        self.emulated = self.emulated.saturating_add(milliseconds).min(LATEST);
    }

    /// Returns the time that the caller's clock shows when the emulated clock, left alone, shows this one.
    pub(super) fn real_at(&self, emulated: u64) -> u64 {
        let wait = emulated.saturating_sub(self.emulated);
        self.real.saturating_add(wait.div_ceil(self.speed.into()))
    }

    /// Returns what the caller's clock, as it goes now, showed at this emulated time, in seconds. A receiver compares the
    /// date of a delivery with its own clock, so deliveries are dated by that.
    pub(super) const fn date_of(&self, emulated: u64) -> u64 {
        let age = self.emulated.saturating_sub(emulated);
        self.real.saturating_sub(age) / 1000
    }

    pub(super) const fn emulated(&self) -> u64 {
        self.emulated
    }

    pub(super) const fn elapsed(&self) -> u64 {
        self.elapsed
    }

    pub(super) const fn real(&self) -> u64 {
        self.real
    }

    pub(super) const fn speed(&self) -> u32 {
        self.speed
    }

    pub(super) const fn advancing(&self) -> u64 {
        self.to_advance
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: u64 = 1_705_314_600_000;

    #[test]
    fn it_goes_with_the_callers_clock_and_its_speed() {
        let mut clock = Clock::new(NOW, 1).unwrap();
        clock.tick(NOW + 1500);
        assert_eq!((clock.emulated(), clock.elapsed()), (NOW + 1500, 1500));
        clock.set_speed(60).unwrap();
        clock.tick(NOW + 2500);
        assert_eq!((clock.emulated(), clock.elapsed()), (NOW + 61_500, 2500));
        assert_eq!(clock.real_at(NOW + 61_501), NOW + 2501);
        assert!(clock.set_speed(0).is_err() && clock.set_speed(FASTEST + 1).is_err());
    }

    #[test]
    fn it_does_not_go_back_with_the_callers_clock() {
        let mut clock = Clock::new(NOW, 1).unwrap();
        clock.tick(NOW - 3_600_000);
        assert_eq!((clock.emulated(), clock.elapsed()), (NOW, 0));
        // The date of a delivery is the caller's all the same.
        assert_eq!(clock.date_of(NOW), NOW / 1000 - 3600);
        clock.tick(NOW - 3_599_000);
        assert_eq!(clock.emulated(), NOW + 1000);
    }

    #[test]
    fn it_is_turned_from_one_time_to_the_next() {
        let mut clock = Clock::new(NOW, 1).unwrap();
        clock.advance(100);
        assert!(clock.turn_to(Some(NOW + 30_000)));
        assert_eq!(
            (clock.emulated(), clock.advancing()),
            (NOW + 30_000, 70_000)
        );
        assert!(!clock.turn_to(Some(NOW)));
        assert!(clock.turn_to(None) && !clock.turn_to(None));
        assert_eq!(clock.emulated(), NOW + 100_000);
        assert_eq!(clock.date_of(NOW), NOW / 1000 - 100);
    }

    #[test]
    fn it_ends_with_the_year_9999() {
        let mut clock = Clock::new(u64::MAX, FASTEST).unwrap();
        clock.advance(u32::MAX);
        clock.tick(u64::MAX);
        clock.turn_to(None);
        assert_eq!((clock.emulated(), clock.advancing()), (LATEST, 0));
    }
}
