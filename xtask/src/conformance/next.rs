//! Next.js with a route on its edge, which runs the cases. `tests/bundlers` has Next among its packages.

use std::{path::PathBuf, process::Command};

use anyhow::Result;

use crate::{
    directory,
    stamp::Stamp,
    test::{nodes::node_named, projects::BUNDLERS},
    xtask::Xtask,
};

/// The Node that Next runs in.
const NODE: &str = "node-24";
const SOURCES: &str = "tests/hosts/next";
/// A file of each build, which nothing changes later.
const BUILD_ID: &str = ".next/BUILD_ID";
/// Next contacts no server, and takes the lock file of another directory.
const QUIET: [(&str, &str); 3] = [
    ("CI", "true"),
    ("NEXT_TELEMETRY_DISABLED", "1"),
    ("NEXT_IGNORE_INCORRECT_LOCKFILE", "1"),
];

impl Xtask {
    pub(super) fn next_driver(&self) -> Result<Command> {
        let application = self.next_application()?;
        let mut command = node_named(self, NODE)?;
        command
            .arg(self.workspace.path(SOURCES).join("drive.mjs"))
            .envs(QUIET)
            .env("DOCUTRAY_NEXT", application)
            .env("NEXT", self.next().join("dist/bin/next"));
        Ok(command)
    }

    pub(super) fn next_version(&self) -> Result<String> {
        BUNDLERS.need_packages(self)?;
        self.package_version("next", &self.next())
    }

    fn next(&self) -> PathBuf {
        BUNDLERS.place(self).join("node_modules/next")
    }

    /// The application, built in a project that has installed the packed package.
    fn next_application(&self) -> Result<PathBuf> {
        let package = self.build()?.package;
        BUNDLERS.need_packages(self)?;
        let application = BUNDLERS.place(self).join("next");
        self.install(&package, &application)?;
        let sources = self.workspace.path(SOURCES);
        let run = self.workspace.path("tests/hosts/run-cases.mjs");
        let stamp = Stamp::new(&self.workspace, "next", &[application.join(BUILD_ID)])
            .reads(&package)?
            .reads(&self.next().join("package.json"))?
            .reads(&sources)?
            .reads(&run)?;
        stamp.renew(&self.console, "next build", |step| {
            directory::copy(&sources, &application)?;
            directory::copy(&run, &application.join("run-cases.mjs"))?;
            let mut build = node_named(self, NODE)?;
            build
                .arg(self.next().join("dist/bin/next"))
                .args(["build", "--turbopack"])
                .envs(QUIET)
                .current_dir(&application);
            self.console.run_within(step, &mut build).map(drop)
        })?;
        Ok(application)
    }
}
