//! Works on whole directories. Errors name the path.

use std::{
    fs::Permissions,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

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

/// Lets everybody read the files under a path, and run those that their owner may run. An archive keeps these modes, which the umask
/// of its builder would decide otherwise.
pub(crate) fn readable_by_all(path: &Path) -> Result<()> {
    for file in files(path)? {
        let is_program = fs::metadata(&file)?.permissions().mode() & 0o100 != 0;
        let mode = if is_program { 0o755 } else { 0o644 };
        fs::set_permissions(&file, Permissions::from_mode(mode))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_do_not_depend_on_the_umask() -> Result<()> {
        let directory = tempfile::tempdir()?;
        let path = directory.path();
        let modes = [("text", 0o600, 0o644), ("program", 0o700, 0o755)];
        for (name, before, _) in modes {
            write(&path.join(name), "")?;
            fs::set_permissions(path.join(name), Permissions::from_mode(before))?;
        }
        readable_by_all(path)?;
        for (name, _, after) in modes {
            let mode = fs::metadata(path.join(name))?.permissions().mode();
            assert_eq!(mode & 0o777, after, "{name}");
        }
        Ok(())
    }
}
