//! Text as it comes: in another encoding, packed, with other line ends, with a quote left open.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::harness::Home;

/// A text in an encoding.
fn written(encoding: &str, text: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
    encoding.encode(text).0.into_owned()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut out = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(text.as_bytes()).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn a_chinese_file_its_rejects_and_the_mended_rows() {
    let home = Home::new();
    let text = "order_id,value,contents\n1001,450,红色机器人\n1002,x,中国制造\n";
    home.write("gbk.csv", written("gbk", text));
    home.insure("batch-insure gbk.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused     reason
               3  1002                     bad_amount  column value: `x` is not an amount, expected one such as 450.00

            Rows                       2
            Parcels                    1
            Insured                    1
            Already insured            0
            Cancelled orders           0
            Refused                    1  1 bad_amount
            Cover             200.00 USD
            Stays uninsured   250.00 USD
            Premium             0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            r"
            gbk.csv: read as GBK, as its bytes show; --encoding NAME asks for another
            rejects.csv: 1 rejected row, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "\u{feff}order_id,value,contents,line,code,reason\n1002,x,中国制造,3,bad_amount,\"column value: `x` is not an amount, expected one such as 450.00\"\n"
    );
    home.write("rejects.csv", home.read("rejects.csv").replace(",x,", ",7,"));
    home.insure("batch-insure rejects.csv -v")
        .stdout(
            r"
            Rows                     1
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  0
            Cover             7.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00002W.
            ",
        )
        .stderr(
            r"
            rejects.csv: layout plain: it knows 3 of 6 columns
            rejects.csv: read as UTF-8, by its byte order mark
            ",
        )
        .run();
    home.insure("status 1002")
        .stdout(
            r"
            Policy         POL-00002W   confirmed
            Order          1002
            Package        -
            Tracking       -
            Contents       中国制造
            Plan           tiktok-upic  TikTok Shipping insurance, insured by U-PIC, terms of 2025-10-17
            Package value  7.00 USD
            Cover          7.00 USD
            Premium        0.00 USD
            History
              2026-11-22  BAT-00002W recorded
            ",
        )
        .run();
}

#[test]
fn every_encoding_is_named_where_it_is_not_utf8() {
    let home = Home::new();
    let text = "order_id,value,contents\n1001,450,スマホケース\n";
    home.write("orders.csv", written("shift_jis", text));
    home.insure("quote --input orders.csv --format ids")
        .stdout("1001\n")
        .stderr(
            r"
            orders.csv: read as Shift_JIS, as its bytes show; --encoding NAME asks for another
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 450.00 USD, premium 2.25 USD
            ",
        )
        .run();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    home.write("orders.csv", &utf16);
    home.insure("quote --input orders.csv --format ids")
        .stdout("1001\n")
        .stderr(
            r"
            orders.csv: read as UTF-16BE, as its bytes show; --encoding NAME asks for another
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 450.00 USD, premium 2.25 USD
            ",
        )
        .run();
    home.write("orders.csv", [&b"\xfe\xff"[..], &utf16].concat());
    home.insure("quote --input orders.csv --format ids")
        .stdout("1001\n")
        .stderr(
            r"
            orders.csv: read as UTF-16BE, by its byte order mark
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 450.00 USD, premium 2.25 USD
            ",
        )
        .run();
    home.write("orders.csv", text);
    home.insure("quote --input orders.csv --format ids")
        .stdout("1001\n")
        .stderr("1 parcel: 1 priced, 0 cancelled, 0 refused; cover 450.00 USD, premium 2.25 USD\n")
        .run();
    home.insure("quote --input orders.csv --format ids -v")
        .stdout("1001\n")
        .stderr(
            r"
            orders.csv: layout plain: it knows 3 of 3 columns
            orders.csv: read as UTF-8, as its bytes show
            1 parcel: 1 priced, 0 cancelled, 0 refused; cover 450.00 USD, premium 2.25 USD
            ",
        )
        .run();
    home.insure("quote --input orders.csv --encoding cp932")
        .stdout(
            r"
            line,order_id,package_id,tracking_number,plan,version,currency,package_value,included_cover,cover,uninsured_value,stays_uninsured,premium,assumed,code,reason,doubt
            2,1001,,,,,,,,,,,,,bad_encoding,column contents: holds bytes that are no text in the file's encoding,
            ",
        )
        .stderr(
            r"
            orders.csv: read as Shift_JIS, as you said
            1 parcel: 0 priced, 0 cancelled, 1 refused (1 bad_encoding); cover 0.00 USD, premium 0.00 USD
            hint (bad_encoding): mend the text; if many rows have it, name the file's encoding with --encoding
            ",
        )
        .status(3)
        .run();
    home.insure("quote --input orders.csv --encoding klingon")
        .stderr(
            r"
            error: invalid value 'klingon' for '--encoding <NAME>': expected an encoding such as utf-8, utf-16le, gb18030, gbk, big5, shift_jis, euc-kr or windows-1252

            For more information, try '--help'.
            ",
        )
        .status(2)
        .run();
}

#[test]
fn carrier_events_in_a_western_encoding() {
    let home = Home::new();
    home.write("parcels.csv", "tracking_number,value\n9400111899562743815201,5\n");
    home.insure("batch-insure parcels.csv -q --format ids").stdout("POL-00001Y\n").run();
    let events = "tracking_number,event,at,note\n9400111899562743815201,scanned,2026-11-03,Dépôt de Genève\n";
    home.write("events.csv", written("windows-1252", events));
    home.insure("track --input events.csv")
        .stdout(
            r"
            Rows              1
            New events        1
            Known already     0
            Became effective  1
            Cancelled         0
            Not insured       0
            Not taken in      0
            ",
        )
        .stderr(
            r"
            events.csv: read as windows-1252, as its bytes show; --encoding NAME asks for another
            ",
        )
        .run();
}

#[test]
fn what_begins_in_one_encoding_and_goes_on_in_another() {
    let home = Home::new();
    let mut bytes = b"order_id,value,contents\n1,5,Caf\xe9\n".to_vec();
    for row in 2..500_000 {
        bytes.extend(format!("{row},5,a red robot\n").into_bytes());
    }
    for row in 0..100 {
        bytes.extend(written("gbk", &format!("9{row},5,红色机器人\n")));
    }
    home.write("orders.csv", bytes);
    home.insure("batch-insure orders.csv")
        .stderr(
            r"
            error: orders.csv: the text begins like windows-1252 and goes on like GBK, so its encoding is not certain

            hint: say which with --encoding windows-1252 or --encoding GBK
            ",
        )
        .status(2)
        .run();
    home.insure("status 1")
        .stderr(
            r"
            error: nothing is recorded under `1`

            hint: give an order, package or tracking number, or a policy (POL-...) or claim (CLM-...)
            ",
        )
        .status(4)
        .run();
}

#[test]
fn packed_files() {
    let home = Home::new();
    let text = "order_id,value\n1001,5\n1002,x\n";
    let packed = gz(text.as_bytes());
    home.insure("quote --input - --format ids")
        .piped(&packed)
        .stdout(
            r"
            1001
            1002
            ",
        )
        .stderr("2 parcels: 1 priced, 0 cancelled, 1 refused (1 bad_amount); cover 5.00 USD, premium 0.00 USD\n")
        .status(3)
        .run();
    home.write("orders.csv.gz", &packed);
    home.insure("batch-insure orders.csv.gz --rejects rejects.csv --format csv")
        .stdout(
            r#"
            line,order_id,package_id,tracking_number,decision,policy,package_value,included_cover,cover,premium,stays_uninsured,code,column,value,reason,clause,hint
            2,1001,,,insured,POL-00001Y,5.00,5.00,5.00,0.00,0.00,,,,,,
            3,1002,,,refused,,,,,,,bad_amount,value,x,"`x` is not an amount, expected one such as 450.00",,
            "#,
        )
        .stderr(
            r"
            1 parcel: 1 insured, 0 already insured, 0 cancelled, 1 refused; cover 5.00 USD, premium 0.00 USD
            rejects.csv: 1 rejected row, to be mended and fed back
            ",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,value,line,code,reason\n1002,x,3,bad_amount,\"column value: `x` is not an amount, expected one such as 450.00\"\n"
    );
    home.write("orders.zip", zipped(&[("nov/orders.csv", text), ("nov/readme.txt", "hello")]));
    home.insure("batch-insure orders.zip")
        .stderr(
            r"
            error: orders.zip: there are several files in this archive; it holds `nov/orders.csv`, `nov/readme.txt`

            hint: say which with --member, such as --member 'nov/orders.csv'
            ",
        )
        .status(2)
        .run();
    home.insure("batch-insure orders.zip --member orders.csv --format ids -v")
        .stdout(
            "POL-00001Y\n",
        )
        .stderr(
            r"
            orders.zip: layout plain: it knows 2 of 2 columns
            1 parcel: 0 insured, 1 already insured, 0 cancelled, 1 refused; cover 0.00 USD, premium 0.00 USD
            orders.zip (nov/orders.csv): read as ASCII
            ",
        )
        .status(3)
        .run();
    home.insure("batch-insure orders.zip --member other.csv")
        .stderr(
            r"
            error: orders.zip: there is no file `other.csv` in this archive; it holds `nov/orders.csv`, `nov/readme.txt`

            hint: say which with --member, such as --member 'nov/orders.csv'
            ",
        )
        .status(2)
        .run();
    home.write("cut.csv.gz", &packed[..packed.len() - 12]);
    home.insure("batch-insure cut.csv.gz")
        .stderr("error: cut.csv.gz: cannot be read: incomplete deflate stream\n")
        .status(2)
        .run();
    home.write("twice.gz", gz(&packed));
    home.insure("batch-insure twice.gz")
        .stderr(
            r"
            error: twice.gz: this looks like an archive in an archive, expected CSV or a workbook (XLSX, XLS, ODS)

            hint: unpack it first and name the file inside
            ",
        )
        .status(2)
        .run();
}

#[test]
fn an_open_quote_spoils_its_row_and_no_other() {
    let home = Home::new();
    home.write("parcels.csv", "order_id,value\n1001,\"5\n1002,6\n1003,\"7\"\n1004,8\n1005,\"9\n");
    home.insure("batch-insure parcels.csv --rejects rejects.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused     reason
               2  1001                     open_quote  column value: a quote opens in this cell and is not closed before the next row
               6  1005                     open_quote  column value: a quote opens in this cell and is not closed before the next row
            hint (open_quote): close the quote, or take it away

            Rows                      5
            Parcels                   3
            Insured                   3
            Already insured           0
            Cancelled orders          0
            Refused                   2  2 open_quote
            Cover             21.00 USD
            Stays uninsured    0.00 USD
            Premium            0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .stderr(
            "rejects.csv: 2 rejected rows, to be mended and fed back\n",
        )
        .status(3)
        .run();
    assert_eq!(
        home.read("rejects.csv"),
        "order_id,value,line,code,reason\n1001,\"\"\"5\",2,open_quote,column value: a quote opens in this cell and is not closed before the next row\n1005,\"\"\"9\",6,open_quote,column value: a quote opens in this cell and is not closed before the next row\n"
    );
    home.write("parcels.csv", "order_id,value\n1001,\"5\n1002,6,7\n1003,7,8\n");
    home.insure("batch-insure parcels.csv")
        .stderr(
            r"
            error: parcels.csv: line 2: a quote opens in this record and is never closed

            hint: look for a quote that is never closed at line 2
            ",
        )
        .status(2)
        .run();
    home.write("parcels.csv", "order_id,contents,value\n1001,\"red,\nsmall\",5,00\n1002,x,6\n");
    home.insure("batch-insure parcels.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused      reason
               2  1001                     wrong_width  the row, which a quote holds together up to line 3, has 4 fields, the header has 3
            hint (wrong_width): put text or an amount with a comma in it between quotes

            Rows                     2
            Parcels                  1
            Insured                  0
            Already insured          1
            Cancelled orders         0
            Refused                  1  1 wrong_width
            Cover             0.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Nothing new to record.
            ",
        )
        .status(3)
        .run();
}

#[test]
fn tabs_under_a_header_with_commas_and_line_ends_of_old() {
    let home = Home::new();
    home.write("orders.csv", "order_id,value,contents\r3001\t5\trobot, red\r\r3002\tx\t\r");
    home.insure("batch-insure orders.csv")
        .stdout(
            r"
            line  parcel  stays uninsured  refused     reason
               4  3002                     bad_amount  column value: `x` is not an amount, expected one such as 450.00

            Rows                     2
            Parcels                  1
            Insured                  1
            Already insured          0
            Cancelled orders         0
            Refused                  1  1 bad_amount
            Cover             5.00 USD
            Stays uninsured   0.00 USD
            Premium           0.00 USD

            Recorded as BAT-00001Y.
            ",
        )
        .status(3)
        .run();
}
