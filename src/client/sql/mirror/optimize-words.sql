-- After a purge: writes the index of words anew, without those of deleted rows.
INSERT INTO words (words) VALUES ('optimize');
