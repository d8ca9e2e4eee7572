//! STARTTLS, TLS, certificates and logins: a password is never said to anybody who could be
//! somebody else.

use super::server::Server;
use super::{SEND, affidavit, shop};
use crate::harness::Home;

const LOGIN: &str = "ca = \"../../cert.pem\"\nuser = \"claims@example.com\"\npassword-env = \"SHOP_MAIL_PASSWORD\"\n";

#[track_caller]
fn not_sent(home: &Home, line: &str, why: &str) {
    let script = format!("export SHOP_MAIL_PASSWORD='open sesame'; insure {line}");
    home.shell(&script)
        .stderr(&format!(
            "
            error: the e-mail of CLM-00001Y was NOT sent: {why}

            hint: mend that, in [mail] of config.toml or with your mail provider, then run the same command again
            "
        ))
        .status(1)
        .run();
    assert!(affidavit(home).starts_with(r#"{ "status": "not_sent","#));
}

#[test]
fn with_starttls_and_a_login() {
    let home = shop();
    let login = "--login claims@example.com:open-sesame";
    let Some(server) = Server::encrypted(&home, login, LOGIN) else { return };
    home.shell(&format!("export SHOP_MAIL_PASSWORD=open-sesame; insure {SEND} --format ids -q"))
        .stdout("\nCLM-00001Y\n")
        .run();
    assert_eq!(
        server.envelope(1),
        r#"{"encrypted": true, "from": "claims@example.com", "to": ["buyer@example.com"], "user": "claims@example.com"}"#
    );
}

#[test]
fn with_tls_from_the_first_byte_and_the_password_of_a_command() {
    let home = shop();
    home.write("say.sh", "#!/bin/sh\nprintf 'open-sesame\\nsecond line\\n'\n");
    let settings = "security = \"tls\"\nca = \"../../cert.pem\"\nuser = \"u\"\npassword-command = [\"sh\", \"say.sh\"]\n";
    let Some(server) = Server::encrypted(&home, "--tls --login u:open-sesame", settings) else {
        return;
    };
    home.insure(&format!("{SEND} --format ids -q")).stdout("\nCLM-00001Y\n").run();
    assert!(server.envelope(1).contains(r#""encrypted": true"#), "{}", server.envelope(1));
}

#[test]
fn a_wrong_password_is_told_and_not_shown() {
    let home = shop();
    let login = "--login claims@example.com:another";
    let Some(server) = Server::encrypted(&home, login, LOGIN) else { return };
    let port = server.port;
    not_sent(
        &home,
        SEND,
        &format!(
            "the mail server 127.0.0.1:{port} refused the login of `claims@example.com`: 535 5.7.8 Authentication credentials invalid"
        ),
    );
    assert_eq!(server.count(), 0);
}

#[test]
fn a_certificate_of_nobody_is_not_trusted() {
    for (option, settings) in [("", ""), ("--tls", "security = \"tls\"\n")] {
        let home = shop();
        let Some(server) = Server::encrypted(&home, option, settings) else { return };
        let port = server.port;
        not_sent(
            &home,
            SEND,
            &format!(
                "the mail server 127.0.0.1:{port} is not to be trusted: invalid peer certificate: UnknownIssuer"
            ),
        );
        assert_eq!(server.count(), 0);
    }
}

#[test]
fn nothing_is_said_where_encryption_is_wanted_and_not_offered() {
    let home = shop();
    let Some(server) = Server::start(&home, "") else { return };
    let port = server.port;
    home.write("cert.pem", "");
    server.configure(&home, &LOGIN.replace("ca = \"../../cert.pem\"\n", ""));
    not_sent(
        &home,
        SEND,
        &format!("the mail server 127.0.0.1:{port} offers no STARTTLS, so nothing was said to it"),
    );
    assert_eq!(server.count(), 0);
}

#[test]
fn a_login_that_the_server_does_not_offer() {
    let home = shop();
    let Some(server) = Server::start(&home, "") else { return };
    let port = server.port;
    server.configure(
        &home,
        "security = \"none\"\nuser = \"u\"\npassword-env = \"SHOP_MAIL_PASSWORD\"\n",
    );
    not_sent(
        &home,
        SEND,
        &format!(
            "the mail server 127.0.0.1:{port} offers no login with a password, and `user` is configured"
        ),
    );
}

#[test]
fn without_its_password_nothing_is_begun() {
    let home = shop();
    let settings = "host = \"127.0.0.1\"\nfrom = \"claims@example.com\"\nuser = \"u\"\n";
    let configure = |password: &str| {
        home.write(".config/insure/config.toml", format!("[mail]\n{settings}{password}\n"));
    };
    configure("password-env = \"SHOP_MAIL_PASSWORD\"");
    home.insure(SEND)
        .stderr(
            r"
            error: the mail password is not there: the variable SHOP_MAIL_PASSWORD is not set

            hint: set it for this command, or name another one with password-env in config.toml
            ",
        )
        .status(2)
        .run();
    for (command, why) in [
        ("[\"false\"]", "`false` failed: it ended with exit status: 1"),
        ("[\"true\"]", "`true` failed: it printed nothing"),
        (
            "[\"no-such-program\", \"x\"]",
            "`no-such-program` failed: No such file or directory (os error 2)",
        ),
    ] {
        configure(&format!("password-command = {command}"));
        home.insure(SEND)
            .stderr(&format!(
                "
                error: the mail password is not there: {why}

                hint: try it by hand; password-command in config.toml is a list of words, no shell reads it
                "
            ))
            .status(1)
            .run();
    }
    let nothing = r#"{ "status": "not_sent", "to": null, "#;
    assert!(affidavit(&home).starts_with(nothing), "{}", affidavit(&home));
}
