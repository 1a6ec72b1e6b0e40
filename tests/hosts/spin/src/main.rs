//! The driver of the host `spin`: the composed application of `examples/spin`, over HTTP.
//!
//! The application is not changed. Its environment has the case's configuration, and its clock stands at the case's `now`.

mod application;
mod case_result;
mod delivery;
mod environment;
mod exchange;

use std::{env, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result};
use docutray_webhook_suite::{Case, CaseResult, Config, driver, driver::Host};
use tokio::runtime::{self, Runtime};

use crate::application::{Application, Loaded};

/// Names the composed application.
const APPLICATION: &str = "DOCUTRAY_WEBHOOK_SPIN_APPLICATION";

fn main() -> ExitCode {
    driver::main(Spin::start)
}

/// The application, compiled, and what it runs on.
struct Spin {
    runtime: Runtime,
    application: Loaded,
}

impl Spin {
    fn start() -> Result<Self> {
        let path = env::var_os(APPLICATION)
            .map(PathBuf::from)
            .with_context(|| format!("{APPLICATION} names no composed application"))?;
        Ok(Self {
            runtime: runtime::Builder::new_current_thread()
                .enable_all()
                .build()?,
            application: Loaded::from_file(&path)?,
        })
    }
}

impl Host for Spin {
    /// One instance for all cases of a configuration, so that a case which breaks it is seen by the next ones.
    type Verifier = Application;

    fn build(&mut self, config: &Config) -> Result<Application, CaseResult> {
        let variables = environment::of(config).map_err(left_out)?;
        let application = self.application.start(&variables);
        self.runtime
            .block_on(application)
            .map_err(|error| CaseResult::Crash(format!("{error:#}")))
    }

    fn call(&mut self, application: &mut Application, case: &Case) -> CaseResult {
        let request = match delivery::of(case) {
            Ok(request) => request,
            Err(reason) => return left_out(reason),
        };
        let received = exchange::run(application, request, case.now);
        match self.runtime.block_on(received) {
            Ok(received) => case_result::of(&received),
            Err(error) => CaseResult::Crash(format!("{error:#}")),
        }
    }
}

fn left_out(reason: &str) -> CaseResult {
    CaseResult::LeftOut(reason.to_owned())
}
