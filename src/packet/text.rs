//! Text that came from a file, made fit for paper: nothing in it can hide, reorder or move what is
//! printed, and what cannot be set right is named instead of printed wrong.

use super::compose::composed;

/// What stands for a character that must not be printed.
const STAND_IN: char = '\u{fffd}';

/// A text as it is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Readable {
    /// What is printed.
    pub(super) text: String,
    /// The scripts in it that are named instead of printed.
    pub(super) unset: Vec<&'static str>,
}

/// Makes a text fit for paper. `drawn` says whether the fonts that are always there have a sign.
///
/// - Line ends and tabs become blanks, other control characters and signs that change the direction
///   of the text become visible as `\u{fffd}`; signs without width are left out.
/// - Accents written after their letter (as some systems write file names) join it.
/// - Pictures such as emoji are written as their number: `[U+1F381]`.
/// - Scripts whose letters join, stack or run from right to left are named: `[Arabic]`.
pub(super) fn readable(text: &str, drawn: impl Fn(char) -> bool) -> Readable {
    let mut out = Readable { text: String::with_capacity(text.len()), unset: Vec::new() };
    let mut chars = composed(text).into_iter().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.text.push(' '),
            c if c.is_control() || turns_text(c) || is_private(c) => out.text.push(STAND_IN),
            c if has_no_width(c) => {}
            c if is_picture(c) && !drawn(c) => out.text.push_str(&format!("[U+{:04X}]", c as u32)),
            c => match script(c) {
                None => out.text.push(c),
                Some(name) => {
                    // Its words are one run, blanks between them too.
                    while let Some(next) = chars.peek() {
                        if script(*next).is_none() && !next.is_whitespace() && !has_no_width(*next)
                        {
                            break;
                        }
                        chars.next();
                    }
                    out.text.push_str(&format!("[{name}]"));
                    if chars.peek().is_some_and(|next| next.is_alphanumeric()) {
                        out.text.push(' ');
                    }
                    if !out.unset.contains(&name) {
                        out.unset.push(name);
                    }
                }
            },
        }
    }
    out
}

/// Signs that change the direction of what follows: with them `gpj.exe` reads as `exe.jpg`.
fn turns_text(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}')
}

fn has_no_width(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
        | '\u{20d0}'..='\u{20ff}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{fff9}'..='\u{fffb}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Everybody's font has something else there, or nothing.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
        || (c as u32) & 0xfffe == 0xfffe
}

fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

/// The name of a script whose letters cannot be set one after the other.
fn script(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => "Hebrew",
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => "Arabic",
        '\u{900}'..='\u{97f}' => "Devanagari",
        '\u{980}'..='\u{9ff}' => "Bengali",
        '\u{b80}'..='\u{bff}' => "Tamil",
        '\u{e00}'..='\u{e7f}' => "Thai",
        '\u{e80}'..='\u{eff}' => "Lao",
        '\u{f00}'..='\u{fff}' => "Tibetan",
        '\u{1000}'..='\u{109f}' => "Burmese",
        '\u{1780}'..='\u{17ff}' => "Khmer",
        '\u{700}'..='\u{8ff}'
        | '\u{a00}'..='\u{dff}'
        | '\u{1100}'..='\u{11ff}'
        | '\u{1700}'..='\u{1cff}'
        | '\u{a800}'..='\u{ab2f}'
        | '\u{abc0}'..='\u{abff}'
        | '\u{d7b0}'..='\u{d7ff}'
        | '\u{10800}'..='\u{11fff}'
        | '\u{1e800}'..='\u{1efff}' => "another script",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::readable;

    fn text(text: &str) -> String {
        readable(text, |c| c == '★').text
    }

    #[test]
    fn nothing_in_a_text_can_move_or_hide_what_is_printed() {
        for (given, printed) in [
            ("Robot, red", "Robot, red"),
            ("two\nlines\tand\r\nmore", "two lines and  more"),
            ("bell\u{7} \u{1b}[31mred", "bell\u{fffd} \u{fffd}[31mred"),
            ("exe.\u{202e}gpj", "exe.\u{fffd}gpj"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("U\u{308}ber Cafe\u{301}", "Über Café"),
            ("Gift 🎁👍🏽 ★", "Gift [U+1F381][U+1F44D] ★"),
            ("logo \u{f8ff}", "logo \u{fffd}"),
            ("中文, 한글, かな", "中文, 한글, かな"),
        ] {
            assert_eq!(text(given), printed, "{given:?}");
        }
    }

    #[test]
    fn a_script_that_cannot_be_set_is_named() {
        let told = readable("شاي أخضر 2 kg, ชา", |_| false);
        assert_eq!(told.text, "[Arabic] 2 kg, [Thai]");
        assert_eq!(told.unset, ["Arabic", "Thai"]);
    }
}
