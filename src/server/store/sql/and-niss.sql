-- A filter.
AND niss = :niss
