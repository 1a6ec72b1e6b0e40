//! `cargo xtask docs`: the reference of the npm package, the crate and the interface, and the guides, as one site of static
//! files. It fails for a warning and for a dead link.

mod pages;
mod wit;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use serde_json::json;

use self::pages::Pages;
use crate::{console::Step, directory, tools::npm::Install, xtask::Xtask};

/// Pins TypeDoc, the TypeScript that it reads with, and what checks links.
const PROJECT: &str = "xtask/docs";
const COPIED: [&str; 3] = ["check-links.mjs", "package.json", "package-lock.json"];
/// Where the crate's reference is in the site.
const RUST: &str = "rust";
/// A page of an item that only a feature brings.
const OF_A_FEATURE: &str = "doc/docutray_webhook/tower/struct.WebhookLayer.html";
/// Makes rustdoc show which feature an item needs, as docs.rs does, and write the index that its pages link to.
const RUSTDOC_FLAGS: &str = "--cfg docsrs -D warnings --enable-index-page -Z unstable-options";

pub(crate) fn command(xtask: &Xtask) -> Result<bool> {
    let links = xtask.docs()?;
    println!("{links}\n{}", xtask.workspace.shown(&site(xtask)));
    Ok(true)
}

fn site(xtask: &Xtask) -> PathBuf {
    xtask.workspace.dist().join("docs")
}

impl Xtask {
    /// Builds the site and checks its links. Returns how many there are.
    pub(crate) fn docs(&self) -> Result<String> {
        // TypeScript's sources import what the build generates.
        self.build()?;
        let step = self.console.step("docs");
        let project = self.docs_project()?;
        self.write_typescript(&step, &project)?;
        self.write_rust(&step)?;
        let links = self.check_links(&step, &project)?;
        step.done(&links);
        Ok(links)
    }

    /// A project that has installed the tools.
    fn docs_project(&self) -> Result<PathBuf> {
        let project = self.workspace.target.join("projects/docs");
        for file in COPIED {
            let source = self.workspace.path(PROJECT).join(file);
            directory::copy(&source, &project.join(file))?;
        }
        self.need_packages(&project, Install::Exactly)?;
        Ok(project)
    }

    /// Writes the npm package's reference and all pages.
    fn write_typescript(&self, step: &Step, project: &Path) -> Result<()> {
        let pages = Pages::find(&self.workspace)?;
        let at = project.join("pages");
        directory::create_empty(&at)?;
        let interface = fs_err::read_to_string(self.workspace.path("wit/webhook.wit"))?;
        pages.write(&self.workspace, &at, &wit::page(&interface)?)?;
        let options = json!({
            "extends": [self.workspace.path(PROJECT).join("typedoc.json")],
            "readme": at.join(pages::INDEX),
            "projectDocuments": pages.documents().map(|page| at.join(page)).collect::<Vec<_>>(),
            "out": site(self),
        });
        let file = project.join("typedoc.json");
        directory::write(&file, options.to_string())?;
        let mut typedoc = self.node();
        typedoc
            .arg(project.join("node_modules/typedoc/bin/typedoc"))
            .arg("--options")
            .arg(file);
        self.console
            .run_within(step, &mut typedoc)
            .map(drop)
            .context("TypeDoc found faults")
    }

    /// Writes the crate's reference.
    fn write_rust(&self, step: &Step) -> Result<()> {
        // Apart from other builds, since `RUSTC_BOOTSTRAP` would make cargo build their dependencies again.
        let target = self.workspace.target.join("docs");
        let mut doc = self.cargo("doc --locked --no-deps --all-features --package");
        doc.arg(&self.workspace.package.name)
            .env("CARGO_TARGET_DIR", &target)
            .env("RUSTDOCFLAGS", RUSTDOC_FLAGS)
            // What is shown of features is not in stable Rust.
            .env("RUSTC_BOOTSTRAP", "1");
        self.console.run_within(step, &mut doc)?;
        let layer = fs_err::read_to_string(target.join(OF_A_FEATURE))?;
        ensure!(
            layer.contains("crate feature <code>tower</code>"),
            "{OF_A_FEATURE} does not say which feature it needs"
        );
        directory::copy(&target.join("doc"), &site(self).join(RUST))
    }

    fn check_links(&self, step: &Step, project: &Path) -> Result<String> {
        let mut check = self.node();
        check
            .arg("check-links.mjs")
            .args([&site(self), Path::new(pages::SITE)])
            .current_dir(project);
        let output = self
            .console
            .run_within(step, &mut check)
            .context("the site has dead links")?;
        Ok(output.stdout.trim().to_owned())
    }
}
