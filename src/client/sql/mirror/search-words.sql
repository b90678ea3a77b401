-- Ids of the lines that have a word, or a beginning of one.
SELECT rowid AS id
FROM words
WHERE words MATCH :match;
