//! Builds the tools of `js/tools` into the package: their module, their pages, their programs.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::npm::write_bindings;
use crate::{console::Step, directory, tools::toolchain, xtask::Xtask};

pub(super) const PACKAGE: &str = "docutray-webhook-tools-wasm";
/// The stem of the files that wasm-bindgen writes.
const STEM: &str = "docutray_webhook_tools";
const SOURCES: &str = "js/tools";
const GENERATED: &str = "js/tools/src/generated";
/// The programs and entries, each a file of `js/tools/src`.
const ENTRIES: [&str; 2] = ["cli", "testing"];
const BUNDLE: &str = include_str!("bundle-tools.mjs");
const COMPRESSED_TYPES: &str = "/** Compressed with Brotli, in base64. */
export const compressed: string;
";

impl Xtask {
    /// Makes `js/tools/src/generated`, which bundling completes. Returns the module.
    pub(super) fn bind_tools(&self) -> Result<PathBuf> {
        let compiled = self.compile("tools: compile", toolchain::WASM, PACKAGE)?;
        let module = self.workspace.scratch().join("tools.wasm");
        let generated = self.workspace.path(GENERATED);
        let stamp = self.stamp(
            "tools-bindings",
            &[module.clone(), generated.join("bindings.js")],
        )?;
        stamp
            .reads(&compiled)?
            .renew(&self.console, "tools: bind, optimise", |step| {
                let bindings = self.bindings(&compiled, STEM)?;
                self.optimise(step, &bindings.join(format!("{STEM}_bg.wasm")), &module)?;
                directory::create_empty(&generated)?;
                write_bindings(&bindings, STEM, &generated)?;
                for name in ["module.d.ts", "pages.d.ts"] {
                    directory::write(&generated.join(name), COMPRESSED_TYPES)?;
                }
                Ok(())
            })?;
        Ok(module)
    }

    /// Writes the programs and their types to the package.
    pub(super) fn bundle_tools(&self, step: &Step, module: &Path, package: &Path) -> Result<()> {
        let tools = package.join("tools");
        let mut node = self.node();
        node.args(["--input-type=module", "--eval", BUNDLE])
            .arg(self.workspace.path(SOURCES))
            .arg(module)
            .arg(&tools)
            .args(ENTRIES)
            // esbuild is installed here.
            .current_dir(self.workspace.path("js"));
        self.console
            .run_within(step, &mut node)
            .context("esbuild found faults in js/tools")?;
        let types = self.workspace.scratch().join("tools-types");
        directory::create_empty(&types)?;
        let mut tsc = self.node_tool("typescript/bin/tsc");
        tsc.args(["-p", "js/tools/tsconfig.build.json", "--outDir"])
            .arg(&types)
            .current_dir(&self.workspace.root);
        self.console
            .run_within(step, &mut tsc)
            .context("TypeScript found faults in js/tools")?;
        directory::copy(&types.join("tools/src"), &tools)?;
        let for_common_js = "testing.d.cts";
        directory::copy(
            &self.workspace.path(SOURCES).join("src").join(for_common_js),
            &package.join(for_common_js),
        )
    }
}
