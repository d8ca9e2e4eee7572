-- Version 4: the first page of a morning's list at once.

-- What looks wrong and can be claimed, apart from what else a search asks: 10 bytes a policy, 814 in a
-- page. It has what a policy is expected to pay, so that nothing else is read for what all come to.
CREATE TABLE looks (
  block   INTEGER PRIMARY KEY, -- (policy - 1) / 814
  entries BLOB NOT NULL
) STRICT;
-- Entries of 24 bytes as before, with the cover, and without the looks: all are written anew after
-- these statements.
DELETE FROM digest;
DROP TABLE stake;

-- A duty with the number of its policy: a search of the morning list asks for that alone.
ALTER TABLE duty RENAME TO duty_3;
DROP INDEX duty_by_claim;
DROP INDEX duty_always;
CREATE TABLE duty (
  on_day  INTEGER NOT NULL, -- the last day; 9223372036854775807 where the terms name none
  kind    INTEGER NOT NULL, -- in the order in which the duties of a day are listed
  claim   INTEGER NOT NULL REFERENCES claim,
  number  INTEGER NOT NULL, -- tells those of one kind apart
  policy  INTEGER NOT NULL REFERENCES policy,
  terms   INTEGER NOT NULL REFERENCES terms, -- its plan and currency
  shown   TEXT NOT NULL,
  owed_by TEXT NOT NULL,
  what    TEXT NOT NULL,
  amount  INTEGER NOT NULL,
  clause  TEXT NOT NULL,
  PRIMARY KEY (on_day, kind, claim, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX duty_by_claim ON duty (claim);
-- What is listed however far ahead its day is.
CREATE INDEX duty_always ON duty (on_day) WHERE shown = 'always';
INSERT INTO duty
  SELECT d.on_day, d.kind, d.claim, d.number, c.policy, d.terms, d.shown, d.owed_by, d.what, d.amount,
    d.clause
  FROM duty_3 d JOIN claim c ON c.id = d.claim;
DROP TABLE duty_3;
