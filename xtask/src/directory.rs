//! Works on whole directories. Errors name the path.

use std::path::{Path, PathBuf};

use anyhow::Result;
use fs_err as fs;
use walkdir::WalkDir;

/// Makes an empty directory. What was there is removed.
pub(crate) fn create_empty(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path)?;
    }
    Ok(fs::create_dir_all(path)?)
}

/// The files under a path, sorted, or the path itself if it is a file. Leaves out `node_modules`.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let entries = WalkDir::new(path).follow_links(true).sort_by_file_name();
    let mut files = Vec::new();
    for entry in entries
        .into_iter()
        .filter_entry(|entry| entry.file_name() != "node_modules")
    {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// Writes a file, and makes its directory if it is missing.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, content)?)
}

/// Copies a file or a directory.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in files(from)? {
        let name = file.strip_prefix(from).unwrap_or(&file);
        let to = if name.as_os_str().is_empty() {
            to.to_owned()
        } else {
            to.join(name)
        };
        fs::create_dir_all(to.parent().unwrap_or(&to))?;
        fs::copy(&file, &to)?;
    }
    Ok(())
}
