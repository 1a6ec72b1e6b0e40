//! The kinds of events.

/// The documented events, and `Unknown` for any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EventKind {
    /// `CONVERSION_STARTED`
    ConversionStarted,
    /// `CONVERSION_COMPLETED`
    ConversionCompleted,
    /// `CONVERSION_FAILED`
    ConversionFailed,
    /// `IDENTIFICATION_STARTED`
    IdentificationStarted,
    /// `IDENTIFICATION_COMPLETED`
    IdentificationCompleted,
    /// `IDENTIFICATION_FAILED`
    IdentificationFailed,
    /// `STEP_STARTED`
    StepStarted,
    /// `STEP_COMPLETED`
    StepCompleted,
    /// `STEP_FAILED`
    StepFailed,
    /// Any other event. It is not an error, so that a receiver keeps working when Docutray adds an event.
    Unknown,
}

impl EventKind {
    /// The documented events, in the documentation's order.
    pub const KNOWN: &'static [Self] = &[
        Self::ConversionStarted,
        Self::ConversionCompleted,
        Self::ConversionFailed,
        Self::IdentificationStarted,
        Self::IdentificationCompleted,
        Self::IdentificationFailed,
        Self::StepStarted,
        Self::StepCompleted,
        Self::StepFailed,
    ];

    /// Returns the event of this name, which is case-sensitive.
    pub(crate) fn named(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .copied()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Unknown)
    }

    /// Returns the name as the header spells it; `UNKNOWN` for [`Unknown`](Self::Unknown).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConversionStarted => "CONVERSION_STARTED",
            Self::ConversionCompleted => "CONVERSION_COMPLETED",
            Self::ConversionFailed => "CONVERSION_FAILED",
            Self::IdentificationStarted => "IDENTIFICATION_STARTED",
            Self::IdentificationCompleted => "IDENTIFICATION_COMPLETED",
            Self::IdentificationFailed => "IDENTIFICATION_FAILED",
            Self::StepStarted => "STEP_STARTED",
            Self::StepCompleted => "STEP_COMPLETED",
            Self::StepFailed => "STEP_FAILED",
            Self::Unknown => "UNKNOWN",
        }
    }
}

impl core::fmt::Display for EventKind {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_maps_to_its_kind() {
        for kind in EventKind::KNOWN.iter().copied() {
            assert_eq!(EventKind::named(kind.as_str()), kind);
        }
        for name in ["UNKNOWN", "conversion_started", "CONVERSION_STARTED_", ""] {
            assert_eq!(EventKind::named(name), EventKind::Unknown);
        }
    }
}
