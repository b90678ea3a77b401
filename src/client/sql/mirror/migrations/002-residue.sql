-- What may still be read in the file of what left it: 0 nothing, 1 something, 2 something of a
-- request that was purged, which must not be. Until now what was deleted was not overwritten.
ALTER TABLE state ADD COLUMN residue INTEGER NOT NULL DEFAULT 0 CHECK (residue BETWEEN 0 AND 2);
UPDATE state SET residue = last > 0;
