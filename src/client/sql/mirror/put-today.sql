-- A new day began.
UPDATE state SET today = :today;
