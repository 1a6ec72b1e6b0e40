//! The kinds of events.

use core::{error, fmt, str::FromStr};

/// The documented events, and `Unknown` for any other.
///
/// Kinds have the order of Docutray's documentation, with [`Unknown`](Self::Unknown) last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The stage of the work that an event reports.
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

    /// Returns the event of this name, which is case-sensitive.
    pub(crate) fn named(name: &str) -> Self {
        Self::KNOWN
            .iter()
            .copied()
            .find(|kind| kind.as_str() == name)
            .unwrap_or(Self::Unknown)
    }

    /// Returns the stage that the event reports, or `None` for [`Unknown`](Self::Unknown).
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

    /// Returns whether the event's name ends in `_STARTED`.
    #[must_use]
    pub const fn is_started(self) -> bool {
        matches!(self.stage(), Some(Stage::Started))
    }

    /// Returns whether the event's name ends in `_COMPLETED`: it brings a result.
    #[must_use]
    pub const fn is_completed(self) -> bool {
        matches!(self.stage(), Some(Stage::Completed))
    }

    /// Returns whether the event's name ends in `_FAILED`.
    #[must_use]
    pub const fn is_failed(self) -> bool {
        matches!(self.stage(), Some(Stage::Failed))
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

impl fmt::Display for EventKind {
    /// Writes [`as_str`](Self::as_str), with the width and alignment of the format.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl AsRef<str> for EventKind {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

/// Parses the texts that [`as_str`](EventKind::as_str) returns: the known names and `UNKNOWN`. Case matters.
///
/// Any other name is an error, so that a misspelt setting is found. A delivery may have a name that is not known: use
/// [`Event::kind`](crate::Event::kind) for it, or replace the error by [`Unknown`](EventKind::Unknown).
///
/// ```
/// use docutray_webhook::EventKind;
///
/// assert_eq!("STEP_FAILED".parse(), Ok(EventKind::StepFailed));
/// assert!("STEP_FAILD".parse::<EventKind>().is_err());
/// ```
impl FromStr for EventKind {
    type Err = ParseEventKindError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match Self::named(name) {
            Self::Unknown if name != Self::Unknown.as_str() => Err(ParseEventKindError(())),
            kind => Ok(kind),
        }
    }
}

/// The error for a text that is not the name of an [`EventKind`]. It does not contain the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ParseEventKindError(());

impl fmt::Display for ParseEventKindError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not the name of an event; use one of ")?;
        for kind in EventKind::KNOWN {
            write!(f, "{kind}, ")?;
        }
        write!(f, "{}", EventKind::Unknown)
    }
}

impl error::Error for ParseEventKindError {}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString as _;

    #[test]
    fn every_known_name_maps_to_its_kind() {
        for kind in EventKind::KNOWN.iter().copied() {
            assert_eq!(EventKind::named(kind.as_str()), kind);
        }
        for name in ["UNKNOWN", "conversion_started", "CONVERSION_STARTED_", ""] {
            assert_eq!(EventKind::named(name), EventKind::Unknown);
        }
    }

    #[test]
    fn a_name_is_parsed_and_a_misspelt_one_is_an_error() {
        for kind in EventKind::KNOWN.iter().copied().chain([EventKind::Unknown]) {
            assert_eq!(kind.as_ref().parse(), Ok(kind));
            assert_eq!(kind.to_string().parse(), Ok(kind));
        }
        for name in ["", "step_failed", " STEP_FAILED", "STEP_FAILED_", "unknown"] {
            let error = name.parse::<EventKind>().unwrap_err();
            let text = error.to_string();
            assert!(
                text.contains("STEP_STARTED, ") && text.ends_with(", UNKNOWN"),
                "{text}"
            );
        }
    }

    /// The npm package derives the stage from the name.
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
