//! The reasons why a request brings no event, with different texts for the sender and for the operator.

use super::body_budget::Overloaded;
use crate::{
    answer::Outcome,
    error::{BoxError, Error},
    event::Unfit,
    verifier::Rejection,
};
use std::{boxed::Box, error, fmt};

/// Its text as an error is for the operator and says what to do. Its source says why a body is incomplete. The sender gets
/// its [`outcome`](Self::outcome).
#[derive(Debug)]
pub(crate) enum NoEvent {
    /// The request's method or media type is not that of a delivery.
    NotAdmitted(Outcome<'static>),
    Refused(Error),
    /// The body is incomplete, for this reason.
    IncompleteBody(BoxError),
    /// The body had not arrived completely by the deadline.
    BodyTimeout,
    /// The arriving bodies have used up the budget.
    Overloaded,
    Unfit(Box<Unfit>),
    /// There is no verifier for the request now, for this reason.
    #[cfg(feature = "tower")]
    NoVerifier(BoxError),
}

impl NoEvent {
    /// Returns the outcome for the sender, if no `on_unfit` keeps an unfit delivery.
    pub(crate) fn outcome(&self) -> Outcome<'static> {
        match self {
            Self::NotAdmitted(outcome) => outcome.clone(),
            Self::Refused(error) => error.clone().into(),
            Self::IncompleteBody(_) => Outcome::IncompleteBody,
            Self::BodyTimeout => Outcome::BodyTimeout,
            Self::Overloaded => Outcome::Overloaded,
            #[cfg(feature = "tower")]
            Self::NoVerifier(_) => Outcome::VerifierUnavailable,
            Self::Unfit(unfit) => unfit.error.clone().into(),
        }
    }

    /// Returns the verifier's error, if that is the reason.
    pub(crate) const fn error(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) => Some(error),
            Self::Unfit(unfit) => Some(&unfit.error),
            _ => None,
        }
    }
}

impl From<Error> for NoEvent {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<Overloaded> for NoEvent {
    fn from(_: Overloaded) -> Self {
        Self::Overloaded
    }
}

impl From<Rejection> for NoEvent {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::Refused(error) => Self::Refused(error),
            Rejection::Unfit(unfit) => Self::Unfit(unfit),
        }
    }
}

impl fmt::Display for NoEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAdmitted(outcome) => f.write_str(outcome.detail()),
            Self::Refused(error) => error.fmt(f),
            Self::Unfit(unfit) => unfit.error.fmt(f),
            #[cfg(feature = "tower")]
            Self::NoVerifier(reason) => write!(f, "there is no verifier for this request: {reason}"),
            Self::IncompleteBody(_) => f.write_str(
                "the body ended early: its sender disconnected, or a limit of a layer or a proxy truncated it.",
            ),
            Self::BodyTimeout => f.write_str(
                "the body had not arrived completely by the deadline: its sender or the network is slow, or somebody \
                 holds connections open.",
            ),
            Self::Overloaded => f.write_str(
                "arriving bodies have used up their budget: raise it if your deliveries need it (the layer's \
                 `body_budget`, for the extractor the verifier's `max_body`), or find out who sends so many at once.",
            ),
        }
    }
}

impl error::Error for NoEvent {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::IncompleteBody(reason) => Some(&**reason),
            #[cfg(feature = "tower")]
            Self::NoVerifier(reason) => reason.source(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io, string::ToString};

    #[test]
    fn the_source_is_the_reason() {
        let shown = |no_event: NoEvent| error::Error::source(&no_event).map(ToString::to_string);
        let dead = || io::Error::other("the line is dead");
        assert_eq!(
            shown(NoEvent::IncompleteBody(dead().into())).as_deref(),
            Some("the line is dead")
        );
        assert_eq!(shown(NoEvent::BodyTimeout), None);
        // The reason's own text is a part of the message, so only what is behind it follows.
        #[cfg(feature = "tower")]
        {
            let reason = io::Error::other(Behind(dead()));
            assert_eq!(
                shown(NoEvent::NoVerifier(reason.into())).as_deref(),
                Some("the line is dead")
            );
        }
    }

    #[cfg(feature = "tower")]
    #[derive(Debug)]
    struct Behind(io::Error);

    #[cfg(feature = "tower")]
    impl fmt::Display for Behind {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("no answer")
        }
    }

    #[cfg(feature = "tower")]
    impl error::Error for Behind {
        fn source(&self) -> Option<&(dyn error::Error + 'static)> {
            Some(&self.0)
        }
    }
}
