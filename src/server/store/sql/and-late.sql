-- A filter.
AND due < :today
