//! Directories as a whole. Errors name the path.

use std::path::{Path, PathBuf};

use anyhow::Result;
use fs_err as fs;
use walkdir::WalkDir;

/// Makes a directory that is empty.
pub(crate) fn create_empty(path: &Path) -> Result<()> {
    if path.exists() {
        fs::remove_dir_all(path)?;
    }
    Ok(fs::create_dir_all(path)?)
}

/// The files under a path, or the path itself if it is one, in order of their names; not what npm has installed below it.
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

/// Writes a file, in a directory that need not be there.
pub(crate) fn write(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path))?;
    Ok(fs::write(path, content)?)
}

/// Copies a file, or the files of a directory.
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
