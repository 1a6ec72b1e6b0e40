//! A step of `cargo xtask test`.

use anyhow::Result;

use super::failure::Failure;
use crate::xtask::Xtask;

/// A check. It returns a few words on what it did.
pub(super) struct Check {
    pub(super) name: &'static str,
    pub(super) what: &'static str,
    /// Patterns of the paths of the files that it judges.
    pub(super) judges: &'static [&'static str],
    pub(super) run: fn(&Xtask) -> Result<String>,
}

impl Check {
    /// Runs it. Gives why it failed, if it did.
    pub(super) fn failure(&self, xtask: &Xtask) -> Option<Failure> {
        let step = xtask.console.step(self.name);
        match (self.run)(&xtask.within(&step)) {
            Ok(note) => {
                step.done(&note);
                None
            }
            Err(error) => {
                step.done("FAILED");
                let failure = Failure {
                    name: self.name,
                    fault: format!("{error:#}"),
                };
                eprintln!(
                    "{}\nthis step alone: cargo xtask test {}\n",
                    failure.fault, failure.name
                );
                Some(failure)
            }
        }
    }
}
