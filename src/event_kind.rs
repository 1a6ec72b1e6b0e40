//! Which events there are.

/// The documented events, and one for all that Docutray may add.
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
    /// Any other name: not an error, so that a receiver does not fail when Docutray adds an event.
    Unknown,
}

/// How far the work is that an event tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Started,
    Completed,
    Failed,
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

    /// The event of this name, case and all.
    pub(crate) fn named(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .copied()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Unknown)
    }

    /// How far its work is; none for [`Unknown`](Self::Unknown), whose name promises nothing.
    pub(crate) const fn stage(self) -> Option<Stage> {
        Some(match self {
            Self::ConversionStarted | Self::IdentificationStarted | Self::StepStarted => {
                Stage::Started
            }
            Self::ConversionCompleted | Self::IdentificationCompleted | Self::StepCompleted => {
                Stage::Completed
            }
            Self::ConversionFailed | Self::IdentificationFailed | Self::StepFailed => Stage::Failed,
            Self::Unknown => return None,
        })
    }

    /// Whether it is one of the three that say that something has begun: those whose names end in `_STARTED`.
    #[must_use]
    pub const fn is_started(self) -> bool {
        matches!(self.stage(), Some(Stage::Started))
    }

    /// Whether it is one of the three that bring a result: those whose names end in `_COMPLETED`.
    #[must_use]
    pub const fn is_completed(self) -> bool {
        matches!(self.stage(), Some(Stage::Completed))
    }

    /// Whether it is one of the three that tell of a failure: those whose names end in `_FAILED`.
    #[must_use]
    pub const fn is_failed(self) -> bool {
        matches!(self.stage(), Some(Stage::Failed))
    }

    /// The name as the header spells it; `UNKNOWN` for [`Unknown`](Self::Unknown).
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
    fn every_known_name_names_its_kind() {
        for kind in EventKind::KNOWN.iter().copied() {
            assert_eq!(EventKind::named(kind.as_str()), kind);
        }
        for name in ["UNKNOWN", "conversion_started", "CONVERSION_STARTED_", ""] {
            assert_eq!(EventKind::named(name), EventKind::Unknown);
        }
    }

    /// The npm package tells the stage by the name alone.
    #[test]
    fn a_name_ends_in_its_stage() {
        for kind in EventKind::KNOWN {
            let ends_in = |stage| kind.as_str().ends_with(stage);
            assert_eq!(kind.is_started(), ends_in("_STARTED"));
            assert_eq!(kind.is_completed(), ends_in("_COMPLETED"));
            assert_eq!(kind.is_failed(), ends_in("_FAILED"));
        }
        assert_eq!(EventKind::Unknown.stage(), None);
    }
}
