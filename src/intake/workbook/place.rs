//! Cells by their places: `F12`.

/// Row and column, from 0, of a place such as `F12`.
pub(super) fn read(place: &str) -> Option<(u32, u32)> {
    let letters = place.trim_start_matches('$');
    let digits_at = letters.find(|c: char| !c.is_ascii_alphabetic())?;
    let (letters, digits) = letters.split_at(digits_at);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row: u32 = digits.trim_start_matches('$').parse().ok()?;
    Some((row.checked_sub(1)?, column?.checked_sub(1)?))
}

/// A column's letters: 0 is `A`.
fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.iter().rev().map(|b| char::from(*b)).collect()
}

/// A place in a sheet as formulas write it: `Orders!F12`, `'My orders'!F12`, a row as `Orders!12`.
pub(in crate::intake) fn told(sheet: &str, row: u64, column: Option<usize>) -> String {
    let column = column.map(letters).unwrap_or_default();
    let plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
        && !sheet.starts_with(|c: char| c.is_ascii_digit());
    match plain {
        true => format!("{sheet}!{column}{row}"),
        false => format!("'{}'!{column}{row}", sheet.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::{letters, read, told};

    #[test]
    fn places_are_letters_and_a_number() {
        assert_eq!(read("A1"), Some((0, 0)));
        assert_eq!(read("F12"), Some((11, 5)));
        assert_eq!(read("$aa$3"), Some((2, 26)));
        assert_eq!(read("XFD1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "12", "A", "A0", "ZZZZZZZZZ1", "A99999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(
            [0, 25, 26, 701, 702, 16_383].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
        );
    }

    #[test]
    fn sheets_with_a_space_in_their_name_stand_in_quotes() {
        assert_eq!(told("Orders", 12, Some(5)), "Orders!F12");
        assert_eq!(told("Orders", 12, None), "Orders!12");
        assert_eq!(told("订单", 2, Some(0)), "订单!A2");
        assert_eq!(told("Bob's orders", 2, Some(0)), "'Bob''s orders'!A2");
        assert_eq!(told("2026", 2, Some(0)), "'2026'!A2");
    }
}
