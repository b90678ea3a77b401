-- Which lines a list was read from.
SELECT revision
FROM state;
