//! From an identifier to its policies: a hash index that a batch of any size only appends to.
//!
//! The index answers "perhaps these"; whoever asks compares the text with the policy's own.

use rusqlite::{Connection, OptionalExtension, params};

/// A pair of one identifier's key and the policy that has it, in order of keys. Twelve bytes: a
/// batch of a million parcels keeps three million of them until it ends.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Pair {
    high: u32,
    low: u32,
    policy: u32,
}

impl Pair {
    /// Of this key and policy.
    pub(super) fn new(key: u64, policy: u32) -> Pair {
        Pair { high: (key >> 32) as u32, low: key as u32, policy }
    }

    fn key(self) -> u64 {
        u64::from(self.high) << 32 | u64::from(self.low)
    }
}

const KEY_BITS: u32 = 47;
/// In a page: six bytes of key, four of policy number, both big-endian.
const PAIR_BYTES: usize = 10;
/// As many pairs as fill one page of the file.
const PAIRS_PER_PAGE: usize = 810;
/// Fewer pairs than this go one by one.
const SMALLEST_RUN: usize = 4096;
/// A batch becomes a run of its own when it brings at least one in so many of all pairs. So runs
/// grow like powers, and there are never many to look through.
const RUN_SHARE: usize = 8;
/// A policy has about so many pairs: order, package and tracking number.
const PAIRS_PER_POLICY: usize = 3;

/// The key of an identifier. It is stored, so it may never change.
pub(super) fn key(text: &str) -> u64 {
    const MIX: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut hash = MIX ^ (text.len() as u64);
    for chunk in text.as_bytes().chunks(8) {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(MIX);
        hash ^= hash >> 29;
    }
    hash = hash.wrapping_mul(MIX);
    hash >> (64 - KEY_BITS)
}

/// The pairs a batch gathers, apart by the first bits of their keys: each part is put in order by
/// itself, and none is so long that making it longer takes much memory.
#[derive(Default)]
pub(super) struct Pairs {
    parts: [Vec<Pair>; 1 << PART_BITS],
}

/// The bits of a key that say which part it is in.
const PART_BITS: u32 = 4;

impl Pairs {
    /// Adds one.
    pub(super) fn push(&mut self, pair: Pair) {
        self.parts[(pair.key() >> (KEY_BITS - PART_BITS)) as usize].push(pair);
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.parts.iter().all(Vec::is_empty)
    }

    /// How many there are.
    fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Puts them in order, each pair once.
    fn sort(&mut self) {
        for part in &mut self.parts {
            part.sort_unstable();
            part.dedup();
        }
    }
}

/// Writes the pairs of a batch: `policies` is how many the ledger holds with them.
pub(super) fn insert(conn: &Connection, pairs: &mut Pairs, policies: i64) -> rusqlite::Result<()> {
    insert_by(conn, pairs, policies, SMALLEST_RUN)
}

/// As [`insert`], with the size below which there is no run.
fn insert_by(
    conn: &Connection,
    pairs: &mut Pairs,
    policies: i64,
    smallest_run: usize,
) -> rusqlite::Result<()> {
    pairs.sort();
    let held = usize::try_from(policies).unwrap_or(usize::MAX).saturating_mul(PAIRS_PER_POLICY);
    if pairs.len() >= smallest_run.max(held / RUN_SHARE) {
        let run = runs(conn)? + 1;
        pairs.parts.iter().try_for_each(|part| insert_run(conn, run, part))?;
    } else {
        for pair in pairs.parts.iter().flatten() {
            insert_one(conn, pair.key(), i64::from(pair.policy))?;
        }
    }
    *pairs = Pairs::default();
    Ok(())
}

/// Writes one pair, if it is not there yet.
pub(super) fn insert_one(conn: &Connection, key: u64, policy: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO ident (key, policy) VALUES (?1, ?2)")?
        .execute([key.cast_signed(), policy])
        .map(drop)
}

fn insert_run(conn: &Connection, run: i64, pairs: &[Pair]) -> rusqlite::Result<()> {
    let mut insert = conn.prepare_cached("INSERT INTO ident_page (id, entries) VALUES (?1, ?2)")?;
    let mut page = Vec::with_capacity(PAIRS_PER_PAGE * PAIR_BYTES);
    let mut rest = pairs;
    while let Some(first) = rest.first().map(|pair| pair.key()) {
        let mut len = PAIRS_PER_PAGE.min(rest.len());
        // Pairs of one key stay in one page, so that one look finds them all.
        let last = rest[len - 1].key();
        if rest.get(len).is_some_and(|next| next.key() == last) {
            let start = rest.partition_point(|pair| pair.key() < last);
            len = if start > 0 { start } else { rest.partition_point(|pair| pair.key() <= last) };
        }
        page.clear();
        for pair in &rest[..len] {
            page.extend_from_slice(&pair.key().to_be_bytes()[2..]);
            page.extend_from_slice(&pair.policy.to_be_bytes());
        }
        insert.execute(params![page_id(run, first), page])?;
        rest = &rest[len..];
    }
    Ok(())
}

/// How many runs there are. They are numbered from 1.
pub(super) fn runs(conn: &Connection) -> rusqlite::Result<i64> {
    conn.prepare_cached("SELECT max(id) FROM ident_page")?
        .query_row([], |row| row.get::<_, Option<i64>>(0))
        .map(|id| id.unwrap_or(0) >> 48)
}

fn page_id(run: i64, key: u64) -> i64 {
    run << 48 | key.cast_signed()
}

/// The policies that perhaps have the identifier of this key, the earliest first.
pub(super) fn candidates(conn: &Connection, runs: i64, key: u64) -> rusqlite::Result<Vec<i64>> {
    let mut found = conn
        .prepare_cached("SELECT policy FROM ident WHERE key = ?1")?
        .query_map([key.cast_signed()], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<i64>>>()?;
    let mut page = conn.prepare_cached(
        "SELECT entries FROM ident_page WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1",
    )?;
    let wanted = &key.to_be_bytes()[2..];
    for run in 1..=runs {
        page.query_row([page_id(run, 0), page_id(run, key)], |row| {
            let (pairs, _) = row.get_ref(0)?.as_blob()?.as_chunks::<PAIR_BYTES>();
            let from = pairs.partition_point(|pair| &pair[..6] < wanted);
            found.extend(pairs[from..].iter().take_while(|p| &p[..6] == wanted).map(policy_of));
            Ok(())
        })
        .optional()?;
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn policy_of(pair: &[u8; PAIR_BYTES]) -> i64 {
    let [.., a, b, c, d] = *pair;
    i64::from(u32::from_be_bytes([a, b, c, d]))
}

/// What the index surely does not hold: built once when a batch asks for so many identifiers that
/// reading the whole index is cheaper than looking each of them up.
pub(super) struct Filter {
    words: Vec<u64>,
}

impl Filter {
    /// Reads the whole index. A key sets three bits of one word, and there are 32 bits or more for
    /// each: one stranger in several hundred passes.
    pub(super) fn read(conn: &Connection, policies: i64) -> rusqlite::Result<Filter> {
        let expected = usize::try_from(policies).unwrap_or(0).saturating_mul(3) / 2;
        let mut filter =
            Filter { words: vec![0; expected.clamp(1 << 10, 1 << 22).next_power_of_two()] };
        let mut pages = conn.prepare("SELECT entries FROM ident_page")?;
        let mut rows = pages.query([])?;
        while let Some(row) = rows.next()? {
            let (pairs, _) = row.get_ref(0)?.as_blob()?.as_chunks::<PAIR_BYTES>();
            for [a, b, c, d, e, f, ..] in pairs {
                filter.add(u64::from_be_bytes([0, 0, *a, *b, *c, *d, *e, *f]));
            }
        }
        let mut singles = conn.prepare("SELECT key FROM ident")?;
        let mut rows = singles.query([])?;
        while let Some(row) = rows.next()? {
            filter.add(row.get::<_, i64>(0)?.cast_unsigned());
        }
        Ok(filter)
    }

    /// Its word and its bits: one look into memory for each key.
    fn place(&self, key: u64) -> (usize, u64) {
        let bits = 1 << (key & 63) | 1 << (key >> 6 & 63) | 1 << (key >> 12 & 63);
        ((key >> 18) as usize & (self.words.len() - 1), bits)
    }

    /// Adds a key.
    pub(super) fn add(&mut self, key: u64) {
        let (word, bits) = self.place(key);
        self.words[word] |= bits;
    }

    /// Whether the index may hold the key.
    pub(super) fn may_hold(&self, key: u64) -> bool {
        let (word, bits) = self.place(key);
        self.words[word] & bits == bits
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{Pair, Pairs, candidates, insert_by, runs};

    /// Batches of so many policies, one after the other; each policy has three keys of its own.
    fn recorded(batches: impl Iterator<Item = u32>) -> (Connection, u32) {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(include_str!("schema.sql")).unwrap();
        let mut policies = 0;
        for batch in batches {
            let mut pairs = Pairs::default();
            for policy in policies + 1..=policies + batch {
                (0..3).for_each(|at| pairs.push(Pair::new(key(policy, at), policy)));
            }
            policies += batch;
            insert_by(&conn, &mut pairs, i64::from(policies), 12).unwrap();
        }
        (conn, policies)
    }

    fn key(policy: u32, at: u64) -> u64 {
        super::key(&format!("{policy}/{at}"))
    }

    #[test]
    fn batches_that_grow_make_few_runs() {
        let (conn, policies) = recorded(1..=200);
        let runs = runs(&conn).unwrap();
        assert!((2..20).contains(&runs), "{runs} runs");
        for policy in [1, 2, 77, policies / 2, policies] {
            for at in 0..3 {
                let found = candidates(&conn, runs, key(policy, at)).unwrap();
                assert_eq!(found, [i64::from(policy)], "{policy}/{at}");
            }
        }
    }

    #[test]
    fn batches_of_one_size_make_few_runs() {
        let (conn, _) = recorded(std::iter::repeat_n(50, 200));
        // Each of the first eight is an eighth of all, or more.
        assert_eq!(runs(&conn).unwrap(), 8);
    }

    #[test]
    fn doubling_is_one_run_more() {
        let (conn, _) = recorded([1000, 1000, 1, 3].into_iter());
        assert_eq!(runs(&conn).unwrap(), 2);
    }
}
