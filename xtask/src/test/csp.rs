//! The npm package in pages, whose Content Security Policy allows what the package needs, or does not.

use anyhow::Result;

use super::javascript::passed;
use crate::{
    tools::browsers::{CHROMIUM, FIREFOX, WEBKIT},
    xtask::Xtask,
};

pub(super) fn check(xtask: &Xtask) -> Result<String> {
    let mut node = xtask.node();
    node.env("DOCUTRAY_CONSUMER", xtask.consumer()?);
    xtask.need_hosts()?;
    for programs in [CHROMIUM, FIREFOX, WEBKIT] {
        xtask.locate(&mut node, programs)?;
    }
    let tests = xtask.workspace.path("tests/hosts/browser");
    let report = xtask.run_tests("node --test", &mut node, &tests)?;
    Ok(format!("{} tests", passed(&report)))
}
