//! Derived tables that hold so many bytes of each policy, those of consecutive policies together in
//! one page of the file: a million of them are read in order, and none costs a row of its own.

use std::marker::PhantomData;

use rusqlite::{Connection, OptionalExtension, params};

/// What fits into a page of the file beside its own bookkeeping.
const PAGE: usize = 8_140;

/// One policy's entry of `N` bytes.
pub(super) trait Entry<const N: usize>: Sized {
    /// The table: its blocks by number, and their entries.
    const TABLE: &'static str;
    /// Policies per block.
    const BLOCK: i64 = (PAGE / N) as i64;

    fn encode(&self) -> [u8; N];
    fn decode(bytes: &[u8; N]) -> Self;
}

/// The block and the place in it of a policy.
fn place<const N: usize, E: Entry<N>>(policy: i64) -> (i64, usize) {
    let at = policy - 1;
    (at.div_euclid(E::BLOCK), at.rem_euclid(E::BLOCK) as usize * N)
}

/// The entries in a block, with their policies' numbers.
#[derive(Clone, Copy)]
pub(super) struct Block<'a, E, const N: usize> {
    first: i64,
    entries: &'a [[u8; N]],
    of: PhantomData<E>,
}

impl<'a, const N: usize, E: Entry<N> + 'a> Block<'a, E, N> {
    fn new(block: i64, bytes: &'a [u8]) -> Self {
        Block { first: block * E::BLOCK + 1, entries: bytes.as_chunks().0, of: PhantomData }
    }

    pub(super) fn iter(self) -> impl Iterator<Item = (i64, E)> {
        (self.first..).zip(self.entries.iter().map(E::decode))
    }

    /// The place of the first entry from a place on of which this holds, asked before it is decoded.
    pub(super) fn position(self, from: usize, holds: impl Fn(&[u8; N]) -> bool) -> Option<usize> {
        let found = self.entries.get(from..)?.iter().position(holds)?;
        Some(from + found)
    }

    /// The place of a policy's entry, if the block has it.
    pub(super) fn place_of(self, policy: i64) -> Option<usize> {
        let at = usize::try_from(policy.checked_sub(self.first)?).ok()?;
        (at < self.entries.len()).then_some(at)
    }

    /// Whether a policy's entry is in a block before.
    pub(super) fn is_behind(&self, policy: i64) -> bool {
        policy < self.first
    }

    /// The entry at a place, with its policy's number.
    pub(super) fn get(self, at: usize) -> Option<(i64, E)> {
        Some((self.first + at as i64, E::decode(self.entries.get(at)?)))
    }
}

/// Entries on their way to the ledger: consecutive policies, a block at a time.
pub(super) struct Pending<E, const N: usize> {
    block: i64,
    bytes: Vec<u8>,
    of: PhantomData<E>,
}

impl<E, const N: usize> Default for Pending<E, N> {
    fn default() -> Self {
        Pending { block: 0, bytes: Vec::new(), of: PhantomData }
    }
}

impl<const N: usize, E: Entry<N>> Pending<E, N> {
    /// Adds the entry of the next policy.
    pub(super) fn push(
        &mut self,
        conn: &Connection,
        policy: i64,
        entry: &E,
    ) -> rusqlite::Result<()> {
        let (block, at) = place::<N, E>(policy);
        if self.bytes.is_empty() {
            self.block = block;
            self.bytes = read::<N, E>(conn, block)?;
            // A number that was never given out leaves an empty entry.
            self.bytes.resize(at, 0);
        }
        self.bytes.extend_from_slice(&entry.encode());
        if self.bytes.len() == E::BLOCK as usize * N {
            self.flush(conn)?;
        }
        Ok(())
    }

    /// Whether all that was added is written.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Writes the block as far as it is filled.
    pub(super) fn flush(&mut self, conn: &Connection) -> rusqlite::Result<()> {
        if !self.bytes.is_empty() {
            write::<N, E>(conn, self.block, &self.bytes)?;
            self.bytes.clear();
        }
        Ok(())
    }
}

fn read<const N: usize, E: Entry<N>>(conn: &Connection, block: i64) -> rusqlite::Result<Vec<u8>> {
    conn.prepare_cached(&format!("SELECT entries FROM {} WHERE block = ?1", E::TABLE))?
        .query_row([block], |row| row.get(0))
        .optional()
        .map(Option::unwrap_or_default)
}

fn write<const N: usize, E: Entry<N>>(
    conn: &Connection,
    block: i64,
    bytes: &[u8],
) -> rusqlite::Result<()> {
    let table = E::TABLE;
    let replace = format!("INSERT OR REPLACE INTO {table} (block, entries) VALUES (?1, ?2)");
    conn.prepare_cached(&replace)?.execute(params![block, bytes]).map(drop)
}

/// Changes a policy's entry.
pub(super) fn change<const N: usize, E: Entry<N>>(
    conn: &Connection,
    policy: i64,
    change: impl FnOnce(&mut E),
) -> rusqlite::Result<()> {
    let (block, at) = place::<N, E>(policy);
    let mut bytes = read::<N, E>(conn, block)?;
    let Some(place) = bytes.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<N>()) else {
        return Err(super::row::malformed("a derived table has no entry of the policy"));
    };
    let mut entry = E::decode(place);
    change(&mut entry);
    let new = entry.encode();
    if *place == new {
        return Ok(());
    }
    *place = new;
    write::<N, E>(conn, block, &bytes)
}

/// The entry of one policy.
pub(super) fn of<const N: usize, E: Entry<N>>(
    conn: &Connection,
    policy: i64,
) -> rusqlite::Result<Option<E>> {
    let (block, at) = place::<N, E>(policy);
    let bytes = read::<N, E>(conn, block)?;
    Ok(bytes.get(at..).and_then(|rest| rest.first_chunk::<N>()).map(E::decode))
}

/// Reads the blocks from the one that holds policy `first`, until `each` says stop.
pub(super) fn scan<const N: usize, E: Entry<N>>(
    conn: &Connection,
    first: i64,
    mut each: impl FnMut(Block<'_, E, N>) -> rusqlite::Result<bool>,
) -> rusqlite::Result<()> {
    let mut blocks = conn.prepare_cached(&format!(
        "SELECT block, entries FROM {} WHERE block >= ?1 ORDER BY block",
        E::TABLE
    ))?;
    let mut rows = blocks.query([place::<N, E>(first).0])?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(1)?.as_blob()?;
        if !each(Block::new(row.get(0)?, bytes))? {
            break;
        }
    }
    Ok(())
}

/// Entries asked for in the order of their policies: each block is read once.
pub(super) struct InOrder<'c, E, const N: usize> {
    conn: &'c Connection,
    block: Option<i64>,
    bytes: Vec<u8>,
    of: PhantomData<E>,
}

impl<'c, const N: usize, E: Entry<N>> InOrder<'c, E, N> {
    pub(super) fn new(conn: &'c Connection) -> Self {
        InOrder { conn, block: None, bytes: Vec::new(), of: PhantomData }
    }

    /// The entry of this policy.
    pub(super) fn of(&mut self, policy: i64) -> rusqlite::Result<Option<E>> {
        let (block, at) = place::<N, E>(policy);
        if self.block != Some(block) {
            self.bytes = read::<N, E>(self.conn, block)?;
            self.block = Some(block);
        }
        Ok(self.bytes.get(at..).and_then(|rest| rest.first_chunk::<N>()).map(E::decode))
    }
}
