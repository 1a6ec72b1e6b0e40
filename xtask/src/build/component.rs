//! Builds `dist/docutray_webhook.wasm`: a core module wrapped as a component that imports nothing, with its metadata.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use wasm_metadata::{AddMetadata, AddMetadataField, Description, Licenses, Source, Version};
use wit_component::ComponentEncoder;

use super::machine_paths::MachinePaths;
use crate::{directory, workspace::Package, xtask::Xtask};

const PACKAGE: &str = "docutray-webhook-component";

impl Xtask {
    /// Builds the component.
    pub(super) fn build_component(&self) -> Result<PathBuf> {
        let step = self.console.step("component: compile");
        self.need_node_tools()?;
        let compiled = self.compile(&step, PACKAGE)?;
        step.done("");
        let component = self.workspace.dist().join("docutray_webhook.wasm");
        self.wrap(&compiled, &component)?;
        MachinePaths::find(self)?.check(&[&component])?;
        Ok(component)
    }

    fn wrap(&self, compiled: &Path, component: &Path) -> Result<()> {
        let package = &self.workspace.package;
        let stamp = self
            .stamp("component", &[component.to_owned()])?
            .reads(compiled)?
            .depends_on(&format!("{package:?}"));
        if !stamp.is_current() {
            let step = self.console.step("component: optimise, encode");
            let optimised = self.workspace.scratch().join("component.wasm");
            self.optimise(&step, compiled, &optimised)?;
            directory::write(
                component,
                describe(&encode(&fs_err::read(&optimised)?)?, package)?,
            )?;
            stamp.record()?;
            step.done("");
        }
        Ok(())
    }
}

pub(super) fn encode(module: &[u8]) -> Result<Vec<u8>> {
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
