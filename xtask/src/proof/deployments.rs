//! A release, rehearsed: each command of the release workflow is run, with registries on this machine. Then users install what was
//! published.

mod registries;

use std::{
    collections::BTreeSet,
    env,
    ffi::{OsStr, OsString},
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use self::registries::Registries;
use super::length::Length;
use crate::{
    directory,
    tools::cargo::WHOLE_WORKSPACE,
    workflow::{
        RELEASE, Workflow,
        runner::{Runner, Setting},
    },
    xtask::Xtask,
};

/// The jobs that publish, after the first.
const BUILD: &str = "build";
const PUBLISHING: [&str; 3] = ["attest", "crate", "npm"];
/// A long run has it alone, since `wkg` takes minutes to build.
const COMPONENT: &str = "component";
/// The registry that the workflow names.
const REGISTRY: &str = "ghcr.io";

pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    let workflow = Workflow::read(xtask, RELEASE)?;
    let known: BTreeSet<_> = PUBLISHING.into_iter().chain([BUILD, COMPONENT]).collect();
    let jobs: BTreeSet<_> = workflow.jobs.keys().map(String::as_str).collect();
    ensure!(
        jobs == known,
        "the workflow {RELEASE} has the jobs {jobs:?}, and this rehearsal has {known:?}"
    );
    let registries = Registries::start(xtask)?;
    let root = xtask.workspace.scratch().join("release");
    let setting = setting(&workflow, &registries, &root)?;
    let runner = Runner::new(xtask, root, setting, &build)?;
    let run = |name: &str| {
        let job = workflow.jobs.get(name);
        runner.run(name, job.with_context(|| format!("no job {name}"))?)
    };
    let sums = run(BUILD)?.join("dist/SHA256SUMS");
    for name in PUBLISHING {
        run(name)?;
    }
    let installed = installed(xtask, &registries, &sums)?;
    let component = match length {
        Length::Quick => "without the component, since wkg takes minutes to build".to_owned(),
        Length::Long => {
            let directory = run(COMPONENT)?;
            component(xtask, &runner, &directory, &sums)?
        }
    };
    runner.remove()?;
    Ok(format!("{installed}; {component}"))
}

/// What stands for the registries of the workflow. Npm's is named by a file, as a user names another. A variable of this machine
/// would count more, and publish to the registry that it names.
fn setting(workflow: &Workflow, registries: &Registries, root: &Path) -> Result<Setting> {
    let npmrc = root.with_extension("npmrc");
    let host = registries.npm.trim_start_matches("http:");
    let settings = format!("registry={}\n{host}:_authToken=no-token\n", registries.npm);
    directory::write(&npmrc, settings)?;
    let component = workflow.jobs.get(COMPONENT);
    let named = component.and_then(|job| job.env.get("REGISTRY"));
    let named = named.with_context(|| format!("the job `{COMPONENT}` has no REGISTRY"))?;
    let oci = &registries.oci;
    let plain = format!("\n[registry.{oci:?}.oci]\nprotocol = \"http\"\n");
    let variables: [(&str, OsString); 7] = [
        ("NPM_CONFIG_USERCONFIG", npmrc.into()),
        // Only the workflow's host can sign for it.
        ("NPM_CONFIG_PROVENANCE", "false".into()),
        ("CARGO_REGISTRY_DEFAULT", "here".into()),
        ("CARGO_REGISTRIES_HERE_TOKEN", "no-token".into()),
        (
            "CARGO_REGISTRIES_HERE_INDEX",
            format!("sparse+{}", registries.crates).into(),
        ),
        ("REGISTRY", (named.replace(REGISTRY, oci) + &plain).into()),
        ("PATH", path_with_wkg(root)?),
    ];
    Ok(Setting {
        umask: "022",
        launcher: Vec::new(),
        variables: variables
            .map(|(name, value)| (name.to_owned(), value))
            .into(),
        hidden: env::vars_os()
            .map(|(name, _)| name)
            .filter(|name| is_npms(name))
            .collect(),
    })
}

/// Npm reads its variables in either case.
fn is_npms(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_lowercase();
    name.starts_with("npm_config_")
}

/// The workflow installs `wkg` for all commands after that.
fn path_with_wkg(root: &Path) -> Result<OsString> {
    let path = env::var_os("PATH").unwrap_or_default();
    let wkg = root.with_file_name("wkg").join("bin");
    let all = [wkg].into_iter().chain(env::split_paths(&path));
    Ok(env::join_paths(all)?)
}

/// Stands for the build: what this workspace has built.
fn build(runner: &Runner<'_>, directory: &Path) -> Result<()> {
    let xtask = runner.xtask();
    let built = xtask.build()?;
    let gate = xtask.build_gate()?;
    let bills = ["component", "npm"].map(|name| format!("{name}.cdx.json"));
    let bills = bills.map(|name| xtask.workspace.dist().join(name));
    for file in [built.package, built.component, gate].iter().chain(&bills) {
        let name = file.file_name().context("an artefact has a name")?;
        directory::copy(file, &directory.join("dist").join(name))?;
    }
    Ok(())
}

/// Compares what was published with what was built, and installs the package with each package manager.
fn installed(xtask: &Xtask, registries: &Registries, sums: &Path) -> Result<String> {
    let tests = xtask.workspace.path(registries::DIRECTORY);
    let mut node = xtask.node();
    node.current_dir(&tests)
        .env("REGISTRY", &registries.npm)
        .env("CRATES", &registries.crates)
        .env("SUMS", sums)
        .env("VERSION", &xtask.workspace.package.version)
        .env("NODE", "node")
        .env("BUN", xtask.bun()?.get_program())
        .env("DENO", xtask.deno()?.get_program());
    let report = xtask.run_tests("deployments", &mut node, &tests)?;
    let names: Vec<_> = report
        .lines()
        .filter_map(|line| line.strip_prefix("✔ ")?.rsplit_once(" (").map(|it| it.0))
        .collect();
    Ok(names.join(", "))
}

/// Pulls the component and its interface. The tests of the component have to pass with those bytes.
fn component(xtask: &Xtask, runner: &Runner<'_>, directory: &Path, sums: &Path) -> Result<String> {
    let version = &xtask.workspace.package.version;
    let pulled = directory.join("pulled.wasm");
    pull(
        runner,
        directory,
        &format!("docutray:webhook-verifier@{version}"),
        &pulled,
    )?;
    let hash = hex::encode(Sha256::digest(fs_err::read(&pulled)?));
    let sums = fs_err::read_to_string(sums)?;
    ensure!(
        sums.contains(&format!("{hash}  docutray_webhook.wasm")),
        "the pulled component has the SHA-256 {hash}, and published was\n{sums}"
    );
    let interface = directory.join("pulled-interface.wasm");
    pull(runner, directory, "docutray:webhook", &interface)?;
    let published = directory.join("dist/docutray_webhook_wit.wasm");
    ensure!(
        fs_err::read(interface)? == fs_err::read(published)?,
        "the pulled interface is not the published one"
    );
    let mut test = xtask.cargo(&format!("test --locked {WHOLE_WORKSPACE} --test component"));
    test.env("DOCUTRAY_WEBHOOK_COMPONENT", &pulled);
    xtask
        .console
        .run("the pulled component in Wasmtime", &mut test)?;
    Ok("the pulled component and its interface are what was published, and the component passes its tests in Wasmtime".to_owned())
}

fn pull(runner: &Runner<'_>, directory: &Path, package: &str, to: &Path) -> Result<()> {
    let words = ["wkg", "get", package, "--format", "wasm", "--output"].map(OsString::from);
    let words = words.into_iter().chain([to.into()]);
    let mut get = runner.command(directory, &words.collect::<Vec<_>>());
    runner
        .xtask()
        .console
        .run(&format!("wkg get {package}"), &mut get)
        .map(drop)
}
