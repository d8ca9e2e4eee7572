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

-- == duty

-- == prospect
