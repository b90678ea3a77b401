-- A filter.
AND stage = :stage
