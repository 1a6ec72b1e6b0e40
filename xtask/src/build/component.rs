//! Builds `dist/docutray_webhook.wasm`: a core module wrapped as a component that imports nothing, with its metadata.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_metadata::{AddMetadata, AddMetadataField, Description, Licenses, Source, Version};
use wit_component::ComponentEncoder;

use super::machine_paths::MachinePaths;
use crate::{directory, tools::toolchain, workspace::Package, xtask::Xtask};

pub(super) const PACKAGE: &str = "docutray-webhook-component";

impl Xtask {
    /// Builds the component.
    pub(super) fn build_component(&self) -> Result<PathBuf> {
        let component = self.workspace.dist().join("docutray_webhook.wasm");
        let package = &self.workspace.package;
        self.wrapped("component", PACKAGE, &component, |bytes| {
            describe(&bytes, package)
        })?;
        Ok(component)
    }

    /// Builds a component whose comparison of MACs leaks, to see that tests of constant time find it. It is written to the
    /// scratch directory, and its crates are compiled to a directory of their own.
    pub(crate) fn build_leaking_component(&self, leak: &str) -> Result<PathBuf> {
        let target = self.workspace.scratch().join("leaks");
        let component = target.join("component.wasm");
        let compiled = self.compile_with(
            "leaking component",
            toolchain::WASM,
            PACKAGE,
            |command, flags| {
                flags.push(format!("--cfg={leak}"));
                command.arg("--target-dir").arg(&target);
            },
        )?;
        directory::write(&component, encode(&fs_err::read(compiled)?)?)?;
        Ok(component)
    }

    /// Compiles a package for a target without WASI, so that it imports only what its own world says, and makes it a component.
    pub(super) fn wrapped(
        &self,
        name: &str,
        package: &str,
        component: &Path,
        finish: impl FnOnce(Vec<u8>) -> Result<Vec<u8>>,
    ) -> Result<()> {
        self.need_node_tools()?;
        let compiled = self.compile(&format!("{name}: compile"), toolchain::WASM, package)?;
        let stamp = self
            .stamp(name, &[component.to_owned()])?
            .reads(&compiled)?
            .depends_on(&format!("{:?}", self.workspace.package));
        stamp.renew(
            &self.console,
            &format!("{name}: optimise, encode"),
            |step| {
                let optimised = self.workspace.scratch().join(format!("{name}.wasm"));
                self.optimise(step, &compiled, &optimised)?;
                directory::write(component, finish(encode(&fs_err::read(&optimised)?)?)?)
            },
        )?;
        MachinePaths::find(self)?.check(&[component])
    }
}

fn encode(module: &[u8]) -> Result<Vec<u8>> {
    ComponentEncoder::default()
        .validate(true)
        .module(module)
        .and_then(ComponentEncoder::encode)
        .context("the module could not be made a component")
}

/// Embeds the metadata that registries show.
fn describe(component: &[u8], package: &Package) -> Result<Vec<u8>> {
    let mut metadata = AddMetadata::default();
    metadata.name = AddMetadataField::Set(package.name.clone());
    metadata.description = AddMetadataField::Set(Description::new(package.description.clone()));
    metadata.licenses = AddMetadataField::Set(Licenses::new(&package.license)?);
    metadata.source = AddMetadataField::Set(Source::new(&package.repository)?);
    metadata.version = AddMetadataField::Set(Version::new(package.version.clone()));
    metadata
        .to_wasm(component)
        .context("the component's metadata could not be embedded")
}
