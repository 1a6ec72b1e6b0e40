//! Builds `dist/npm`: the module and its bindings, and the TypeScript around them.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::{limits::Limits, machine_paths::MachinePaths, module_text, reference_types};
use crate::{console::Step, directory, stamp::Stamp, tools::toolchain, xtask::Xtask};

pub(super) const PACKAGE: &str = "docutray-webhook-js-module";
/// The stem of the files that wasm-bindgen writes.
const STEM: &str = "docutray_webhook";
/// Where the TypeScript imports generated files from.
const GENERATED: &str = "js/src/generated";

/// wasm-bindgen's types lack this function, since its own loader calls it.
const SET_WASM: &str = "
/** Gives the bindings the instance's exports, before any other call. */
export function __wbg_set_wasm(exports: object): void;
";
const BYTES_TYPES: &str =
    "/** The bytes that are one character of the text, in the characters' order. */
export const frequent: readonly number[];
/** The module as text. */
export const text: string;
";
const VERSION_TYPES: &str = "/** The package's version, which the module has to have too. */
export const version: string;
";

impl Xtask {
    /// Builds the package, which contains the component. Returns the module that the package inlines.
    pub(super) fn build_package(&self, component: &Path) -> Result<PathBuf> {
        self.need_node_tools()?;
        let compiled = self.compile("npm package: compile", toolchain::WASM, PACKAGE)?;
        let module = self.bind(&compiled)?;
        let tools = self.bind_tools()?;
        self.assemble(&module, component, &tools)?;
        MachinePaths::find(self)?.check(&[&module, &self.package()])?;
        Ok(module)
    }

    /// Makes `js/src/generated`.
    fn bind(&self, compiled: &Path) -> Result<PathBuf> {
        let module = self.workspace.scratch().join("npm.wasm");
        let outputs = [module.clone(), self.workspace.path(GENERATED)];
        let stamp = self.stamp("npm-bindings", &outputs)?.reads(compiled)?;
        let limits = Limits::write();
        let stamp = stamp.depends_on(&limits.script);
        stamp.renew(&self.console, "npm package: bind, optimise", |step| {
            let bindings = self.bindings(compiled, STEM)?;
            self.optimise(step, &bindings.join(format!("{STEM}_bg.wasm")), &module)?;
            self.write_generated(&bindings, &module, limits)
        })?;
        Ok(module)
    }

    /// Runs wasm-bindgen on a module. Returns the directory of its bindings.
    pub(super) fn bindings(&self, compiled: &Path, stem: &str) -> Result<PathBuf> {
        let bindings = self.workspace.scratch().join(format!("bindings-{stem}"));
        directory::create_empty(&bindings)?;
        Bindgen::new()
            .bundler(true)?
            .typescript(true)
            .remove_name_section(true)
            .remove_producers_section(true)
            .input_bytes(stem, reference_types::without(&fs_err::read(compiled)?)?)
            .out_name(stem)
            .generate(&bindings)
            .context("wasm-bindgen could not bind the module")?;
        Ok(bindings)
    }

    fn write_generated(&self, bindings: &Path, module: &Path, limits: Limits) -> Result<()> {
        let generated = self.workspace.path(GENERATED);
        directory::create_empty(&generated)?;
        write_bindings(bindings, STEM, &generated)?;
        write_bytes(module, &generated)?;
        directory::write(
            &generated.join("version.js"),
            format!(
                "export const version = {:?};\n",
                self.workspace.package.version
            ),
        )?;
        directory::write(&generated.join("version.d.ts"), VERSION_TYPES)?;
        directory::write(&generated.join("limits.js"), limits.script)?;
        directory::write(&generated.join("limits.d.ts"), limits.types)
    }

    /// Makes `dist/npm`.
    fn assemble(&self, module: &Path, component: &Path, tools: &Path) -> Result<()> {
        let package = self.package();
        let mut stamp = self
            .stamp("npm-package", std::slice::from_ref(&package))?
            .reads(module)?
            .reads(component)?
            .reads(tools)?;
        for input in [
            "js/src",
            "js/package.json",
            "js/tsconfig.json",
            "js/tsconfig.build.json",
            "js/tools/page",
            "js/tools/src",
            "js/tools/tsconfig.json",
            "js/tools/tsconfig.build.json",
        ] {
            stamp = stamp.reads(&self.workspace.path(input))?;
        }
        for (document, _) in DOCUMENTS {
            stamp = stamp.reads(&self.workspace.path(document))?;
        }
        stamp.renew(&self.console, "npm package: TypeScript", |step| {
            directory::create_empty(&package)?;
            let compiled = self.compile_types(step)?;
            self.bundle(step, &compiled, &package)?;
            copy_declarations(&compiled, &package)?;
            // The bytes once more, for hosts that take a file.
            directory::copy(module, &package.join(format!("{STEM}.wasm")))?;
            directory::copy(component, &package.join("component.wasm"))?;
            self.copy_hand_written(&package)?;
            for (document, name) in DOCUMENTS {
                directory::copy(&self.workspace.path(document), &package.join(name))?;
            }
            self.bundle_tools(step, tools, &package)?;
            directory::copy(
                &self.workspace.path("js/package.json"),
                &package.join("package.json"),
            )?;
            let version = format!("pkg set version={}", self.workspace.package.version);
            for edit in ["pkg delete devDependencies scripts", &version] {
                self.console
                    .run_within(step, &mut self.npm(&package, edit))?;
            }
            directory::readable_by_all(&package)
        })
    }

    /// Compiles the TypeScript, and copies the generated files to it.
    fn compile_types(&self, step: &Step) -> Result<PathBuf> {
        let compiled = self.workspace.scratch().join("npm-modules");
        directory::create_empty(&compiled)?;
        let mut tsc = self.node_tool("typescript/bin/tsc");
        tsc.args(["-p", "js/tsconfig.build.json", "--outDir"])
            .arg(&compiled)
            .current_dir(&self.workspace.root);
        self.console
            .run_within(step, &mut tsc)
            .context("TypeScript found faults")?;
        directory::copy(&self.workspace.path(GENERATED), &compiled.join("generated"))?;
        Ok(compiled)
    }

    /// Bundles the scripts of each entry.
    fn bundle(&self, step: &Step, compiled: &Path, package: &Path) -> Result<()> {
        let mut node = self.node();
        node.args(["--input-type=module", "--eval", BUNDLE])
            .arg(compiled)
            .arg(package)
            .args(ENTRIES)
            // esbuild is installed here.
            .current_dir(self.workspace.path("js"));
        self.console
            .run_within(step, &mut node)
            .context("esbuild found faults")?;
        Ok(())
    }

    /// Copies what TypeScript does not compile: the types of CommonJS and of the `.wasm` files.
    fn copy_hand_written(&self, package: &Path) -> Result<()> {
        let sources = self.workspace.path("js/src");
        for file in directory::files(&sources)? {
            let name = file.strip_prefix(&sources)?;
            let shown = name.display().to_string();
            if HAND_WRITTEN.iter().any(|ending| shown.ends_with(ending)) {
                directory::copy(&file, &package.join(name))?;
            }
        }
        Ok(())
    }

    /// A stamp of a step, with the inputs that all steps have.
    pub(super) fn stamp(&self, step: &str, outputs: &[PathBuf]) -> Result<Stamp> {
        let mut stamp =
            Stamp::new(&self.workspace, step, outputs).depends_on(&self.workspace.package.version);
        for source in self.own_sources() {
            stamp = stamp.reads(&source)?;
        }
        stamp.reads(&self.workspace.path("js/package-lock.json"))
    }
}

/// Copies the types. They are not bundled.
fn copy_declarations(compiled: &Path, package: &Path) -> Result<()> {
    for file in directory::files(compiled)? {
        let name = file.strip_prefix(compiled)?;
        let is_replaced = WITH_TYPES_OF_API
            .iter()
            .any(|entry| name == Path::new(entry));
        if name.to_string_lossy().ends_with(".d.ts") && !is_replaced {
            directory::copy(&file, &package.join(name))?;
        }
    }
    Ok(())
}

/// Writes the bindings to a directory of generated files.
pub(super) fn write_bindings(bindings: &Path, stem: &str, generated: &Path) -> Result<()> {
    let glue = fs_err::read_to_string(bindings.join(format!("{stem}_bg.js")))?;
    // A bundler takes this for a file to add: a second module that nobody loads.
    ensure!(
        !glue.contains("new URL("),
        "wasm-bindgen's bindings hold `new URL(`"
    );
    let loader = fs_err::read_to_string(bindings.join(format!("{stem}.js")))?;
    ensure!(
        !loader.contains("__wbindgen_start"),
        "the module has a start, which the package does not call"
    );
    let types = fs_err::read_to_string(bindings.join(format!("{stem}.d.ts")))? + SET_WASM;
    directory::write(&generated.join("bindings.js"), glue)?;
    directory::write(&generated.join("bindings.d.ts"), types)
}

/// Writes the module as text to a directory of generated files.
fn write_bytes(module: &Path, generated: &Path) -> Result<()> {
    let text = module_text::encode(&fs_err::read(module)?);
    directory::write(
        &generated.join("bytes.js"),
        format!(
            "export const frequent = {:?};\nexport const text =\n  \"{}\";\n",
            text.frequent, text.text
        ),
    )?;
    directory::write(&generated.join("bytes.d.ts"), BYTES_TYPES)
}

const BUNDLE: &str = include_str!("bundle.mjs");
/// The files that the manifest's `exports` and `imports` name.
const ENTRIES: [&str; 10] = [
    "documents",
    "edge-light",
    "handler",
    "idempotency",
    "idempotency/dynamodb",
    "index",
    "lambda",
    "module",
    "node",
    "workerd",
];
/// Their types are those of `api.d.ts`.
const WITH_TYPES_OF_API: [&str; 3] = ["edge-light.d.ts", "index.d.ts", "workerd.d.ts"];
const HAND_WRITTEN: [&str; 2] = [".d.cts", ".wasm.d.ts"];
/// Documents of the repository, and their names in the package.
const DOCUMENTS: [(&str, &str); 4] = [
    ("CHANGELOG.md", "CHANGELOG.md"),
    ("LICENSE-APACHE", "LICENSE-APACHE"),
    ("LICENSE-MIT", "LICENSE-MIT"),
    ("js/README.md", "README.md"),
];
