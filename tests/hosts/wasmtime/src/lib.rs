//! The host `wasmtime`: the component in Wasmtime, called as the suite calls any host.
//!
//! The driver and the tests that need the built component share this.

mod artefact;
#[expect(
    missing_docs,
    reason = "generated from the WIT, which documents what it names"
)]
mod bindings;
mod case_result;
mod instance;
mod typed;

use anyhow::Result;
use docutray_webhook_suite::{Call, Case, CaseResult, Config, driver::Host};
use wasmtime::component::{Component, ResourceAny};

pub use self::{
    artefact::{engine_config, load, path},
    bindings::exports::docutray::webhook::{answers, verifier as wit},
    instance::{Instance, Prepared, Returned},
};

/// One instance for all cases, so that a case which breaks it is seen by the next ones.
#[derive(Debug)]
pub struct Wasmtime(Instance);

impl Wasmtime {
    /// Instantiates `component`.
    ///
    /// # Errors
    /// If Wasmtime cannot run it.
    pub fn new(component: &Component) -> Result<Self> {
        Ok(Self(Instance::new(component)?))
    }
}

impl Host for Wasmtime {
    type Verifier = ResourceAny;

    fn build(&mut self, config: &Config) -> Result<ResourceAny, CaseResult> {
        match self.0.verifier(&wit_config(config)) {
            Ok(Ok(verifier)) => Ok(verifier),
            Ok(Err(error)) => Err(self.refused(error)),
            Err(trap) => Err(crash(&trap)),
        }
    }

    fn call(&mut self, verifier: &mut ResourceAny, case: &Case) -> CaseResult {
        let headers = headers(case);
        let answer = match case.call {
            Call::Verify => self
                .0
                .verify(*verifier, &headers, &case.body, case.now)
                .map(|answer| answer.map(case_result::of_event)),
            Call::Authorize => self
                .0
                .authorize(*verifier, &headers, case.now)
                .map(|answer| answer.map(case_result::of_delivery)),
            Call::Stream => self
                .0
                .stream(*verifier, &headers, case.pieces(), case.now)
                .map(|answer| answer.map(case_result::of_event)),
        };
        match answer {
            Ok(answer) => answer.unwrap_or_else(|error| self.refused(error)),
            Err(trap) => crash(&trap),
        }
    }
}

impl Wasmtime {
    /// The result for an error. The component's answer must have the same code and status.
    fn refused(&mut self, error: wit::Error) -> CaseResult {
        match self.0.answer(&answers::Outcome::Refused(error.clone())) {
            Ok(told)
                if told.status == error.status && told.code.as_ref() == Some(&error.code_name) =>
            {
                case_result::of_error(error)
            }
            Ok(told) => CaseResult::Crash(format!("{error:?} is answered {told:?}")),
            Err(trap) => crash(&trap),
        }
    }
}

fn wit_config(config: &Config) -> wit::Config {
    wit::Config {
        secrets: config.secrets.clone(),
        metadata: if config.urls.is_empty() {
            wit::Metadata::BodyOnly
        } else {
            wit::Metadata::Registered(config.urls.clone())
        },
        // The interface's largest value is beyond the limit too.
        tolerance: config
            .tolerance
            .map(|seconds| u32::try_from(seconds).unwrap_or(u32::MAX)),
        max_body: config.max_body,
    }
}

fn headers(case: &Case) -> Vec<wit::Header> {
    case.headers
        .iter()
        .map(|(name, value)| (name.clone(), value.clone().into_bytes()))
        .collect()
}

fn crash(trap: &wasmtime::Error) -> CaseResult {
    CaseResult::Crash(format!("{trap:?}"))
}
