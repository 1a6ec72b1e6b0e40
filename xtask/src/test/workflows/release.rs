//! What the release workflow promises: no job publishes what was not tested, no token is stored, and each artefact can be traced to
//! its build.

use anyhow::{Context as _, Result, ensure};

use crate::workflow::{Job, Workflow};

const BUILD: &str = "build";
/// The token that each run gets for itself.
const OWN_TOKEN: &str = "${{ secrets.GITHUB_TOKEN }}";
/// Of `[workspace.package]`.
const RUST: &str = concat!(env!("CARGO_PKG_RUST_VERSION"), ".");
const NODE: &str = "actions/setup-node";
/// The jobs that prove to others who they are.
const TRUSTED: [&str; 3] = ["attest", "crate", "npm"];
/// What such a job does not run, since code of others would run beside its token.
const FOREIGN_CODE: [&str; 5] = [
    "cargo xtask",
    "cargo install",
    ".ci/run",
    "npm ci",
    "npm install",
];
/// Each with what the workflow has to use for it.
const ACTIONS: [(&str, &str); 2] = [
    ("attest", "actions/attest-build-provenance"),
    ("crate", "rust-lang/crates-io-auth-action"),
];

pub(super) fn check(workflow: &Workflow) -> Result<()> {
    for (name, job) in &workflow.jobs {
        follows(name, job).with_context(|| format!("the job `{name}` of a release"))?;
    }
    for (name, action) in ACTIONS {
        let mut actions = steps(workflow, name)?
            .iter()
            .filter_map(|step| step.action());
        ensure!(
            actions.any(|found| found == action),
            "the job `{name}` does not use {action}"
        );
    }
    for name in [BUILD, "crate"] {
        let job = workflow.jobs.get(name);
        let rust = job.and_then(|job| job.env.get("RUSTUP_TOOLCHAIN"));
        ensure!(
            rust.is_some_and(|rust| rust.starts_with(RUST)),
            "the job `{name}` has another Rust than {RUST}, or any that comes along: others could not build the same bytes"
        );
    }
    let mut steps_of_build = steps(workflow, BUILD)?.iter();
    let node = steps_of_build.find(|step| step.action() == Some(NODE));
    let node = node.and_then(|step| step.input("node-version"));
    ensure!(
        node.is_some_and(|version| version.split('.').count() == 3),
        "the job `{BUILD}` names no exact version of Node, which compresses the package: others could not build the same bytes"
    );
    publishes_with_provenance(workflow)
}

fn follows(name: &str, job: &Job) -> Result<()> {
    let is_trusted = job
        .permissions
        .get("id-token")
        .is_some_and(|it| it == "write");
    ensure!(
        is_trusted == TRUSTED.contains(&name),
        "`id-token: write` is for the jobs {TRUSTED:?} alone"
    );
    if name != BUILD {
        ensure!(
            job.needs.as_deref() == Some(BUILD),
            "it does not wait for `{BUILD}`"
        );
        let reviewed = job.environment.as_ref().and_then(|it| it.as_str());
        ensure!(reviewed == Some("release"), "nobody lets it go on");
    }
    let scripts = || job.steps.iter().filter_map(|step| step.run.as_deref());
    for foreign in FOREIGN_CODE.iter().filter(|_| is_trusted) {
        ensure!(
            !scripts().any(|script| script.contains(foreign)),
            "`{foreign}` runs code of others beside its token"
        );
    }
    for script in scripts().filter(|script| script.contains("cargo p") && is_trusted) {
        ensure!(
            script.contains("--no-verify"),
            "`{script}` compiles dependencies beside its token"
        );
    }
    let mut texts = job.texts();
    ensure!(
        !texts.any(|text| text.contains("secrets.") && text != OWN_TOKEN),
        "it has a token that somebody has stored"
    );
    Ok(())
}

fn publishes_with_provenance(workflow: &Workflow) -> Result<()> {
    let is_publishing = |script: &str| script.starts_with("npm publish ");
    let mut steps = steps(workflow, "npm")?.iter();
    let step = steps.find(|step| step.run.as_deref().is_some_and(is_publishing));
    let step = step.context("the job `npm` publishes nothing")?;
    ensure!(
        step.env
            .get("NPM_CONFIG_PROVENANCE")
            .is_some_and(|it| it == "true"),
        "npm publishes without provenance"
    );
    let script = step.run.as_deref().unwrap_or_default();
    ensure!(
        script.contains("--ignore-scripts"),
        "npm would run scripts of the package beside its token"
    );
    Ok(())
}

fn steps<'w>(workflow: &'w Workflow, name: &str) -> Result<&'w [crate::workflow::Step]> {
    let job = workflow.jobs.get(name);
    Ok(&job
        .with_context(|| format!("there is no job `{name}`"))?
        .steps)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELEASE: &str = include_str!("../../../../.github/workflows/release.yml");

    fn fault(from: &str, to: &str) -> Option<String> {
        let changed = RELEASE.replace(from, to);
        assert!(
            from == to || changed != RELEASE,
            "the workflow has no {from}"
        );
        let workflow = Workflow::parse(&changed).expect("a workflow");
        check(&workflow).err().map(|error| format!("{error:#}"))
    }

    #[test]
    fn the_workflow_keeps_its_promises() {
        assert_eq!(fault("", ""), None);
    }

    #[test]
    fn a_broken_promise_is_found() {
        for (from, to) in [
            ("    needs: build\n", ""),
            ("    environment: release\n", ""),
            ("RUSTUP_TOOLCHAIN: \"1.", "RUSTUP_TOOLCHAIN: \"2."),
            ("node-version: \"24.21.0\"", "node-version: \"24\""),
            (
                "password: ${{ secrets.GITHUB_TOKEN }}",
                "password: ${{ secrets.TOKEN }}",
            ),
            (
                "- run: npm publish",
                "- run: TOKEN=${{ secrets.TOKEN }} npm publish",
            ),
            ("      id-token: write\n", ""),
            ("      packages: write\n", "      id-token: write\n"),
            ("NPM_CONFIG_PROVENANCE: \"true\"", "OTHER: \"true\""),
            (" --ignore-scripts", ""),
            (
                "cargo publish --locked --no-verify",
                "cargo publish --locked",
            ),
            ("${{ steps.auth.outputs.token }}", "${{ secrets.TOKEN }}"),
            ("rust-lang/crates-io-auth-action", "other/action"),
            ("actions/attest-build-provenance", "other/action"),
            (
                "      - run: npm publish",
                "      - run: npm ci\n      - run: npm publish",
            ),
        ] {
            assert!(fault(from, to).is_some(), "{from}");
        }
    }
}
