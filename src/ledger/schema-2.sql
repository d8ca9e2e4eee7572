-- Version 2: every provider's terms.

-- How the parcel was handed over, in the plan's words: a JSON list; NULL where nothing is stated.
ALTER TABLE lane ADD COLUMN shipped TEXT;

-- The rate an amount of another currency was converted at.
CREATE TABLE fx (
  id            INTEGER PRIMARY KEY,
  from_currency TEXT NOT NULL,
  rate          TEXT NOT NULL,    -- of one unit, in the currency of the terms
  on_day        INTEGER NOT NULL,
  source        TEXT NOT NULL,
  UNIQUE (from_currency, rate, on_day, source)
) STRICT;

-- The latest sign of life: a parcel that has shown none since then is stalled.
ALTER TABLE policy ADD COLUMN moved_on INTEGER;
-- What the parcel was stated to be worth before it was converted, in minor units of fx.from_currency.
ALTER TABLE policy ADD COLUMN fx INTEGER REFERENCES fx;
ALTER TABLE policy ADD COLUMN stated_value INTEGER;

-- What the claimant stated, by name: a JSON object of texts.
ALTER TABLE claim ADD COLUMN facts TEXT;
-- That the amount was not stated but is what the terms measure the loss by; NULL is stated.
ALTER TABLE claim ADD COLUMN derived INTEGER CHECK (derived = 1);
-- The day it became complete, from which grace periods count; NULL while it is a draft.
ALTER TABLE claim ADD COLUMN filed_on INTEGER;
-- How many appeals were made.
ALTER TABLE claim ADD COLUMN appeals INTEGER NOT NULL DEFAULT 0;

-- What was paid on a claim. Several payments may add up to what is owed.
CREATE TABLE payment (
  id        INTEGER PRIMARY KEY,
  claim     INTEGER NOT NULL REFERENCES claim,
  paid_on   INTEGER NOT NULL,
  amount    INTEGER NOT NULL CHECK (amount > 0),
  reference TEXT NOT NULL DEFAULT '', -- the payer's own, told apart by it
  UNIQUE (claim, paid_on, amount, reference)
) STRICT;
