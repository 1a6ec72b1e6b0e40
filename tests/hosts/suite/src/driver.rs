//! A driver reads case files and prints one result a line. All cases of one configuration share a verifier, so that an input
//! which breaks the verifier for later ones is seen.

use std::{
    any::Any,
    collections::{HashMap, hash_map::Entry},
    env,
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use anyhow::{Context as _, Result, ensure};

use crate::{
    case::{Case, Config},
    case_result::CaseResult,
    file::read_files,
};

/// A host that Rust can call.
pub trait Host {
    /// The host's verifier.
    type Verifier;

    /// Builds the verifier of `config`.
    ///
    /// # Errors
    /// The result of every case with this configuration: a [`CaseResult::Error`] or a [`CaseResult::Crash`].
    fn build(&mut self, config: &Config) -> Result<Self::Verifier, CaseResult>;

    /// Makes the case's call on a verifier that has seen other cases.
    fn call(&mut self, verifier: &mut Self::Verifier, case: &Case) -> CaseResult;
}

/// A host and its verifiers.
#[derive(Debug)]
pub struct Driver<H: Host> {
    host: H,
    verifiers: HashMap<Config, Result<H::Verifier, CaseResult>>,
}

impl<H: Host> Driver<H> {
    /// A driver that has run nothing yet.
    #[must_use]
    pub fn new(host: H) -> Self {
        Self {
            host,
            verifiers: HashMap::new(),
        }
    }

    /// Runs one case; a panic is a result.
    pub fn run(&mut self, case: &Case) -> CaseResult {
        catch_unwind(AssertUnwindSafe(|| self.call(case))).unwrap_or_else(|panic| {
            CaseResult::Crash(format!("panicked: {}", words(panic.as_ref())))
        })
    }

    fn call(&mut self, case: &Case) -> CaseResult {
        let verifier = match self.verifiers.entry(case.config.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(self.host.build(&case.config)),
        };
        match verifier {
            Ok(verifier) => self.host.call(verifier, case),
            Err(result) => result.clone(),
        }
    }
}

/// A driver's `main`: runs the files named on the command line. `start` makes the host.
pub fn main<H: Host>(start: impl FnOnce() -> Result<H>) -> ExitCode {
    match drive(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn drive<H: Host>(start: impl FnOnce() -> Result<H>) -> Result<()> {
    let files: Vec<_> = env::args_os().skip(1).collect();
    ensure!(
        !files.is_empty(),
        "expected one or more case files as arguments"
    );
    let cases = read_files(files)?;
    let mut driver = Driver::new(start().context("cannot start the host")?);
    let mut out = io::stdout().lock();
    for case in &cases {
        writeln!(out, "{}", driver.run(case).line()).context("cannot write the results")?;
    }
    Ok(())
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without words")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Delivery, Json};

    /// Counts what it builds; a verifier counts its calls.
    struct Counting(u64);

    impl Host for Counting {
        type Verifier = u64;

        fn build(&mut self, config: &Config) -> Result<u64, CaseResult> {
            self.0 += 1;
            if config.secrets.is_empty() {
                Err(CaseResult::Crash(format!("built {}", self.0)))
            } else {
                Ok(0)
            }
        }

        fn call(&mut self, calls: &mut u64, case: &Case) -> CaseResult {
            assert!(case.name != "bad", "a bad case");
            *calls += 1;
            CaseResult::Delivery(Delivery {
                request_id: format!("built {}", self.0),
                timestamp: *calls,
                event: String::new(),
                metadata_authenticated: true,
            })
        }
    }

    fn case(name: &str, secrets: &str) -> Case {
        let text = format!(
            r#"{{"name": "{name}", "config": {{"secrets": {secrets}}}, "now": 1, "call": "authorize", "headers": [],
                "expect": {{"delivery": {{}}}}}}"#
        );
        serde_json::from_str(&text).expect("a case")
    }

    fn calls(driver: &mut Driver<Counting>, secrets: &str) -> Option<Json> {
        let result = Json::parse(&driver.run(&case("good", secrets)).line()).expect("JSON");
        result
            .get("delivery")
            .and_then(|delivery| delivery.get("timestamp"))
            .cloned()
    }

    #[test]
    fn a_configuration_keeps_its_verifier() {
        let mut driver = Driver::new(Counting(0));
        assert_eq!(
            calls(&mut driver, r#"["a"]"#),
            Some(Json::Number(1.0.into()))
        );
        assert_eq!(
            calls(&mut driver, r#"["b"]"#),
            Some(Json::Number(1.0.into()))
        );
        assert_eq!(
            calls(&mut driver, r#"["a"]"#),
            Some(Json::Number(2.0.into()))
        );
        assert_eq!(driver.host.0, 2);
    }

    #[test]
    fn a_configuration_that_fails_is_built_once() {
        let mut driver = Driver::new(Counting(0));
        for _ in 0..2 {
            assert_eq!(
                driver.run(&case("good", "[]")).line(),
                r#"{"crash":"built 1"}"#
            );
        }
    }

    #[test]
    fn a_panic_is_a_crash_and_the_verifier_is_kept() {
        let mut driver = Driver::new(Counting(0));
        assert_eq!(
            driver.run(&case("bad", r#"["a"]"#)).line(),
            r#"{"crash":"panicked: a bad case"}"#
        );
        assert_eq!(
            calls(&mut driver, r#"["a"]"#),
            Some(Json::Number(1.0.into()))
        );
        assert_eq!(driver.host.0, 1);
    }
}
