//! A table of a document that a command writes.

/// The lines below a table's header, up to the first that is none of a table. None if the document has no such table.
pub(crate) fn lines_below<'t>(text: &'t str, header: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(header)?;
    let length = rest
        .split_inclusive('\n')
        .take_while(|line| line.starts_with('|'))
        .map(str::len)
        .sum();
    rest.get(..length)
}

#[cfg(test)]
mod tests {
    use super::lines_below;

    #[test]
    fn the_lines_of_a_table_are_found() {
        let text = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nb | c\n";
        let header = "| a | b |\n|---|---|\n";
        assert_eq!(lines_below(text, header), Some("| 1 | 2 |\n| 3 | 4 |\n"));
        assert_eq!(lines_below("# A\n", header), None);
    }
}
