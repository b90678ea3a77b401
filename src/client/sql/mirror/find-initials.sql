-- One block.
SELECT hits
FROM initials
WHERE letters = :letters AND block = :block;
