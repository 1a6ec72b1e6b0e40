//! Keeps paths of this machine out of the artefacts: tells rustc to replace them, and checks the artefacts.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::{directory, tools::toolchain, xtask::Xtask};

/// Directories of this machine that code comes from, each with what replaces it in an artefact.
pub(super) struct MachinePaths(Vec<MachinePath>);

struct MachinePath {
    directory: PathBuf,
    stands_for: String,
    /// What follows it in a path that has leaked. A directory alone, such as `/src`, could be a part of any path.
    below: &'static [&'static str],
}

impl MachinePaths {
    /// The last one that fits is the one that rustc applies.
    pub(super) fn find(xtask: &Xtask) -> Result<Self> {
        let cargo_home = env::var_os("CARGO_HOME")
            .map(PathBuf::from)
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .context("neither CARGO_HOME nor a home directory is known")?;
        let mut paths = vec![
            MachinePath::new(
                &xtask.workspace.root,
                "/docutray-webhook",
                &["src/", "js/", "wit/"],
            ),
            MachinePath::new(
                &xtask.workspace.target,
                "/target",
                &[toolchain::WASM, "wasm/"],
            ),
            MachinePath::new(&cargo_home, "/cargo", &["registry/", "git/"]),
        ];
        // Each registry has a directory named after its host. A mirror must not change the artefacts.
        for registry in fs_err::read_dir(cargo_home.join("registry/src"))
            .into_iter()
            .flatten()
        {
            let registry = registry?.path();
            paths.push(MachinePath::new(&registry, "/crates", &[""]));
        }
        let library = format!("/rustc/{}", rustc_commit(xtask)?);
        paths.push(MachinePath::new(
            &xtask.sysroot()?.join("lib/rustlib/src/rust"),
            &library,
            &["library/"],
        ));
        Ok(Self(paths))
    }

    /// The flags for rustc.
    pub(super) fn remapped(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|path| {
            format!(
                "--remap-path-prefix={}={}",
                path.directory.display(),
                path.stands_for
            )
        })
    }

    /// Fails if an artefact, a file or a directory, contains such a path.
    pub(super) fn check(&self, artefacts: &[&Path]) -> Result<()> {
        for artefact in artefacts {
            for file in directory::files(artefact)? {
                let content = fs_err::read(&file)?;
                if let Some(leaked) = self.leaked(&content) {
                    bail!(
                        "{} holds a path of this machine: {leaked}...",
                        file.display()
                    );
                }
            }
        }
        Ok(())
    }

    fn leaked(&self, content: &[u8]) -> Option<String> {
        self.0
            .iter()
            .filter(|path| path.directory != Path::new(&path.stands_for))
            .find_map(|path| {
                path.below
                    .iter()
                    .map(|below| format!("{}/{below}", path.directory.display()))
                    .find(|needle| {
                        content
                            .windows(needle.len())
                            .any(|window| window == needle.as_bytes())
                    })
            })
    }
}

impl MachinePath {
    fn new(directory: &Path, stands_for: &str, below: &'static [&'static str]) -> Self {
        Self {
            directory: directory.to_owned(),
            stands_for: stands_for.to_owned(),
            below,
        }
    }
}

/// The commit in the paths that rustc writes for the standard library where its sources are not installed.
fn rustc_commit(xtask: &Xtask) -> Result<String> {
    let text = xtask.rustc(&["-vV"])?;
    let commit = text
        .lines()
        .find_map(|line| line.strip_prefix("commit-hash: "));
    Ok(commit.unwrap_or("unknown").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leaked_path_is_found_and_a_remapped_one_is_not() {
        let paths = MachinePaths(vec![
            MachinePath::new(Path::new("/src"), "/docutray-webhook", &["src/", "js/"]),
            MachinePath::new(Path::new("/cargo"), "/cargo", &["registry/"]),
        ]);
        assert_eq!(
            paths.leaked(b"lib.rs/src/src/payload.rs").as_deref(),
            Some("/src/src/")
        );
        assert_eq!(
            paths.leaked(b"/crates/serde-1.0.0/src/lib.rs/docutray-webhook/src/payload.rs"),
            None
        );
        assert_eq!(paths.leaked(b"/cargo/registry/"), None);
    }
}
