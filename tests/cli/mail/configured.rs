//! `[mail]` and `[affidavit]` of the configuration: a slip is shown where it is.

use super::shop;
use crate::harness::Home;

#[track_caller]
fn wrong(config: &str, said: &str) {
    let home = Home::new();
    home.write(".config/insure/config.toml", config);
    let said = crate::harness::unindent(said);
    let mail = "\nhint: a mail server looks like this; starttls, tls and none (on this machine only) are its securities:\n      [mail]\n      from = \"Shop <claims@example.com>\"\n      host = \"smtp.example.com\"\n      port = 587\n      security = \"starttls\"\n      user = \"claims@example.com\"\n      password-env = \"SHOP_MAIL_PASSWORD\"\n";
    home.insure("quote --value 450")
        .stderr(&format!("error: [HOME]/.config/insure/config.toml: {said}{mail}"))
        .status(2)
        .run();
}

#[test]
fn a_password_in_the_file_is_refused() {
    wrong(
        "[mail]\nhost = \"smtp.example.com\"\npassword = \"geheim\"\n",
        "
        TOML parse error at line 3, column 12
          |
        3 | password = \"geheim\"
          |            ^^^^^^^^
        a password in a file is read by whoever gets the file, expected password-env or password-command
        ",
    );
}

#[test]
fn each_slip_is_shown_with_what_was_expected() {
    let host = "[mail]\nhost = \"smtp.example.com\"\n";
    for (line, marked, why) in [
        (
            "security = \"none\"",
            "\"none\"",
            "without encryption anybody on the way reads the mail and the password, expected starttls or tls for a server elsewhere",
        ),
        ("security = \"ssl\"", "\"ssl\"", "expected one of starttls, tls, none"),
        ("timeout-seconds = 0", "0", "expected 1 to 600 seconds"),
        (
            "user = \"u\"",
            "\"u\"",
            "expected where the password is to be had: password-env or password-command",
        ),
        ("password-env = \"P\"", "\"P\"", "expected whose password it is: user"),
        (
            "password-command = []",
            "[]",
            "expected a program and its arguments such as [\"pass\", \"show\", \"mail\"]",
        ),
        (
            "from = \"Shop\"",
            "\"Shop\"",
            "`Shop` is no mail address, expected one such as buyer@example.com or Shop <claims@example.com>",
        ),
        ("port = 70000", "70000", "invalid value: integer `70000`, expected u16"),
    ] {
        let column = line.find(marked).unwrap();
        let (space, marks) = (" ".repeat(column), "^".repeat(marked.len()));
        wrong(
            &format!("{host}{line}\n"),
            &format!(
                "TOML parse error at line 3, column {}\n  |\n3 | {line}\n  | {space}{marks}\n{why}\n",
                column + 1
            ),
        );
    }
    wrong(
        "[mail]\nport = 587\n",
        "
        TOML parse error at line 2, column 8
          |
        2 | port = 587
          |        ^^^
        expected the server's name beside it: host = \"smtp.example.com\"
        ",
    );
}

#[test]
fn without_a_sender_or_a_server_nothing_is_begun() {
    let home = shop();
    home.insure("claim affidavit 1001")
        .stderr(
            r"
            error: it is not known who writes the e-mail

            hint: name the sender with --from 'Shop <claims@example.com>', or once for all with from below [mail] in config.toml
            ",
        )
        .status(2)
        .run();
    home.insure("claim affidavit 1001 --from a@b.example --to buyer@example.com --send")
        .stderr(
            r"
            error: no mail server is configured, so nothing can be sent

            hint: name one below [mail] in config.toml (host, port, security, user), or write the e-mail to a file with --out and send it with your mail program
            ",
        )
        .status(2)
        .run();
    home.write(
        ".config/insure/config.toml",
        "[mail]\nfrom = \"a@b.example\"\nhost = \"127.0.0.1\"\n",
    );
    home.insure("claim affidavit 1001 --send")
        .stderr(
            r"
            error: it is not known to whom the affidavit of CLM-00001Y goes

            hint: name the buyer's address: --to buyer@example.com
            ",
        )
        .status(2)
        .run();
}
