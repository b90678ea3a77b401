-- One block.
INSERT INTO initials (letters, block, hits)
VALUES (:letters, :block, :hits)
ON CONFLICT (letters, block) DO UPDATE SET hits = excluded.hits;
