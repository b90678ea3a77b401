-- A filter.
AND procedure = :procedure
