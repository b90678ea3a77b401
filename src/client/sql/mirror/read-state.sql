-- At start.
SELECT epoch, last, total, synchronised, revision, residue, today, clock_offset, me, catalogue_version, catalogue
FROM state;
