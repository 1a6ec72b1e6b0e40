//! What stands for the actions of a workflow.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};
use fs_err as fs;
use glob::glob;

use super::{
    Step,
    runner::{Runner, SOURCES},
};
use crate::directory;

/// The same commit wherever and whenever it is made.
const COMMIT: &str = "git init --quiet && git add --all && git -c user.name=release -c user.email=release@localhost \
    commit --quiet --message release --date 2000-01-01T00:00:00Z";
const COMMITTED: (&str, &str) = ("GIT_COMMITTER_DATE", "2000-01-01T00:00:00Z");

impl Runner<'_> {
    /// Does what an action would do.
    pub(super) fn act(&self, action: &str, step: &Step, directory: &Path) -> Result<()> {
        match action {
            "actions/checkout" => self.check_out(directory),
            "actions/upload-artifact" => upload(step, directory, &self.artifact(step)?),
            "actions/download-artifact" => {
                let to = step.input("path").unwrap_or(".");
                directory::copy(&self.artifact(step)?, &directory.join(to))
            }
            // It signs the hashes. That they are right can be seen without it.
            "actions/attest-build-provenance" => {
                let sums = step.input("subject-checksums");
                let sums = sums.context("the action is given no `subject-checksums`")?;
                let check = ["sha256sum", "--check", "--strict", sums].map(OsString::from);
                let mut check = self.command(directory, &check);
                self.xtask().console.run("hashes", &mut check).map(drop)
            }
            // Node is here, and the registries that stand for the real ones ask for no name.
            "actions/setup-node" | "docker/login-action" | "rust-lang/crates-io-auth-action" => {
                Ok(())
            }
            _ => bail!("nothing stands for the action {action}"),
        }
    }

    /// Copies the sources as the commit of a release has them.
    fn check_out(&self, directory: &Path) -> Result<()> {
        directory::copy(&self.root.join(SOURCES), directory)?;
        let interface = directory.join("wit/webhook.wit");
        let released = released(&fs::read_to_string(&interface)?)?;
        directory::copy(&interface, &directory.join(released))?;
        let words = ["sh", "-c", COMMIT].map(OsString::from);
        let mut commit = self.command(directory, &words);
        commit.envs([COMMITTED]);
        self.xtask()
            .console
            .run("sources: commit", &mut commit)
            .map(drop)
    }

    /// Where an artifact is between two jobs.
    fn artifact(&self, step: &Step) -> Result<PathBuf> {
        let name = step.input("name").context("an artifact has a name")?;
        Ok(self.root.join("artifacts").join(name))
    }
}

/// Where a release has its interface.
fn released(wit: &str) -> Result<String> {
    let version = wit.lines().find_map(|line| {
        let version = line.strip_prefix("package docutray:webhook@")?;
        version.strip_suffix(';')
    });
    let version = version.context("wit/webhook.wit names no version")?;
    Ok(format!("wit/released/{version}.wit"))
}

/// Copies the files that patterns find. All are in one directory, which an artifact does not have.
fn upload(step: &Step, directory: &Path, artifact: &Path) -> Result<()> {
    let patterns = step.input("path").context("an artifact has a path")?;
    let mut parents = Vec::new();
    for pattern in patterns.lines() {
        let path = directory.join(pattern);
        let files: Vec<_> = glob(path.to_str().context("a path is text")?)?.collect();
        ensure!(!files.is_empty(), "no file is {pattern}");
        for file in files {
            let file = file?;
            let name = file.file_name().context("a file has a name")?;
            directory::copy(&file, &artifact.join(name))?;
            parents.push(file.parent().map(Path::to_owned));
        }
    }
    parents.dedup();
    ensure!(
        parents.len() == 1,
        "files of several directories: {patterns}"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_has_its_interface_by_its_version() -> Result<()> {
        let wit = "package docutray:webhook@1.2.3;\n\nworld w {}\n";
        assert_eq!(released(wit)?, "wit/released/1.2.3.wit");
        assert!(released("package other:name@1.2.3;\n").is_err());
        Ok(())
    }

    #[test]
    fn an_artifact_has_the_files_of_one_directory() -> Result<()> {
        let job = tempfile::tempdir()?;
        let artifact = tempfile::tempdir()?;
        for name in ["dist/a.wasm", "dist/b.tgz", "other/c.wasm"] {
            directory::write(&job.path().join(name), name)?;
        }
        let uploaded = |paths: &str| {
            let step = format!("uses: a/b@c\nwith:\n  path: {paths:?}\n");
            let step = serde_saphyr::from_str(&step).context("a step")?;
            upload(&step, job.path(), artifact.path())
        };
        uploaded("dist/*.wasm\ndist/b.tgz")?;
        assert_eq!(directory::files(artifact.path())?.len(), 2);
        assert!(uploaded("dist/*.crate").is_err());
        assert!(uploaded("dist/*\nother/*").is_err());
        Ok(())
    }
}
