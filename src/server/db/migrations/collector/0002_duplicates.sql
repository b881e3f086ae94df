-- duplicate: the vendor had the report before, and keeps what it had. So these bytes are not what it has.
ALTER TABLE sotto_collector.sends
  DROP CONSTRAINT sends_outcome_check,
  ADD CONSTRAINT sends_outcome_check
    CHECK (outcome IN ('accepted', 'duplicate', 'refused', 'unknown', 'not_sent', 'withheld'));
