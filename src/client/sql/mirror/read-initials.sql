-- All blocks of one beginning, by the front of the primary key.
SELECT block, hits
FROM initials
WHERE letters = :letters;
