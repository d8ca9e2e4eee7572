//! What makes two numbers one: shops, shipping tools and people write the same number in several
//! ways. Files that are joined and the ledger compare them alike; what is kept is what was written.

use std::borrow::Cow;

use super::{Ids, unpacked};

/// The number of an order, or of a package, as it is compared: without blanks around it and `#`
/// before it, and in either case (of the letters A to Z). Blanks and hyphens within it count:
/// `1001-1` is not `10011`. Of blanks, hyphens, letters and digits that only look otherwise, as
/// text from web pages and Chinese keyboards has them, each is the usual one.
pub fn plain_order(number: &str) -> Cow<'_, str> {
    // Nearly every number is of ASCII characters, and this is asked of each.
    if number.is_ascii() {
        let bare = bare(number);
        return if bare.is_empty() { Cow::Borrowed(number) } else { upper(bare) };
    }
    let usual: String = number.chars().filter_map(usual).collect();
    let bare = bare(&usual);
    if bare.is_empty() { Cow::Borrowed(number) } else { Cow::Owned(bare.to_ascii_uppercase()) }
}

/// A tracking number as it is compared: without the blanks and hyphens its digits are grouped
/// with, whichever they are, and in either case.
pub fn plain_tracking(number: &str) -> Cow<'_, str> {
    let groups = |byte: u8| byte.is_ascii_whitespace() || byte == b'-';
    // Nearly every number is plain as it stands, and this is asked of each.
    if !number.bytes().any(|byte| groups(byte) || byte.is_ascii_lowercase() || !byte.is_ascii()) {
        return Cow::Borrowed(number);
    }
    let usual = number.chars().filter_map(usual);
    let kept = usual.filter(|c| !(c.is_ascii_whitespace() || *c == '-'));
    let bare: String = kept.map(|c| c.to_ascii_uppercase()).collect();
    if bare.is_empty() { Cow::Borrowed(number) } else { Cow::Owned(bare) }
}

/// Whether a character shows nothing: a blank, or one that is not seen at all.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_unseen(c)
}

/// Characters without width: joiners, marks of direction, a mark of byte order, a soft hyphen.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'
            | '\u{2066}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// The ASCII character that another one stands for, if it stands for one; none for one that is not
/// seen.
fn usual(c: char) -> Option<char> {
    /// From a full-width character to the ASCII one.
    const WIDE: u32 = 0xfee0;
    match c {
        _ if c.is_ascii() => Some(c),
        _ if is_unseen(c) => None,
        _ if c.is_whitespace() => Some(' '),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - WIDE),
        _ => Some(c),
    }
}

/// A number without blanks around it and `#` before it.
fn bare(number: &str) -> &str {
    number.trim().trim_start_matches('#').trim_start()
}

/// Whether two orders, or two packages, have one number.
pub fn same_order(a: &str, b: &str) -> bool {
    a == b || plain_order(a) == plain_order(b)
}

/// Whether two tracking numbers are one.
pub fn same_tracking(a: &str, b: &str) -> bool {
    a == b || plain_tracking(a) == plain_tracking(b)
}

fn upper(number: &str) -> Cow<'_, str> {
    if number.bytes().any(|byte| byte.is_ascii_lowercase()) {
        Cow::Owned(number.to_ascii_uppercase())
    } else {
        Cow::Borrowed(number)
    }
}

impl Ids {
    /// [`Ids::handle`] as it is compared: equal for two that are one parcel, however its numbers
    /// are written.
    pub fn plain_handle(&self) -> Cow<'_, str> {
        self.handle_of(plain_order, plain_tracking)
    }
}

/// The handle of an order that is not yet packed, as it is compared.
pub fn plain_unpacked(order: &str) -> String {
    unpacked(&plain_order(order))
}

#[cfg(test)]
mod tests {
    use super::{Ids, plain_order, plain_tracking, same_order, same_tracking};

    #[test]
    fn an_order_is_compared_without_what_people_put_around_it() {
        for written in ["A1001", " a1001 ", "#A1001", "# a1001", "＃A1001", " #A1001"] {
            assert_eq!(plain_order(written), "A1001");
            assert!(same_order(written, "a1001"));
        }
        for other in ["A1001#", "A10 01", "A-1001", "A1002"] {
            assert!(!same_order(other, "A1001"), "{other}");
        }
        assert_eq!((plain_order("#"), plain_order("")), ("#".into(), "".into()), "never nothing");
    }

    #[test]
    fn what_only_looks_otherwise_is_the_same_number() {
        for written in [
            "\u{a0}a1001\u{a0}",
            "\u{feff}#A1001",
            "A10\u{200b}01",
            "Ａ１００１",
            "＃\u{3000}ａ1001",
        ] {
            assert_eq!(plain_order(written), "A1001", "{written:?}");
        }
        for written in ["A-1001", "A\u{2010}1001", "A\u{2011}1001", "A\u{2212}1001", "Ａ－1001"] {
            assert_eq!(plain_order(written), "A-1001", "{written:?}");
        }
        assert_eq!(plain_order("A\u{a0}1001"), plain_order("a 1001"));
        assert_eq!(plain_order("订单7"), "订单7");
        assert_eq!(plain_order("\u{200b}"), "\u{200b}", "never nothing");
        for written in [
            "9400\u{a0}1118\u{2009}9956",
            "\u{200e}940011189956\u{2060}",
            "9400\u{2013}1118\u{2014}9956",
            "９４００１１１８９９５６",
            "9400\u{3000}1118－9956",
        ] {
            assert_eq!(plain_tracking(written), "940011189956", "{written:?}");
        }
        assert_eq!(plain_tracking("\u{2014}"), "\u{2014}", "never nothing");
        assert!(!same_tracking("9400\u{a0}1", "94002"));
    }

    #[test]
    fn a_tracking_number_is_compared_without_its_groups() {
        for written in ["1Z999AA10123456784", "1z999aa1 0123 4567 84", "1Z-999-AA10123456784\t"] {
            assert_eq!(plain_tracking(written), "1Z999AA10123456784");
            assert!(same_tracking(written, "1Z999AA10123456784"));
        }
        assert!(!same_tracking("#9400", "9400"), "a `#` is no tracking number's");
        assert_eq!(plain_tracking("-"), "-", "never nothing");
    }

    #[test]
    fn a_handle_is_compared_as_its_numbers_are() {
        let ids = |order: &str, package: &str, tracking: &str| {
            let some = |s: &str| (!s.is_empty()).then(|| s.to_owned());
            let ids = Ids { order: some(order), package: some(package), tracking: some(tracking) };
            ids.plain_handle().into_owned()
        };
        assert_eq!(ids("#2001", "", ""), ids("2001", "", ""));
        assert_eq!(ids("#2001", "1", ""), ids("2001", "1", "94"));
        assert_eq!(ids("2001", "pkg00001", ""), "PKG00001");
        assert_eq!(ids("#2001", "", "9400 11"), "940011");
    }
}
