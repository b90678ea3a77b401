-- Contentless: the text must be said as it was inserted.
INSERT INTO words (words, rowid, text)
VALUES ('delete', :id, :text);
