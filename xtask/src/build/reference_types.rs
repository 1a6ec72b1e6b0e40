//! A module that says it has no reference types.
//!
//! wasm-bindgen gives every module whose target has them a table of JavaScript's values, and an import that fills it. No such value
//! crosses here, and a module that imports nothing can be imported as it is. Only wasm-bindgen reads the section that says so.

use anyhow::{Context as _, Result, ensure};

/// As the section `target_features` writes it: whether it is used, its name's length, its name.
const USED: &[u8] = b"+\x0freference-types";
const UNUSED: &[u8] = b"-\x0freference-types";

/// The module, which has to say it once.
pub(super) fn without(module: &[u8]) -> Result<Vec<u8>> {
    let (before, after) =
        split(module).context("the module does not say that it has reference types")?;
    ensure!(
        split(after).is_none(),
        "the module says twice that it has reference types"
    );
    Ok([before, UNUSED, after].concat())
}

/// What is before it, and what is behind it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let place = bytes.windows(USED.len()).position(|part| part == USED)?;
    let (before, rest) = bytes.split_at(place);
    Some((before, rest.get(USED.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_turned_off_where_it_is_said_once() {
        let once = [b"a".as_slice(), USED, b"b"].concat();
        assert_eq!(without(&once).unwrap(), b"a-\x0freference-typesb");
        assert!(without(b"ab").is_err());
        assert!(without(&once.repeat(2)).is_err());
    }
}
