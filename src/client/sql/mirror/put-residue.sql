-- Of what was purged nothing is left in the file.
UPDATE state SET residue = :residue;
