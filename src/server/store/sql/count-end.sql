-- Ends a count: nobody waits for a number that nobody reads.
LIMIT :most)
