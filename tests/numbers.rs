//! Promise: the READMEs contain no measured time, size or ratio except those that the benchmark writes into the repository's.

use std::{fs, path::Path};

const START: &str = "<!-- numbers: written by cargo xtask bench -->";
const END: &str = "<!-- end of numbers -->";
/// A number with one of these units is a measured speed or size. Limits use `MiB` and `s`.
const UNITS: [&str; 12] = [
    "KB", "MB", "GB", "kB", "KiB", "ns", "µs", "ms", "times", "%", "x", "×",
];

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("a README")
}

/// Returns the text before and after the block.
fn around(text: &str) -> (&str, &str) {
    let (before, rest) = text.split_once(START).expect("the block begins");
    let (_, after) = rest.split_once(END).expect("the block ends");
    (before, after)
}

/// Returns the numbers that are followed by a unit, with or without one space between them.
fn numbers(text: &str) -> Vec<String> {
    let words: Vec<_> = text.split_whitespace().collect();
    let pairs = words.iter().zip(words.iter().skip(1).chain([&""]));
    pairs
        .filter_map(|(word, next)| number(word, next))
        .collect()
}

fn number(word: &str, next: &str) -> Option<String> {
    let word = word.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let digits = word
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',')
        .unwrap_or(word.len());
    let (amount, rest) = word.split_at(digits);
    let unit = if rest.is_empty() { next } else { rest };
    let unit = unit.trim_end_matches(|letter: char| letter.is_ascii_punctuation() && letter != '%');
    (!amount.is_empty() && UNITS.contains(&unit)).then(|| format!("{amount} {unit}"))
}

#[test]
fn the_readmes_own_text_has_no_measured_numbers() {
    let [text, npm, rust] = ["README.md", "js/README.md", "src/README.md"].map(page);
    let (before, after) = around(&text);
    for part in [before, after, &npm, &rust] {
        assert_eq!(
            numbers(part),
            [""; 0],
            "`cargo xtask bench` writes such numbers"
        );
    }
}

#[test]
fn numbers_with_units_are_found() {
    assert_eq!(
        numbers("It takes 1.2 ms, (23 µs), 40KB and 3x; 5 times; 18 % more"),
        ["1.2 ms", "23 µs", "40 KB", "3 x", "5 times", "18 %"]
    );
    assert_eq!(
        numbers("16 MiB within 25 s, 300 s either way, at 8 doors"),
        [""; 0]
    );
}
