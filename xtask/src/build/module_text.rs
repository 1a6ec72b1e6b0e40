//! A module as text that stands in a script: `js/src/module/module-text.ts` reads it.
//!
//! base64 shifts bytes against characters, so a compressor finds nothing that repeats, and the text is a third larger than the
//! module even compressed. Here a frequent byte is one character, any other two: what repeats still does.

use std::cmp::Reverse;

/// What a rare byte begins with: the last of the characters, each followed by one that says which byte it is.
const ESCAPES: usize = 2;

/// A module as text.
pub(super) struct ModuleText {
    /// The bytes that are one character, in the characters' order.
    pub(super) frequent: Vec<u8>,
    pub(super) text: String,
}

/// Printable ASCII, without what a string in double quotes has to escape, and without `<`, which could end a script in HTML.
fn characters() -> Vec<char> {
    (' '..='~')
        .filter(|character| !r#""\<"#.contains(*character))
        .collect()
}

pub(super) fn encode(module: &[u8]) -> ModuleText {
    let characters = characters();
    let single = characters.len() - ESCAPES;
    let mut by_frequency: Vec<u8> = (0..=u8::MAX).collect();
    let count = |byte| module.iter().filter(|its| **its == byte).count();
    by_frequency.sort_by_cached_key(|byte| Reverse(count(*byte)));
    let (frequent, rare) = by_frequency.split_at_mut(single);
    // In their own order they take less room in the script.
    frequent.sort_unstable();
    rare.sort_unstable();
    let mut codes = vec![String::new(); 256];
    for (byte, character) in frequent.iter().zip(&characters) {
        codes[usize::from(*byte)].push(*character);
    }
    let (_, escapes) = characters.split_at(single);
    let pairs = escapes.iter().flat_map(|escape| {
        let second = characters.iter();
        second.map(|second| String::from_iter([*escape, *second]))
    });
    for (byte, pair) in rare.iter().zip(pairs) {
        codes[usize::from(*byte)] = pair;
    }
    ModuleText {
        frequent: frequent.to_vec(),
        text: module
            .iter()
            .map(|byte| &*codes[usize::from(*byte)])
            .collect(),
    }
}
