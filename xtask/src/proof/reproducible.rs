//! Builds what is released from two directories, and compares the bytes.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use fs_err as fs;
use sha2::{Digest as _, Sha256};

use super::length::Length;
use crate::xtask::Xtask;

/// Two directories, the second with another length, and what else its builder has in another way.
const PLACES: [Place; 2] = [
    Place {
        directory: "reproducible/one",
        umask: "022",
        time_zone: "UTC",
    },
    Place {
        directory: "reproducible/another/and deeper",
        umask: "077",
        time_zone: "America/Santiago",
    },
];

struct Place {
    directory: &'static str,
    umask: &'static str,
    time_zone: &'static str,
}

/// The name and the SHA-256 of each artefact.
type Hashes = BTreeMap<String, String>;

/// The quick part builds nothing: `cargo xtask build` is a part of other steps, and takes minutes from an empty directory.
pub(super) fn run(xtask: &Xtask, length: Length) -> Result<String> {
    if length == Length::Quick {
        return Ok("reproducible: not run, it takes minutes".to_owned());
    }
    // Both first, so that they are the same, whatever changes meanwhile.
    for place in &PLACES {
        xtask.copy_sources(&place.root(xtask))?;
    }
    let [one, other] = PLACES.each_ref().map(|place| place.build(xtask));
    let (one, other) = (one?, other?);
    ensure!(
        one == other,
        "the same sources became different bytes:\n{one:#?}\n{other:#?}"
    );
    let names: Vec<_> = one.into_keys().collect();
    Ok(format!(
        "the same bytes from two directories: {}",
        names.join(", ")
    ))
}

impl Place {
    fn root(&self, xtask: &Xtask) -> PathBuf {
        xtask.workspace.scratch().join(self.directory)
    }

    fn build(&self, xtask: &Xtask) -> Result<Hashes> {
        let root = self.root(xtask);
        let version = &xtask.workspace.package.version;
        let name = &xtask.workspace.package.name;
        let itself = std::env::current_exe()?.display().to_string();
        self.run(xtask, &root, &[&itself, "build"])?;
        self.run(
            xtask,
            &root,
            &["npm", "pack", "./dist/npm", "--pack-destination", "dist"],
        )?;
        let package = ["package", "--locked", "--no-verify", "-p", name];
        self.run(xtask, &root, &[&["cargo"], &package[..]].concat())?;
        let artefacts = [
            "dist/docutray_webhook.wasm".to_owned(),
            "dist/gate.wasm".to_owned(),
            format!("dist/{name}-{version}.tgz"),
            format!("target/package/{name}-{version}.crate"),
        ];
        let hashes = artefacts.iter().map(|artefact| hash(&root.join(artefact)));
        let hashes = hashes.collect::<Result<_>>()?;
        // A gigabyte.
        fs::remove_dir_all(&root)?;
        Ok(hashes)
    }

    /// Runs a command in the copy, as this place's builder.
    fn run(&self, xtask: &Xtask, root: &Path, command: &[&str]) -> Result<()> {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("umask {} && exec \"$@\"", self.umask), "sh"])
            .args(command)
            .current_dir(root)
            .env("TZ", self.time_zone)
            // Else it would find this workspace.
            .env_remove("CARGO_MANIFEST_PATH")
            .env_remove("CARGO_TARGET_DIR");
        let label = format!("reproducible: {}", command.join(" "));
        xtask.console.run(&label, &mut shell).map(drop)
    }
}

fn hash(file: &Path) -> Result<(String, String)> {
    let name = file.file_name().context("an artefact has a name")?;
    let hash = hex::encode(Sha256::digest(fs::read(file)?));
    Ok((name.display().to_string(), hash))
}
