-- The feed confirmed it, or the clerk gave it up.
DELETE FROM commands
WHERE key = :key;
