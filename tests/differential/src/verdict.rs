//! A verdict of either verifier.

use docutray_webhook::{Error, Event, EventKind};

pub type Verdict = Result<Accepted, Refused>;

/// What an accepted delivery says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub is_known: bool,
    pub name: String,
    pub id: Option<String>,
    pub key: String,
    pub request_id: String,
    pub timestamp: u64,
    pub metadata_authenticated: bool,
}

/// Why a delivery is refused: a code, and the header or field at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: &'static str,
    pub field: Option<String>,
}

/// The verdict of the verifier that is tested.
pub fn of(result: Result<Event, Error>) -> Verdict {
    match result {
        Ok(event) => Ok(Accepted {
            is_known: event.kind() != EventKind::Unknown,
            name: event.name().to_owned(),
            id: event.id().map(str::to_owned),
            key: event.key().to_owned(),
            request_id: event.delivery().request_id().to_owned(),
            timestamp: event.delivery().timestamp(),
            metadata_authenticated: event.delivery().metadata_authenticated(),
        }),
        Err(error) => Err(Refused {
            code: error.code().as_str(),
            field: error.field().map(str::to_owned),
        }),
    }
}

/// An error of the naive verifier.
pub fn refused<T>(code: &'static str, field: Option<&str>) -> Result<T, Refused> {
    let field = field.map(str::to_owned);
    Err(Refused { code, field })
}
