//! Sentences folded at the width of a terminal; in a pipe nothing is folded.

/// Words below each other at an indent, each line at most `width` wide; lines after the first stand
/// two further in.
pub(crate) fn folded(words: &str, indent: usize, width: Option<u16>) -> String {
    let width = width.map_or(usize::MAX, usize::from);
    let mut text = " ".repeat(indent);
    let mut filled = indent;
    let mut first = true;
    for word in words.split_whitespace() {
        let length = word.chars().count();
        if first {
            first = false;
        } else if filled.saturating_add(1 + length) <= width {
            text.push(' ');
            filled += 1;
        } else {
            text.push('\n');
            text.push_str(&" ".repeat(indent + 2));
            filled = indent + 2;
        }
        text.push_str(word);
        filled += length;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::folded;

    #[test]
    fn words_are_folded_between_words_only() {
        assert_eq!(folded("one two  three", 2, Some(9)), "  one two\n    three\n");
        assert_eq!(folded("averylongword here", 0, Some(5)), "averylongword\n  here\n");
        assert_eq!(folded("one two three", 2, None), "  one two three\n");
        assert_eq!(folded("", 2, Some(9)), "  \n");
    }
}
