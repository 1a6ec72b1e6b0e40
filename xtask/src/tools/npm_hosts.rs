//! Hosts that come from npm, and packages that drivers import. `tests/hosts/package-lock.json` pins them.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result};

use crate::{directory, stamp::Stamp, tools::npm::Install, xtask::Xtask};

const DIRECTORY: &str = "tests/hosts";
/// Deno uses what npm has installed, fetches nothing, asks nothing and writes no lock file.
const DENO: &str = "run --no-remote --cached-only --no-prompt --no-lock --node-modules-dir=manual";

impl Xtask {
    /// Installs them, if the lock has changed since.
    pub(crate) fn need_hosts(&self) -> Result<()> {
        self.need_packages(&self.workspace.path(DIRECTORY), Install::ForThisPlatform)
    }

    /// `deno run`, to which permissions and a script are added.
    pub(crate) fn deno(&self) -> Result<Command> {
        self.need_hosts()?;
        let mut command = Command::new(self.program("@deno", "deno")?);
        command
            .args(DENO.split_whitespace())
            .env("DENO_DIR", self.workspace.scratch().join("deno"))
            .env("DENO_NO_UPDATE_CHECK", "1");
        Ok(command)
    }

    /// Bun, to which a script is added.
    pub(crate) fn bun(&self) -> Result<Command> {
        self.need_hosts()?;
        Ok(Command::new(self.program("@oven", "bin/bun")?))
    }

    /// The component as `jco transpile` makes it, for Node.
    pub(crate) fn transpiled(&self) -> Result<PathBuf> {
        let component = self.build()?.component;
        self.need_hosts()?;
        let transpiled = self.workspace.scratch().join("transpiled");
        let outputs = [transpiled.clone()];
        let jco = self.installed("@bytecodealliance/jco");
        let stamp = Stamp::new(&self.workspace, "transpiled", &outputs)
            .reads(&component)?
            .reads(&jco.join("package.json"))?;
        stamp.renew(&self.console, "jco transpile", |step| {
            directory::create_empty(&transpiled)?;
            let mut command = self.node();
            command
                .arg(jco.join("dist/jco.js"))
                .arg("transpile")
                .arg(component)
                .args(["--instantiation", "sync", "--out-dir"])
                .arg(&transpiled);
            self.console.run_within(step, &mut command).map(drop)
        })?;
        Ok(transpiled)
    }

    /// A package's name and the version that is installed.
    pub(crate) fn host_version(&self, package: &str) -> Result<String> {
        self.need_hosts()?;
        self.package_version(package, &self.installed(package))
    }

    /// The program itself and not the script that starts it, since ending the script would not end the program. Of a scope's
    /// packages npm installs only those for this machine.
    fn program(&self, scope: &str, program: &str) -> Result<PathBuf> {
        let packages = fs::read_dir(self.installed(scope));
        let programs = packages.into_iter().flatten().flatten();
        programs
            .map(|package| package.path().join(program))
            .filter(|program| program.is_file())
            .min()
            .with_context(|| format!("npm has no {program} of {scope} for this machine"))
    }

    fn installed(&self, package: &str) -> PathBuf {
        let modules: &Path = &self.workspace.path(DIRECTORY).join("node_modules");
        modules.join(package)
    }
}
