//! Text in lines of a width: broken at blanks, between Chinese signs, and inside a word only where
//! it is wider than a line.

use super::fonts::Fonts;

/// A line, and how wide it is in thousandths of a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) width: i32,
}

/// Breaks a text. There is always at least one line.
pub(super) fn lines(
    fonts: &mut Fonts<'_>,
    text: &str,
    bold: bool,
    size: i32,
    most: i32,
) -> Vec<Line> {
    broken(text, most, |c| fonts.width(c, bold, size))
}

fn broken(text: &str, most: i32, mut width_of: impl FnMut(char) -> i32) -> Vec<Line> {
    let mut out = Vec::new();
    let mut line: Vec<(char, i32)> = Vec::new();
    let mut width = 0;
    // Where the line can end: so many characters stay on it.
    let mut end = None;
    for c in text.chars() {
        if line.is_empty() && c == ' ' && !out.is_empty() {
            continue;
        }
        if line.last().is_some_and(|(before, _)| may_end_between(*before, c)) {
            end = Some(line.len());
        }
        let wide = width_of(c);
        if width + wide > most && !line.is_empty() && c != ' ' {
            let rest = line.split_off(end.unwrap_or(line.len()));
            push(&mut out, &line);
            line = rest.into_iter().skip_while(|(c, _)| *c == ' ').collect();
            width = line.iter().map(|(_, wide)| wide).sum();
            end = None;
        }
        line.push((c, wide));
        width += wide;
    }
    push(&mut out, &line);
    out
}

fn push(out: &mut Vec<Line>, line: &[(char, i32)]) {
    let kept = line.iter().rposition(|(c, _)| *c != ' ').map_or(0, |at| at + 1);
    let kept = line.get(..kept).unwrap_or_default();
    out.push(Line {
        text: kept.iter().map(|(c, _)| c).collect(),
        width: kept.iter().map(|(_, wide)| wide).sum(),
    });
}

fn may_end_between(before: char, after: char) -> bool {
    match (before, after) {
        (' ', after) => after != ' ',
        (_, ' ') => true,
        ('-' | '/' | '_' | ';' | ',', after) => after.is_alphabetic(),
        _ => {
            (is_wide(before) || is_wide(after))
                && !"、。，．：；！？）」』】〉》…)]}.,:;!?%’”".contains(after)
                && !"（「『【〈《([{‘“".contains(before)
        }
    }
}

/// Chinese, Japanese and Korean signs: a line may end after any of them.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::broken;

    fn told(text: &str, most: i32) -> Vec<String> {
        broken(text, most, |_| 1).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_end_at_blanks_and_long_words_are_cut() {
        assert_eq!(told("a red robot", 20), ["a red robot"]);
        assert_eq!(told("a red robot", 6), ["a red", "robot"]);
        assert_eq!(told("a  red   robot ", 5), ["a", "red", "robot"]);
        assert_eq!(told("0123456789", 4), ["0123", "4567", "89"]);
        assert_eq!(told("a 0123456789", 4), ["a", "0123", "4567", "89"]);
        assert_eq!(told("tracking-history", 10), ["tracking-", "history"]);
        assert_eq!(told("", 4), [""]);
        assert_eq!(told("   ", 2), [""]);
    }

    #[test]
    fn chinese_breaks_anywhere_but_before_a_stop() {
        assert_eq!(told("红色机器人。大盒子", 5), ["红色机器", "人。大盒子"]);
        assert_eq!(told("机器人ABC玩具", 5), ["机器人", "ABC玩具"]);
    }
}
