//! Opening: what is a ledger, what is not, and how its file comes to be.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::error::LedgerError;
use super::{derive, spelled};

/// `insu`, at offset 68 of the file: what `file(1)` and this program know a ledger by.
const APPLICATION_ID: i64 = 0x696e_7375;

/// Every version of the schema, each a step from the one before. Only ever appended to.
const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("schema-2.sql"),
    include_str!("schema-3.sql"),
    include_str!("schema-4.sql"),
];

/// How long a command waits for another one that is writing.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long before it looks again.
const LOOKS_AGAIN: Duration = Duration::from_millis(100);

/// 24 MB to write: a batch appends, so more would not make it faster.
const WRITER_CACHE: i32 = -24_576;
/// 512 KB to read: a search goes through the file once, and fresh memory costs more than the reading.
const READER_CACHE: i32 = -512;

/// A connection that may write; the file, its folder and its tables are made when missing.
pub(super) fn writable(path: &Path) -> Result<Connection, LedgerError> {
    writable_within(path, PATIENCE)
}

/// The same, waiting so long for another process that writes.
fn writable_within(path: &Path, patience: Duration) -> Result<Connection, LedgerError> {
    if is_absent(path)? {
        create(path)?;
    } else {
        refuse_foreign(path)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let read_only = || LedgerError::ReadOnly { path: path.to_owned() };
    // The file is there and was read: what cannot be opened is the WAL beside it.
    let fault = |e: rusqlite::Error| match e.sqlite_error_code() {
        Some(ErrorCode::CannotOpen) => read_only(),
        _ => LedgerError::from_sqlite(path, &e),
    };
    let mut conn = Connection::open_with_flags(path, flags).map_err(fault)?;
    // SQLite falls back to reading by itself.
    if conn.is_readonly("main").map_err(fault)? {
        return Err(read_only());
    }
    configure(&conn, WRITER_CACHE, patience).map_err(fault)?;
    let version = version(&conn, path)?;
    enter_wal(&conn, patience).map_err(fault)?;
    if version < MIGRATIONS.len() {
        migrate(&mut conn).map_err(fault)?;
    }
    if !spelled::is_complete(&conn).map_err(fault)? {
        spelled::complete(&mut conn).map_err(fault)?;
    }
    Ok(conn)
}

/// A connection that only reads; `None` where there is no ledger yet.
pub(super) fn readable(path: &Path) -> Result<Option<Connection>, LedgerError> {
    if is_absent(path)? {
        return Ok(None);
    }
    refuse_foreign(path)?;
    let conn = match read_only(path, &path_uri(path, "mode=ro")) {
        // A ledger in WAL mode needs its -shm file even to be read. In a folder where none can be
        // made nobody writes either, and without a -wal the file alone is the whole ledger.
        Err(LedgerError::ReadOnly { .. } | LedgerError::Unreachable { .. }) if !has_wal(path) => {
            read_only(path, &path_uri(path, "mode=ro&immutable=1"))?
        }
        other => other?,
    };
    let found = version(&conn, path)?;
    if found < MIGRATIONS.len() {
        drop(conn);
        let known = MIGRATIONS.len();
        let older = || LedgerError::Older { path: path.to_owned(), found, known };
        drop(writable(path).map_err(|why| match why {
            LedgerError::ReadOnly { .. } => older(),
            why => why,
        })?);
        return readable(path);
    }
    let fault = |e: rusqlite::Error| LedgerError::from_sqlite(path, &e);
    if !spelled::is_complete(&conn).map_err(fault)? {
        match writable_within(path, Duration::ZERO) {
            // Where nothing can be written, or not now, numbers are found as they are written, as
            // before: who only reads is not kept waiting.
            Ok(_) | Err(LedgerError::ReadOnly { .. } | LedgerError::Busy { .. }) => {}
            Err(why) => return Err(why),
        }
    }
    Ok(Some(conn))
}

/// A ledger that ends with the process.
pub(super) fn in_memory() -> Result<Connection, LedgerError> {
    let fault = |e: rusqlite::Error| LedgerError::from_sqlite(Path::new(":memory:"), &e);
    let mut conn = Connection::open_in_memory().map_err(fault)?;
    configure(&conn, WRITER_CACHE, PATIENCE).map_err(fault)?;
    migrate(&mut conn).map_err(fault)?;
    Ok(conn)
}

fn is_absent(path: &Path) -> Result<bool, LedgerError> {
    match fs::metadata(path) {
        // An empty file, as mktemp makes it, is a ledger that nobody has written yet.
        Ok(meta) => Ok(meta.is_file() && meta.len() == 0),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(true),
        Err(e) => Err(LedgerError::from_io(path, &e)),
    }
}

/// The file is made here and not by SQLite, so that nobody else can read it from its first moment.
fn create(path: &Path) -> Result<(), LedgerError> {
    let fault = |e: std::io::Error| match e.kind() {
        ErrorKind::PermissionDenied => LedgerError::ReadOnly { path: path.to_owned() },
        _ => LedgerError::from_io(path, &e),
    };
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        // Another process was quicker, or the file was there and empty.
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(fault(e)),
    }
}

/// Looks at the first bytes alone: SQLite would already change a database it opens for writing.
fn refuse_foreign(path: &Path) -> Result<(), LedgerError> {
    let mut head = Vec::with_capacity(100);
    File::open(path)
        .and_then(|file| file.take(100).read_to_end(&mut head))
        .map_err(|e| LedgerError::from_io(path, &e))?;
    let not_a_ledger = || LedgerError::NotALedger { path: path.to_owned() };
    let number = |at: usize| {
        let bytes = head.get(at..at + 4)?.try_into().ok()?;
        Some(i64::from(i32::from_be_bytes(bytes)))
    };
    if !head.starts_with(b"SQLite format 3\0") {
        return Err(not_a_ledger());
    }
    match (number(68), number(60)) {
        (Some(APPLICATION_ID), Some(found)) if found > MIGRATIONS.len() as i64 => {
            Err(LedgerError::Newer { path: path.to_owned(), found, known: MIGRATIONS.len() as i64 })
        }
        (Some(APPLICATION_ID), Some(_)) => Ok(()),
        _ => Err(not_a_ledger()),
    }
}

/// The version of the schema, as SQLite sees it: the file's first bytes may be older than its WAL.
fn version(conn: &Connection, path: &Path) -> Result<usize, LedgerError> {
    let fault = |e: rusqlite::Error| LedgerError::from_sqlite(path, &e);
    let found = pragma(conn, "user_version").map_err(fault)?;
    if found > MIGRATIONS.len() as i64 {
        return Err(LedgerError::Newer {
            path: path.to_owned(),
            found,
            known: MIGRATIONS.len() as i64,
        });
    }
    Ok(usize::try_from(found).unwrap_or(0))
}

fn pragma(conn: &Connection, name: &str) -> rusqlite::Result<i64> {
    conn.pragma_query_value(None, name, |row| row.get(0))
}

fn configure(conn: &Connection, cache_kib: i32, patience: Duration) -> rusqlite::Result<()> {
    conn.busy_timeout(patience)?;
    conn.set_prepared_statement_cache_capacity(64);
    // Without this SQLite plans some statements anew for each value bound to them: forty times
    // the work of a lookup.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "cache_size", cache_kib)?;
    // What a command reported as done is on disk.
    conn.pragma_update(None, "synchronous", "FULL")
}

/// Page size first: once the file has a page, or WAL mode, it stays as it is.
fn enter_wal(conn: &Connection, patience: Duration) -> rusqlite::Result<()> {
    // Changing the mode does not wait for a busy file by itself, so two first commands at once
    // would meet here.
    let mut left = patience;
    loop {
        let done = born(conn);
        match done.as_ref().map_err(rusqlite::Error::sqlite_error_code) {
            Err(Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)) if !left.is_zero() => {
                left = left.saturating_sub(LOOKS_AGAIN);
                std::thread::sleep(LOOKS_AGAIN);
            }
            _ => return done,
        }
    }
}

fn born(conn: &Connection) -> rusqlite::Result<()> {
    if pragma(conn, "application_id")? != APPLICATION_ID {
        conn.pragma_update(None, "page_size", 8192)?;
        conn.pragma_update(None, "application_id", APPLICATION_ID)?;
    }
    conn.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))
}

fn migrate(conn: &mut Connection) -> rusqlite::Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again inside: another process may have been quicker.
    let from = usize::try_from(pragma(&tx, "user_version")?).unwrap_or(0);
    for (at, step) in MIGRATIONS.iter().enumerate().skip(from) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", at as i64 + 1)?;
    }
    // What the steps cannot say in SQL.
    if from < MIGRATIONS.len() {
        derive::all(&tx)?;
    }
    tx.commit()
}

fn read_only(path: &Path, uri: &str) -> Result<Connection, LedgerError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let fault = |e: rusqlite::Error| LedgerError::from_sqlite(path, &e);
    let conn = Connection::open_with_flags(uri, flags).map_err(fault)?;
    configure(&conn, READER_CACHE, PATIENCE).map_err(fault)?;
    // The first real read: before it SQLite has not looked at the file.
    pragma(&conn, "user_version").map_err(fault)?;
    Ok(conn)
}

fn has_wal(path: &Path) -> bool {
    let mut wal = path.as_os_str().to_owned();
    wal.push("-wal");
    fs::metadata(wal).is_ok_and(|meta| meta.len() > 0)
}

fn path_uri(path: &Path, options: &str) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'?' | b'#' | b'%' | 0x80.. => uri.push_str(&format!("%{byte:02X}")),
            _ => uri.push(char::from(*byte)),
        }
    }
    uri + "?" + options
}
