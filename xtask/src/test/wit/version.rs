//! Checks that the version changes if and only if the interface does. Spin links by the exact version.

use anyhow::{Context as _, Result, bail};
use semver::Version;
use wit_parser::{Resolve, WorldId};

use super::api::Api;

/// Fails if the version does not fit the changes since the last released text.
pub(super) fn check(released: &str, current: &str) -> Result<()> {
    let (old, new) = (Api::of_text(released)?, Api::of_text(current)?);
    if old.is_same(&new) {
        if old.version == new.version {
            return Ok(());
        }
        bail!(
            "the version is {} since {}, but nothing has changed: hosts would have to be changed for nothing",
            new.version,
            old.version
        );
    }
    if new.version == old.version {
        bail!(
            "the interface is not that of the released version {}, whose version it has:\n{}",
            old.version,
            new.differences(&old)
        );
    }
    let fault = fault(released, current)?;
    let needed = after(&old.version, fault.is_some());
    if new.version < needed {
        let why = fault.map_or_else(|| "an addition".to_owned(), |fault| format!("{fault:#}"));
        bail!(
            "the version is {}, but at least {needed} is needed since {}: {why}",
            new.version,
            old.version
        );
    }
    Ok(())
}

/// Why a host of the old interface could not use the new one, if so.
fn fault(released: &str, current: &str) -> Result<Option<anyhow::Error>> {
    let mut resolve = Resolve::default();
    let old = world(&mut resolve, released)?;
    let new = world(&mut resolve, current)?;
    // The check is made for who imports a world. Ours only exports, so old and new change places.
    Ok(wit_component::semver_check(resolve, new, old).err())
}

fn world(resolve: &mut Resolve, text: &str) -> Result<WorldId> {
    let package = resolve.push_str("text.wit", text)?;
    resolve
        .select_world(&[package], None)
        .context("expected one world")
}

/// The next version. Before 1.0.0, an addition is a minor version too, since some versions of `wkg` refuse it in a patch.
const fn after(version: &Version, breaks: bool) -> Version {
    if breaks && version.major > 0 {
        Version::new(version.major + 1, 0, 0)
    } else {
        Version::new(version.major, version.minor + 1, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(version: &str, functions: &str) -> String {
        format!(
            "package a:b@{version}; interface c {{ f: func(); {functions} }} world w {{ export c; }}"
        )
    }

    fn is_good(old: (&str, &str), new: (&str, &str)) -> bool {
        check(&text(old.0, old.1), &text(new.0, new.1)).is_ok()
    }

    #[test]
    fn the_same_interface_keeps_its_version() {
        assert!(is_good(("0.1.0", ""), ("0.1.0", "")));
        assert!(is_good(("0.1.0", ""), ("0.1.0", "/// more\n")));
        assert!(!is_good(("0.1.0", ""), ("0.1.1", "")));
        assert!(!is_good(("0.1.0", ""), ("0.2.0", "")));
    }

    #[test]
    fn an_addition_is_a_minor_version() {
        for (old, new, is) in [
            ("0.1.0", "0.1.0", false),
            ("0.1.0", "0.1.1", false),
            ("0.1.0", "0.2.0", true),
            ("1.1.0", "1.1.1", false),
            ("1.1.0", "1.2.0", true),
            ("1.1.0", "1.0.0", false),
        ] {
            assert_eq!(is_good((old, ""), (new, "g: func();")), is, "{old} {new}");
        }
    }

    #[test]
    fn a_change_that_breaks_is_a_major_version() {
        let change = |old, new| is_good((old, "g: func() -> u8;"), (new, "g: func() -> u16;"));
        let removal = |old, new| is_good((old, "g: func();"), (new, ""));
        for (old, new, is) in [
            ("0.1.0", "0.1.1", false),
            ("0.1.0", "0.2.0", true),
            ("1.1.0", "1.2.0", false),
            ("1.1.0", "2.0.0", true),
        ] {
            assert_eq!(change(old, new), is, "{old} {new}");
            assert_eq!(removal(old, new), is, "{old} {new}");
        }
    }

    #[test]
    fn what_was_changed_is_shown() {
        let error = check(&text("0.1.0", ""), &text("0.1.0", "g: func();"));
        let error = error.expect_err("a change").to_string();
        assert!(error.contains("g: func();"), "{error}");
    }
}
