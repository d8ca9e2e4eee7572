//! One text in every encoding, with every beginning and end a buffer can have.

use std::collections::BTreeMap;
use std::io::Read;

use encoding_rs::{BIG5, EUC_KR, GB18030, GBK, SHIFT_JIS, WINDOWS_1252};
use proptest::prelude::{Strategy, prop, proptest};
use proptest::{prop_assert_eq, prop_assume};

use super::{options, source};
use crate::intake::{Encoding, IntakeError, Item, KnownBy, Options, Source, copy_rejects, open};

/// Gives out a few bytes at a time.
struct Drip(Vec<u8>, usize);

impl Read for Drip {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.1.min(self.0.len()).min(out.len());
        out[..n].copy_from_slice(&self.0[..n]);
        self.0.drain(..n);
        Ok(n)
    }
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

/// A text in an encoding, without a byte order mark.
fn written(text: &str, encoding: &str) -> Vec<u8> {
    match encoding.to_lowercase().as_str() {
        "utf-16le" => utf16(text, u16::to_le_bytes),
        "utf-16be" => utf16(text, u16::to_be_bytes),
        label => encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into(),
    }
}

type Told = (Vec<Item>, Option<(String, KnownBy)>);

/// What comes out of a text, and which encoding was found.
fn read(bytes: &[u8], step: usize, named: Option<&str>) -> Told {
    let encoding = named.map(|name| Encoding::named(name).unwrap());
    let drip = Source::Stream { name: "a".into(), read: Box::new(Drip(bytes.to_vec(), step)) };
    let mut reader = open(drip, Options { encoding, ..options() }).unwrap();
    let items = reader.by_ref().map(Result::unwrap).collect();
    let found = reader.original().encoding();
    (items, found.map(|(encoding, by)| (encoding.name().to_owned(), by)))
}

fn found(bytes: &[u8]) -> String {
    read(bytes, 4096, None).1.map_or("ASCII".to_owned(), |(name, _)| name)
}

#[test]
fn what_sellers_write_shows_its_encoding() {
    for (encoding, text) in [
        ("UTF-8", "order_id,value,contents\n1,2,机器人\n"),
        ("GBK", "店铺,order_id,value\n1,1001,5\n"),
        ("GBK", "order_id,value,contents\n1001,5,红色机器人\n"),
        ("GBK", "order_id,value,contents\n1001,5,中\n"),
        ("GBK", "店铺,仓库,客服,单价,备注,order_id,value\n1,2,3,4,5,1001,5\n"),
        ("Shift_JIS", "order_id,value,contents\n1001,5,スマホケース\n"),
        ("Shift_JIS", "order_id,value,contents\n1001,5,ﾌﾟﾗｽﾁｯｸ\n"),
        ("Big5", "order_id,value,contents\n1001,5,紅色機器人玩具\n"),
        (
            "EUC-KR",
            "order_id,value,contents\n1001,5,장난감 로봇 빨간색\n1002,5,서울특별시 강남구\n",
        ),
        ("windows-1252", "order_id,value,contents\n1001,5,Café crème\n"),
        ("windows-1252", "order_id,value,contents\n1001,5,It’s fine\n"),
        ("windows-1251", "order_id,value,contents\n1001,5,Игрушка\n"),
        ("UTF-16LE", "order_id,value,contents\n1001,5,Robot\n"),
        ("UTF-16BE", "order_id,value,contents\n1001,5,机器人😀\n"),
    ] {
        let bytes = written(text, encoding);
        assert_eq!(found(&bytes), encoding, "{text}");
        for step in [1, 7, 4096] {
            let (items, _) = read(&bytes, step, None);
            assert_eq!(items, read(text.as_bytes(), 4096, None).0, "{text} by {step}");
        }
    }
    assert_eq!(found(b"order_id,value\n1001,5\n"), "ASCII");
}

#[test]
fn a_byte_order_mark_decides_whatever_was_named() {
    let text = "\u{feff}order_id,value,contents\n1001,5,机器人\n";
    for encoding in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
        let bytes = written(text, encoding);
        for named in [None, Some("gbk"), Some("utf-16")] {
            let (items, found) = read(&bytes, 5, named);
            assert_eq!(found, Some((encoding.to_owned(), KnownBy::Mark)));
            assert!(matches!(&items[0], Item::Parcel(row)
                if row.parcel.contents.as_deref() == Some("机器人")));
        }
    }
}

#[test]
fn files_put_together_have_their_mark_in_the_middle() {
    let part = "\u{feff}order_id,value,contents\r\n1001,5,机器人\r\n";
    for encoding in ["UTF-8", "UTF-16LE", "UTF-16BE"] {
        let twice = written(&part.repeat(2), encoding);
        let (items, _) = read(&twice, 11, None);
        let lines: Vec<u64> = items
            .iter()
            .map(|item| match item {
                Item::Parcel(row) => row.line,
                other => panic!("{other:?}"),
            })
            .collect();
        assert_eq!(lines, [2, 4], "{encoding}");
    }
}

#[test]
fn an_encoding_shows_itself_wherever_its_first_character_stands() {
    // Beyond the head that is looked at, at each place around the end of what is read at a time.
    for rows in [3, 7000, 14_000] {
        for shift in 0..3 {
            let mut text = format!("order_id,value,contents\n{}", "1,2,robot\n".repeat(rows));
            text.push_str(&format!("7,2,{}机器人\n8,x,机器人\n", "r".repeat(shift)));
            let (items, found) = read(&written(&text, "gbk"), 65536, None);
            assert_eq!(found, Some(("GBK".to_owned(), KnownBy::Evidence)));
            let [.., Item::Parcel(last), Item::Bad(bad)] = &items[..] else { panic!() };
            assert!(last.parcel.contents.as_deref().unwrap().ends_with("机器人"));
            assert_eq!((bad.line, bad.code), (rows as u64 + 3, "bad_amount"));
        }
    }
}

#[test]
fn bytes_that_are_no_character_spoil_their_row_and_are_never_replaced() {
    let spoiled = |bytes: &[u8], named: Option<&str>| -> Vec<(u64, &'static str, Option<String>)> {
        read(bytes, 3, named)
            .0
            .into_iter()
            .filter_map(|item| match item {
                Item::Bad(bad) => Some((bad.line, bad.code, bad.column)),
                _ => None,
            })
            .collect()
    };
    let at = |line, column: &str| vec![(line, "bad_encoding", Some(column.to_owned()))];
    // Half a character before a comma and before a line's end, a code that is none.
    assert_eq!(
        spoiled(b"order_id,contents,value\n1,\xbb\xfa\xc6\xf7,5\n2,\xbb\xfa\xc6,5\n", Some("gbk")),
        at(3, "contents")
    );
    assert_eq!(
        spoiled(b"order_id,value,contents\n1,5,\x83\n2,5,a\n", Some("sjis")),
        at(2, "contents")
    );
    assert_eq!(
        spoiled(b"order_id,value,contents\n1,5,Caf\xe9 \x81\n", Some("windows-1252")),
        at(2, "contents")
    );
    // One of the two halves of a pair of UTF-16, and half a unit at the end.
    let mut alone = written("order_id,value,contents\n1,5,a", "utf-16le");
    alone.extend([0x3d, 0xd8, b'b', 0, b'\n', 0]);
    assert_eq!(spoiled(&alone, None), at(2, "contents"));
    let mut cut = written("order_id,value,contents\n1,5,a\n2,5,b", "utf-16be");
    cut.push(0);
    assert_eq!(spoiled(&cut, None), at(3, "contents"));
    // UTF-8 with a broken byte stays UTF-8, and so does what no encoding makes words of.
    let broken =
        [&b"order_id,value,contents\n1,5,"[..], "机器人\n2,5,".as_bytes(), b"\xe6\n"].concat();
    assert_eq!((found(&broken), spoiled(&broken, None)), ("UTF-8".to_owned(), at(3, "contents")));
    assert_eq!(spoiled(b"order_id,value\n10\xff2,5\n", None), at(2, "order_id"));
}

#[test]
fn rejects_are_read_again_without_being_told_how() {
    let text = "order_id,value,contents\n1,5,robot\n2,x,机器人\n3,5,\u{1F600}\n4,y,中\n";
    let bytes = written(text, "gb18030");
    let options = Options { keep: true, ..options() };
    let mut reader = open(source(&bytes), options.clone()).unwrap();
    let reasons = reader.by_ref().filter_map(|item| match item.unwrap() {
        Item::Bad(bad) => Some((bad.line, (bad.code.to_owned(), bad.reason))),
        _ => None,
    });
    let reasons = reasons.collect();
    let mut copy = Vec::new();
    copy_rejects(&reader.original(), &reasons, &mut copy).unwrap();
    let copy = String::from_utf8(copy).unwrap();
    assert!(
        copy.starts_with(
            "\u{feff}order_id,value,contents,line,code,reason\n2,x,机器人,3,bad_amount,"
        ),
        "{copy}"
    );
    assert!(copy.contains("\n4,y,中,5,bad_amount,"), "{copy}");
    let (again, found) = read(copy.replace(",x,", ",5,").as_bytes(), 64, None);
    assert_eq!(found, Some(("UTF-8".to_owned(), KnownBy::Mark)));
    assert!(matches!(&again[0], Item::Parcel(row)
        if row.parcel.contents.as_deref() == Some("机器人")));
    assert!(matches!(&again[1], Item::Bad(bad) if bad.code == "bad_amount"));
    // Named wrongly, what does not fit is kept as what fits nowhere.
    let named = Options { encoding: Encoding::named("utf-16le"), ..options };
    assert!(open(source(b"order_id,value\n1,5\n"), named).is_err());
    let named = Options { encoding: Encoding::named("shift_jis"), keep: true, ..super::options() };
    let mut reader = open(source(b"order_id,value,contents\n1,5,\xff\xff\n"), named).unwrap();
    let Some(Ok(Item::Bad(bad))) = reader.next() else { panic!() };
    let reasons = BTreeMap::from([(bad.line, (bad.code.to_owned(), bad.reason))]);
    let mut copy = Vec::new();
    reader.by_ref().for_each(drop);
    copy_rejects(&reader.original(), &reasons, &mut copy).unwrap();
    let (again, _) = read(&copy, 64, None);
    assert!(matches!(&again[0], Item::Bad(bad) if bad.code == "bad_encoding"));
}

#[test]
fn a_text_that_goes_on_in_another_encoding_is_noticed() {
    let rows = |from: usize, to: usize| {
        (from..to).map(|row| format!("{row},5,robot\n")).collect::<String>().into_bytes()
    };
    let mut bytes = b"order_id,value,contents\n".to_vec();
    bytes.extend(written("1,5,Café\n", "windows-1252"));
    bytes.extend(rows(2, 30_000));
    for row in 0..200 {
        bytes.extend(written(&format!("9{row},5,红色机器人玩具\n"), "gbk"));
    }
    let last = open(source(&bytes), options()).unwrap().filter_map(Result::err).next().unwrap();
    assert!(
        matches!(last, IntakeError::TwoEncodings { first: "windows-1252", rest: "GBK", .. }),
        "{last}"
    );
    assert!(last.hint().unwrap().contains("--encoding windows-1252 or --encoding GBK"));
    let named = Options { encoding: Encoding::named("windows-1252"), ..options() };
    assert!(open(source(&bytes), named).unwrap().all(|item| item.is_ok()));
}

#[test]
fn encodings_go_by_many_names() {
    for (name, is) in [
        ("utf8", "UTF-8"),
        ("UTF-8-SIG", "UTF-8"),
        ("cp936", "GBK"),
        ("GB2312", "GBK"),
        ("gb18030", "gb18030"),
        ("sjis", "Shift_JIS"),
        ("CP932", "Shift_JIS"),
        ("latin1", "windows-1252"),
        ("utf-16", "UTF-16LE"),
    ] {
        assert_eq!(Encoding::named(name).map(Encoding::name), Some(is));
    }
    for name in ["", "ansi", "utf-7", "x-user-defined", "replacement", "hz-gb-2312"] {
        assert_eq!(Encoding::named(name), None, "{name}");
    }
}

/// Characters of all kinds that exports have, and any others.
fn characters() -> impl Strategy<Value = String> {
    let usual = prop::sample::select(
        "机器人ロボットﾛﾎﾞ장난감éüßŁ’€£™ ,;\"'|-\n\ta1".chars().collect::<Vec<_>>(),
    );
    let any = proptest::char::any();
    let one = proptest::prop_oneof![4 => usual, 1 => any];
    prop::collection::vec(one, 0..12).prop_map(|chars| chars.into_iter().collect())
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever an encoding can write is read as the same rows as in UTF-8.
    #[test]
    fn any_text_is_the_same_in_every_encoding(
        texts in prop::collection::vec(characters(), 1..8),
        step in 1usize..40,
        which in 0usize..9,
    ) {
        let encoders = [GBK, GB18030, SHIFT_JIS, BIG5, EUC_KR, WINDOWS_1252];
        let name = encoders.get(which).map(|e| e.name()).unwrap_or_else(
            || ["utf-8", "utf-16le", "utf-16be"][which - encoders.len()],
        );
        // What it cannot write, and what it writes as something else, is left out.
        let writable = |c: &char| {
            if c.is_control() && !c.is_ascii() { return false; }
            encoders.get(which).is_none_or(|encoder| {
                let one = c.to_string();
                let (bytes, _, lost) = encoder.encode(&one);
                !lost && encoder.decode_without_bom_handling(&bytes).0 == one
            })
        };
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["order_id", "value", "contents"]).unwrap();
        for (row, text) in texts.iter().enumerate() {
            let text: String = text.chars().filter(writable).filter(|c| *c != '\0').collect();
            writer.write_record([&row.to_string(), "5", &text]).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        prop_assume!(!text.contains('\u{feff}'));
        let (plain, _) = read(text.as_bytes(), 4096, Some("utf-8"));
        let (recoded, _) = read(&written(&text, name), step, Some(name));
        prop_assert_eq!(recoded, plain);
    }
}
