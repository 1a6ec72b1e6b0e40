//! `cargo xtask build`: the npm package and the component, and their bills of materials.
//!
//! Cargo decides what to compile. A later step runs only if its inputs or its outputs have changed.

mod component;
mod http;
mod limits;
mod machine_paths;
mod module_text;
mod npm;
mod reference_types;
mod sbom;
mod tools;
mod wasm;

use std::{io::Write as _, path::PathBuf};

use anyhow::{Context as _, Result};
use flate2::{Compression, write::GzEncoder};
use fs_err::{self as fs, File};

use crate::xtask::{Built, Xtask};

pub(crate) fn command(xtask: &Xtask) -> Result<bool> {
    let built = xtask.build()?;
    let gate = xtask.build_gate()?;
    println!("\n{:<32} {:>12} {:>12}", "", "bytes", "gzip");
    for (name, path) in [
        ("the npm package's module", &built.module),
        ("the component", &built.component),
        ("the gate", &gate),
    ] {
        let bytes = fs::read(path)?;
        println!("{name:<32} {:>12} {:>12}", bytes.len(), gzip_size(&bytes)?);
    }
    println!(
        "\n{}\n{}\n{}",
        xtask.workspace.shown(&built.package),
        xtask.workspace.shown(&built.component),
        xtask.workspace.shown(&gate)
    );
    Ok(true)
}

impl Xtask {
    /// Builds what is missing or out of date, once in a run.
    pub(crate) fn build(&self) -> Result<Built> {
        if let Some(built) = self.built.get() {
            return built
                .clone()
                .context("the build has failed before, see above");
        }
        let built = self.build_all();
        self.built.get_or_init(|| built.as_ref().ok().cloned());
        built
    }

    fn build_all(&self) -> Result<Built> {
        let _turn = self.turn()?;
        let component = self.build_component()?;
        let module = self.build_package(&component)?;
        self.write_sboms()?;
        Ok(Built {
            package: self.package(),
            component,
            module,
        })
    }

    /// Where the package is built.
    fn package(&self) -> PathBuf {
        self.workspace.dist().join("npm")
    }

    /// Waits until no other build is running, since both would write the same files.
    fn turn(&self) -> Result<File> {
        let path = self.workspace.scratch().join("lock");
        fs::create_dir_all(self.workspace.scratch())?;
        let file = File::create(path)?;
        file.lock()?;
        Ok(file)
    }

    /// The code of the build itself, which its outputs depend on.
    fn own_sources(&self) -> [PathBuf; 2] {
        [
            self.workspace.path("xtask/src/build"),
            self.workspace.path("Cargo.lock"),
        ]
    }
}

fn gzip_size(bytes: &[u8]) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len())
}
