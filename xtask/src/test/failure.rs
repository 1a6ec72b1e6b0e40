//! A step that did not pass.

/// How many lines of a fault are shown again at the end of a run.
const LAST_LINES: usize = 40;

/// A check that did not pass, and why.
pub(super) struct Failure {
    pub(super) name: &'static str,
    pub(super) fault: String,
}

impl Failure {
    /// Its name and the last lines of its fault, to be shown again after all steps.
    pub(super) fn again(&self) -> String {
        let lines: Vec<_> = self.fault.lines().collect();
        let left_out = lines.len().saturating_sub(LAST_LINES);
        let mut text = format!("\n--- {} failed", self.name);
        if left_out > 0 {
            text += &format!("; {left_out} lines of this stand above, where it ran");
        }
        for line in lines.iter().skip(left_out) {
            text.push('\n');
            text += line;
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_shown_again_by_its_last_lines() {
        let again = |lines: usize| {
            let fault = (1..=lines).map(|line| format!("line {line}\n")).collect();
            Failure {
                name: "core",
                fault,
            }
            .again()
        };
        assert_eq!(again(2), "\n--- core failed\nline 1\nline 2");
        assert!(!again(LAST_LINES).contains("stand above"));
        let cut = again(LAST_LINES + 2);
        assert!(cut.contains("core failed; 2 lines of this stand above"));
        assert!(!cut.contains("line 2\n"));
        assert!(cut.contains("line 3\n"));
        assert!(cut.ends_with("line 42"));
    }
}
