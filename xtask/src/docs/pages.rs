//! The guides: the repository's own pages, with links that work in the site.

use std::{fmt::Write as _, path::Path};

use anyhow::{Context as _, Result};
use fs_err as fs;

use crate::{directory, workspace::Workspace};

/// Where the site is published. Links between its parts name it in full.
pub(super) const SITE: &str = "https://docutray.github.io/docutray-webhook/";
/// The page that the site begins with.
pub(super) const INDEX: &str = "README.md";
const EXAMPLES: &str = "examples";
const GUIDES: [(&str, &str); 6] = [
    ("js/README.md", "JavaScript"),
    ("js/tools/COMMANDS.md", "Commands"),
    ("SECURITY.md", "Security"),
    ("CHANGELOG.md", "Changelog"),
    ("ARCHITECTURE.md", "Architecture"),
    ("CONTRIBUTING.md", "Contributing"),
];
/// The page of the interface, which is generated.
const INTERFACE: &str = "wit/webhook.md";
/// What other pages link to and what the site has instead.
const INSTEAD: [(&str, &str); 2] = [
    ("src/README.md", "rust/docutray_webhook/index.html"),
    ("wit/webhook.wit", "documents/WIT.html"),
];

/// A page of the repository.
struct Page {
    path: String,
    title: String,
    group: &'static str,
}

/// The pages of the repository that the site has besides the first.
pub(super) struct Pages {
    pages: Vec<Page>,
}

impl Page {
    /// The page with the head by which TypeDoc files it.
    fn filed(title: &str, group: &str, text: &str) -> String {
        format!("---\ntitle: {title}\ngroup: {group}\n---\n\n{text}")
    }
}

impl Pages {
    pub(super) fn find(workspace: &Workspace) -> Result<Self> {
        let guide = |(path, title): (&str, &str)| Page {
            path: path.into(),
            title: title.into(),
            group: "Guides",
        };
        let mut pages: Vec<_> = GUIDES.map(guide).into();
        for file in directory::files(&workspace.path(EXAMPLES))? {
            let path = workspace.shown(&file);
            let example = path.strip_suffix("/README.md");
            if let Some(name) = example.and_then(|path| path.rsplit('/').next()) {
                pages.push(Page {
                    title: name.into(),
                    path,
                    group: "Examples",
                });
            }
        }
        Ok(Self { pages })
    }

    /// The paths of all pages besides the first.
    pub(super) fn documents(&self) -> impl Iterator<Item = &str> {
        let pages = self.pages.iter().map(|page| page.path.as_str());
        pages.chain([INTERFACE])
    }

    /// Writes all of them to a directory, each under its path. `interface` is the text of the generated page.
    pub(super) fn write(&self, workspace: &Workspace, at: &Path, interface: &str) -> Result<()> {
        directory::write(&at.join(INDEX), self.linked(workspace, INDEX, at)?)?;
        for Page { path, title, group } in &self.pages {
            let text = self.linked(workspace, path, at)?;
            directory::write(&at.join(path), Page::filed(title, group, &text))?;
        }
        directory::write(&at.join(INTERFACE), Page::filed("WIT", "Guides", interface))
    }

    /// Makes links lead to pages of the site, or else to the repository. Copies images.
    fn linked(&self, workspace: &Workspace, page: &str, at: &Path) -> Result<String> {
        let text = fs::read_to_string(workspace.path(page))?;
        let mut parts = text.split("](");
        let mut linked = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (link, rest) = part
                .split_once(')')
                .with_context(|| format!("{page}: a link has no end"))?;
            if link.ends_with(".svg") {
                let image = Path::new(page).with_file_name(link);
                directory::copy(
                    &workspace.path(&image.display().to_string()),
                    &at.join(image),
                )?;
            }
            write!(linked, "]({}){rest}", self.link(workspace, page, link))?;
        }
        Ok(linked)
    }

    fn link(&self, workspace: &Workspace, page: &str, link: &str) -> String {
        if link.contains("://") || link.starts_with('#') || link.ends_with(".svg") {
            return link.to_owned();
        }
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target = normal(&Path::new(page).with_file_name(file));
        let is_page = |path: &str| path == INDEX || self.pages.iter().any(|page| page.path == path);
        if is_page(&target) {
            return link.to_owned();
        }
        if is_page(&format!("{target}/README.md")) {
            return format!("{file}/README.md");
        }
        let instead = INSTEAD.iter().find(|(path, _)| *path == target);
        if let Some((_, instead)) = instead {
            return format!("{SITE}{instead}");
        }
        let kind = if workspace.path(&target).is_dir() {
            "tree"
        } else {
            "blob"
        };
        let anchor = if anchor.is_empty() {
            String::new()
        } else {
            format!("#{anchor}")
        };
        format!(
            "{}/{kind}/main/{target}{anchor}",
            workspace.package.repository
        )
    }
}

/// A path without `..`.
fn normal(path: &Path) -> String {
    let mut parts: Vec<_> = Vec::new();
    for part in path.iter().map(|part| part.to_string_lossy()) {
        match &*part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(part.into_owned()),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_of_the_site_or_to_the_repository() {
        let workspace = Workspace::find().expect("the workspace");
        let pages = Pages::find(&workspace).expect("pages");
        let link = |page: &str, link: &str| pages.link(&workspace, page, link);
        for kept in [
            "https://example.com/a",
            "#an-anchor",
            "chart.svg",
            "SECURITY.md#handlers",
        ] {
            assert_eq!(link("README.md", kept), kept);
        }
        let cases = [
            ("README.md", "examples/axum", "examples/axum/README.md"),
            ("examples/gate/README.md", "../proxy", "../proxy/README.md"),
            (
                "README.md",
                "wit/webhook.wit",
                "https://docutray.github.io/docutray-webhook/documents/WIT.html",
            ),
            (
                "examples/jco-host/README.md",
                "../../src/lib.rs#L1",
                "https://github.com/docutray/docutray-webhook/blob/main/src/lib.rs#L1",
            ),
            (
                "README.md",
                "tests/cases",
                "https://github.com/docutray/docutray-webhook/tree/main/tests/cases",
            ),
        ];
        for (page, given, expected) in cases {
            assert_eq!(link(page, given), expected, "{page}");
        }
    }
}
