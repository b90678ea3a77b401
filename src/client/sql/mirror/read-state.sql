-- At start.
SELECT epoch, last, total, synchronised, revision, today, clock_offset, me, catalogue_version, catalogue
FROM state;
