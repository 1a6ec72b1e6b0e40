//! A usual mistake.

use alloc::string::String;

use serde::Serialize;

/// The mistake that made a signature differ.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Mistake {
    /// Its stable name, such as `body_trailing_newline`.
    pub name: &'static str,
    /// What to do. It contains no secret and no MAC.
    pub advice: String,
}

impl Mistake {
    pub(super) fn of(name: &'static str, advice: impl Into<String>) -> Self {
        Self {
            name,
            advice: advice.into(),
        }
    }

    /// Two mistakes at once: the first names them.
    pub(super) fn and(&self, second: &Self) -> Self {
        let advice = [&*self.advice, "Also:", &*second.advice].join(" ");
        Self {
            name: self.name,
            advice,
        }
    }
}
