//! Encodes a module as text in a script, which `js/src/module/module-text.ts` decodes.
//!
//! With base64, equal bytes become different characters, so a compressor finds no repetition, and the compressed text is a third
//! larger than the module. Here a frequent byte is one character and any other two, so repetition stays.

use std::{cmp::Reverse, collections::BTreeMap};

/// The last characters of the alphabet begin a rare byte. The character after one says which byte it is.
const ESCAPES: usize = 2;

/// A module as text.
pub(super) struct ModuleText {
    /// The bytes that are one character, in the order of the characters.
    pub(super) frequent: Vec<u8>,
    pub(super) text: String,
}

/// The alphabet: printable ASCII without the characters that a string in double quotes must escape, and without `<`, which
/// could end a script in HTML.
fn characters() -> Vec<char> {
    (' '..='~')
        .filter(|character| !r#""\<"#.contains(*character))
        .collect()
}

pub(super) fn encode(module: &[u8]) -> ModuleText {
    let characters = characters();
    let single = characters.len() - ESCAPES;
    let mut bytes = by_frequency(module);
    let (frequent, rare) = bytes.split_at_mut(single);
    // Sorted, they compress better.
    frequent.sort_unstable();
    rare.sort_unstable();
    let singles = characters.iter().map(char::to_string);
    let escapes = characters.iter().skip(single);
    let pairs = escapes.flat_map(|escape| {
        let seconds = characters.iter();
        seconds.map(|second| String::from_iter([*escape, *second]))
    });
    let codes: BTreeMap<_, _> = frequent
        .iter()
        .zip(singles)
        .chain(rare.iter().zip(pairs))
        .collect();
    ModuleText {
        text: module
            .iter()
            .filter_map(|byte| codes.get(byte).map(String::as_str))
            .collect(),
        frequent: frequent.to_vec(),
    }
}

/// All 256 bytes, the most frequent in the module first.
fn by_frequency(module: &[u8]) -> Vec<u8> {
    let mut counts = BTreeMap::new();
    for byte in module {
        *counts.entry(byte).or_insert(0_usize) += 1;
    }
    let mut bytes: Vec<u8> = (0..=u8::MAX).collect();
    bytes.sort_by_key(|byte| Reverse(counts.get(byte).copied()));
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Decodes as `js/src/module/module-text.ts` does. `js/test/module.test.mjs` tests that with the real module.
    fn decode(text: &ModuleText) -> Vec<u8> {
        let characters = characters();
        let place = |character: char| characters.iter().position(|its| *its == character);
        let single = characters.len() - ESCAPES;
        let rare = (0..=u8::MAX).filter(|byte| !text.frequent.contains(byte));
        let bytes: Vec<_> = text.frequent.iter().copied().chain(rare).collect();
        let mut places = text.text.chars().map(|character| place(character).unwrap());
        let mut module = Vec::new();
        while let Some(first) = places.next() {
            module.push(if first < single {
                bytes[first]
            } else {
                let second = places.next().unwrap();
                bytes[single + (first - single) * characters.len() + second]
            });
        }
        module
    }

    /// Bytes of which some are frequent, as in a module.
    fn module() -> impl Strategy<Value = Vec<u8>> {
        let byte = prop_oneof![any::<u8>(), Just(0), 0x20..0x30_u8];
        prop::collection::vec(byte, 0..2000)
    }

    proptest! {
        #[test]
        fn every_module_comes_back(module in module()) {
            prop_assert_eq!(decode(&encode(&module)), module);
        }

        #[test]
        fn no_text_ends_its_string_or_its_script(module in module()) {
            let text = encode(&module).text;
            prop_assert!(text.chars().all(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '<')));
        }
    }

    #[test]
    fn every_byte_has_a_text_of_its_own() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let text = encode(&all);
        assert_eq!(text.frequent.len(), 90);
        assert_eq!(text.text.len(), 256 + 166);
        assert_eq!(decode(&text), all);
    }

    #[test]
    fn what_is_frequent_is_one_character() {
        let mut module: Vec<u8> = (0..=u8::MAX).rev().collect();
        module.extend([250; 3]);
        let text = encode(&module);
        assert!(text.frequent.contains(&250));
        assert_eq!(text.frequent.len(), 90);
    }
}
