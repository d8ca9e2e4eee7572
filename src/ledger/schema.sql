-- Version 1 of the ledger. Money is whole minor units, in the currency of the policy's terms;
-- a day is a count of days since 1970-01-01. Tables are STRICT: a float or a stray text is
-- refused by the database itself.

-- The terms a policy was recorded under, whole: an old policy is read with the text it was sold
-- with, whatever the plan file says today.
CREATE TABLE terms (
  id       INTEGER PRIMARY KEY,
  plan     TEXT NOT NULL,
  version  INTEGER NOT NULL, -- the day the version took effect
  currency TEXT NOT NULL,
  sha256   TEXT NOT NULL,    -- of toml: an edited file of the same version is another snapshot
  toml     TEXT NOT NULL,
  UNIQUE (plan, version, sha256)
) STRICT;

-- One run that recorded policies. Their numbers are consecutive, so a range says which.
CREATE TABLE batch (
  id              INTEGER PRIMARY KEY,
  on_day          INTEGER NOT NULL,
  command         TEXT NOT NULL,
  source          TEXT,
  first_policy    INTEGER,
  last_policy     INTEGER,
  rows            INTEGER,
  parcels         INTEGER,
  insured         INTEGER,
  already_insured INTEGER,
  refused         INTEGER,
  cover           INTEGER,
  premium         INTEGER,
  currency        TEXT
) STRICT;

-- Words that repeat from parcel to parcel are kept once: rows stay short, and a search by
-- carrier or goods decides once per word instead of once per parcel.
CREATE TABLE lane (
  id           INTEGER PRIMARY KEY,
  from_country TEXT,
  to_country   TEXT,
  carrier      TEXT,
  service      TEXT
) STRICT;
CREATE TABLE goods (
  id       INTEGER PRIMARY KEY,
  hash     INTEGER NOT NULL, -- of both texts; an index over the texts would double the table
  category TEXT,
  contents TEXT
) STRICT;
CREATE INDEX goods_by_hash ON goods (hash);
CREATE TABLE assumed (
  id      INTEGER PRIMARY KEY,
  figures TEXT NOT NULL UNIQUE -- JSON list of `figure=value`
) STRICT;

-- The cover of one parcel. No secondary index: on this table each one would cost a batch of a
-- million parcels half as long again. Identifiers are found through ident, searches through
-- digest, both written in bulk.
CREATE TABLE policy (
  id             INTEGER PRIMARY KEY,
  batch          INTEGER NOT NULL REFERENCES batch,
  terms          INTEGER NOT NULL REFERENCES terms,
  order_id       ANY, -- text, or an integer where the text is exactly its digits: 9 bytes, not 19
  package_id     ANY,
  tracking       ANY,
  other_orders   TEXT, -- JSON list; NULL where there are none
  lane           INTEGER REFERENCES lane,
  goods          INTEGER REFERENCES goods,
  fulfilment     TEXT, -- NULL is platform-label, the usual one
  product        INTEGER NOT NULL,
  coupon         INTEGER NOT NULL,
  shipping       INTEGER NOT NULL,
  package_value  INTEGER NOT NULL,
  included_cover INTEGER NOT NULL,
  cover          INTEGER NOT NULL,
  premium        INTEGER NOT NULL,
  assumed        INTEGER REFERENCES assumed,
  state          INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), -- confirmed, effective, cancelled
  label          INTEGER NOT NULL CHECK (label BETWEEN 0 AND 2), -- none, this step, exists
  label_on       INTEGER,
  ship_date      INTEGER,
  scanned_on     INTEGER,
  delivered_on   INTEGER,
  cancelled      INTEGER CHECK (cancelled = 1), -- NULL is no
  cancelled_on   INTEGER,
  loss_from      INTEGER,
  closes_on      INTEGER,
  trouble        TEXT,
  trouble_on     INTEGER,
  refunded       INTEGER,
  claim          INTEGER REFERENCES claim -- the latest one
) STRICT;

-- From any identifier of a parcel (order, package, tracking number, order/package) to its policy,
-- by a 47-bit hash of the text; the policy row decides whether the text is really its own.
-- No foreign key: both tables are derived from policy and can be rebuilt from it.
CREATE TABLE ident (
  key    INTEGER NOT NULL,
  policy INTEGER NOT NULL,
  PRIMARY KEY (key, policy)
) STRICT, WITHOUT ROWID;
-- The same for large batches: a run of sorted (key, policy) pairs, ten bytes each, a page of them
-- in a row. A run is only appended, so the millionth parcel costs what the first one did.
CREATE TABLE ident_page (
  id      INTEGER PRIMARY KEY, -- run << 48 | first key
  entries BLOB NOT NULL
) STRICT;

-- What a search asks of a policy, 22 bytes each, 370 consecutive policies in a row and so in one
-- page: any filter over a million policies reads 22 MB in order. Derived from policy; a filter
-- that matches here is asked again of the policy row.
CREATE TABLE digest (
  block   INTEGER PRIMARY KEY, -- (policy - 1) / 370
  entries BLOB NOT NULL
) STRICT;

CREATE TABLE claim (
  id              INTEGER PRIMARY KEY,
  policy          INTEGER NOT NULL REFERENCES policy,
  incident        TEXT NOT NULL,
  amount          INTEGER NOT NULL,
  payable         INTEGER NOT NULL,
  status          TEXT NOT NULL,
  opened_on       INTEGER NOT NULL,
  closes_on       INTEGER NOT NULL,
  decided_on      INTEGER,
  decided_amount  INTEGER,
  decision_reason TEXT
) STRICT;
CREATE INDEX claim_by_policy ON claim (policy);
-- Two processes that file at once: the database itself lets only one claim be open.
CREATE UNIQUE INDEX claim_one_open ON claim (policy)
  WHERE status NOT IN ('rejected', 'paid', 'withdrawn');

CREATE TABLE evidence (
  id       INTEGER PRIMARY KEY,
  claim    INTEGER NOT NULL REFERENCES claim,
  kind     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  file     TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  dated    INTEGER,
  added_on INTEGER NOT NULL,
  UNIQUE (claim, kind, sha256)
) STRICT;

-- The one-time agreement before cover is bought, with the text that was agreed to.
CREATE TABLE agreement (
  id          INTEGER PRIMARY KEY,
  plan        TEXT NOT NULL,
  accepted_on INTEGER NOT NULL,
  sha256      TEXT NOT NULL,
  text        TEXT NOT NULL,
  UNIQUE (plan, sha256)
) STRICT;

-- What happened, in order, written in the transaction that did it. A batch has one row for all
-- its policies; everything after has a row of its own.
CREATE TABLE event (
  id     INTEGER PRIMARY KEY,
  on_day INTEGER NOT NULL,
  batch  INTEGER REFERENCES batch,
  policy INTEGER REFERENCES policy,
  claim  INTEGER REFERENCES claim,
  kind   TEXT NOT NULL,
  detail TEXT NOT NULL -- JSON
) STRICT;
CREATE INDEX event_by_batch ON event (batch) WHERE batch IS NOT NULL;
CREATE INDEX event_by_policy ON event (policy) WHERE policy IS NOT NULL;
CREATE INDEX event_by_claim ON event (claim) WHERE claim IS NOT NULL;
CREATE TRIGGER event_is_kept BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'history is never changed'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'history is never deleted'); END;
