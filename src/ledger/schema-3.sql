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

-- == prospect
