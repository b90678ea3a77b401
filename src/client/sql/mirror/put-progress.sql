-- After each page of changes, in the same transaction.
UPDATE state SET epoch = :epoch, last = :last, total = :total, synchronised = :synchronised, revision = :revision,
  residue = :residue;
