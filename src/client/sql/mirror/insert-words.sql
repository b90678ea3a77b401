-- What a line is found by.
INSERT INTO words (rowid, text)
VALUES (:id, :text);
