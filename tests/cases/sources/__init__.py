"""One module for each case file: `cases()` yields its cases in the order of the file."""
