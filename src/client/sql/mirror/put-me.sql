-- Who this mirror belongs to.
UPDATE state SET me = :me, clock_offset = :clock_offset;
