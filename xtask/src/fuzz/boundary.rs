//! The fuzzer of the npm package's calls, in JavaScript.

use anyhow::{Result, ensure};

use crate::{test::projects::BOUNDARY, xtask::Xtask};

/// The target's name.
pub(crate) const NAME: &str = "boundary";
/// How long the fuzzer draws new values. Without it, they are the same in each run, and few.
const MINUTES: &str = "BOUNDARY_MINUTES";

/// Draws values and passes them to the package. What breaks a promise is then a file in `tests/fuzz/findings/boundary`.
pub(crate) fn run(xtask: &Xtask, minutes: Option<u32>) -> Result<String> {
    let mut node = xtask.node();
    if let Some(minutes) = minutes {
        node.env(MINUTES, minutes.to_string());
    }
    let report = BOUNDARY.report(xtask, node)?;
    let plans: u64 = report.lines().filter_map(plans).sum();
    ensure!(
        plans > 0,
        "the fuzzer has not counted its inputs:\n{report}"
    );
    Ok(format!("{NAME}: {plans} inputs"))
}

/// From `ℹ sameVerdict: 12 plans`
fn plans(line: &str) -> Option<u64> {
    let counted = line.strip_suffix(" plans")?;
    counted.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn plans_are_counted() {
        assert_eq!(super::plans("  ℹ sameVerdict: 12 plans"), Some(12));
        assert_eq!(super::plans("ℹ tests 3"), None);
    }
}
