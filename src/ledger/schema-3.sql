-- Version 3: nothing forgotten, nothing late, a packet ready to send.

-- == evidence
-- A document may be attached to a policy before anything happens (claim is NULL): it then serves
-- every claim on the policy.
CREATE TABLE evidence_3 (
  id       INTEGER PRIMARY KEY,
  policy   INTEGER NOT NULL REFERENCES policy,
  claim    INTEGER REFERENCES claim,
  kind     TEXT NOT NULL,
  sha256   TEXT NOT NULL,
  file     TEXT NOT NULL,
  bytes    INTEGER NOT NULL,
  media    TEXT, -- what its content was recognised as, such as image/jpeg
  dated    INTEGER,
  added_on INTEGER NOT NULL
) STRICT;
INSERT INTO evidence_3 (id, policy, claim, kind, sha256, file, bytes, dated, added_on)
  SELECT e.id, c.policy, e.claim, e.kind, e.sha256, e.file, e.bytes, e.dated, e.added_on
  FROM evidence e JOIN claim c ON c.id = e.claim;
DROP TABLE evidence;
ALTER TABLE evidence_3 RENAME TO evidence;
CREATE UNIQUE INDEX evidence_of_claim ON evidence (claim, kind, sha256) WHERE claim IS NOT NULL;
CREATE UNIQUE INDEX evidence_of_policy ON evidence (policy, kind, sha256) WHERE claim IS NULL;

-- == affidavit
-- The buyer was asked for an affidavit: one row an e-mail, or a note that the seller asked in
-- another way. The row is written before the mail server is talked to, as 'sending', and what came
-- of it afterwards; a row that stays 'sending' is as much in doubt as one that is 'unknown'.
CREATE TABLE mail (
  id         INTEGER PRIMARY KEY,
  claim      INTEGER NOT NULL REFERENCES claim,
  state      TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'not_sent', 'unknown')),
  recipient  TEXT,
  message_id TEXT, -- NULL where the seller asked in another way
  sha256     TEXT, -- of the message as it was handed over
  on_day     INTEGER NOT NULL,
  reason     TEXT  -- why it was not sent, or is in doubt
) STRICT;
CREATE INDEX mail_by_claim ON mail (claim);
-- Two processes that send at once: the database itself lets only one begin.
CREATE UNIQUE INDEX mail_one_under_way ON mail (claim) WHERE state = 'sending';
-- What the buyer got back from the seller.
ALTER TABLE claim ADD COLUMN refund_status TEXT;
ALTER TABLE claim ADD COLUMN refund_reason TEXT;
ALTER TABLE claim ADD COLUMN refund_amount INTEGER;
ALTER TABLE claim ADD COLUMN refund_on INTEGER;

-- == duty
-- What still has to be done for claims, derived from them by their terms, so that the list of a
-- morning needs no plan. A claim, its evidence or payments, or its policy that changes makes its
-- duties stale; they are derived anew before the transaction ends.
CREATE TABLE duty (
  on_day  INTEGER NOT NULL, -- the last day; 9223372036854775807 where the terms name none
  kind    INTEGER NOT NULL, -- in the order in which the duties of a day are listed
  claim   INTEGER NOT NULL REFERENCES claim,
  number  INTEGER NOT NULL, -- tells those of one kind apart
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
-- Claims whose duties are not derived yet. One that stays here is under terms that cannot be read.
CREATE TABLE duty_stale (claim INTEGER PRIMARY KEY) STRICT;
CREATE TRIGGER duty_new_claim AFTER INSERT ON claim BEGIN
  INSERT INTO duty_stale SELECT new.id WHERE new.id NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_claim AFTER UPDATE ON claim BEGIN
  INSERT INTO duty_stale SELECT new.id WHERE new.id NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_policy AFTER UPDATE ON policy WHEN new.claim IS NOT NULL BEGIN
  INSERT INTO duty_stale SELECT new.claim WHERE new.claim NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_payment AFTER INSERT ON payment BEGIN
  INSERT INTO duty_stale SELECT new.claim WHERE new.claim NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_new_mail AFTER INSERT ON mail BEGIN
  INSERT INTO duty_stale SELECT new.claim WHERE new.claim NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_mail AFTER UPDATE ON mail BEGIN
  INSERT INTO duty_stale SELECT new.claim WHERE new.claim NOT IN (SELECT claim FROM duty_stale);
END;
-- A document of a policy serves all its claims.
CREATE TRIGGER duty_new_evidence AFTER INSERT ON evidence BEGIN
  INSERT INTO duty_stale SELECT id FROM claim
    WHERE policy = new.policy AND id NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_evidence AFTER UPDATE ON evidence BEGIN
  INSERT INTO duty_stale SELECT id FROM claim
    WHERE policy = new.policy AND id NOT IN (SELECT claim FROM duty_stale);
END;
CREATE TRIGGER duty_lost_evidence AFTER DELETE ON evidence BEGIN
  INSERT INTO duty_stale SELECT id FROM claim
    WHERE policy = old.policy AND id NOT IN (SELECT claim FROM duty_stale);
END;
INSERT INTO duty_stale SELECT id FROM claim;

-- == prospect
-- What could be claimed on a parcel by its tracking facts, whether or not it was; all NULL where
-- nothing looks wrong.
ALTER TABLE policy ADD COLUMN looks_like INTEGER CHECK (looks_like BETWEEN 0 AND 3); -- loss, damage, delay, returned
ALTER TABLE policy ADD COLUMN looks_from INTEGER;   -- the first day to claim it
ALTER TABLE policy ADD COLUMN looks_until INTEGER;  -- the last; NULL where the terms name none
ALTER TABLE policy ADD COLUMN looks_window INTEGER; -- the case of the terms' window; 0 is the only one
ALTER TABLE policy ADD COLUMN payout INTEGER;       -- what it is expected to pay
ALTER TABLE policy ADD COLUMN payout_is INTEGER CHECK (payout_is BETWEEN 0 AND 2); -- exact, at most, unknown
-- Entries of 24 bytes now, 339 in a page. They are written anew after these statements.
DELETE FROM digest;
-- What a total adds up and no filter asks for, 8 bytes a policy, 1017 in a page: read only where
-- a total is asked for.
CREATE TABLE stake (
  block   INTEGER PRIMARY KEY, -- (policy - 1) / 1017
  entries BLOB NOT NULL
) STRICT;
