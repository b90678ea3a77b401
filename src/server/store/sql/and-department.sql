-- A filter.
AND department = :department
