//! Why a request brings no event: one value, of which the sender and the operator are told in different words.

use super::body_budget::Overloaded;
use crate::{
    answer::Outcome,
    error::{BoxError, Error},
    event::Unfit,
    verifier::Rejection,
};
use std::{boxed::Box, error, fmt};

/// As an error it is the operator's: its text says what to do, its source why a body did not come whole. What the sender
/// is told is its [`outcome`](Self::outcome).
#[derive(Debug)]
pub(crate) enum NoEvent {
    /// No delivery comes by this method, or with this media type.
    NotAdmitted(Outcome<'static>),
    Refused(Error),
    /// The body did not come whole, for this reason.
    IncompleteBody(BoxError),
    /// The body had not come whole at the deadline.
    BodyTimeout,
    /// The bodies under way have used up the budget.
    Overloaded,
    Unfit(Box<Unfit>),
}

impl NoEvent {
    /// What the sender is told, if nobody keeps what is unfit.
    pub(crate) fn outcome(&self) -> Outcome<'static> {
        match self {
            Self::NotAdmitted(outcome) => outcome.clone(),
            Self::Refused(error) => error.clone().into(),
            Self::IncompleteBody(_) => Outcome::IncompleteBody,
            Self::BodyTimeout => Outcome::BodyTimeout,
            Self::Overloaded => Outcome::Overloaded,
            Self::Unfit(unfit) => unfit.error.clone().into(),
        }
    }

    /// What the verifier found, where it is that.
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
            Self::IncompleteBody(_) => f.write_str(
                "the body did not come to its end: its sender went away, or a limit of a layer or a proxy cut it.",
            ),
            Self::BodyTimeout => f.write_str(
                "the body had not come to its end at the deadline: its sender or the network is slow, or somebody \
                 holds connections open.",
            ),
            Self::Overloaded => f.write_str(
                "the bodies under way have used up the budget for them: raise it if your deliveries need it (the layer's \
                 `body_budget`, for the extractor the verifier's `max_body`), or see who sends so many at once.",
            ),
        }
    }
}

impl error::Error for NoEvent {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::IncompleteBody(reason) => Some(&**reason),
            _ => None,
        }
    }
}
