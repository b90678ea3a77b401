-- Several statements, which cannot run twice: names are unique.
INSERT INTO item (name, price) VALUES ('table', 90);
CREATE INDEX IF NOT EXISTS item_price ON item (price);
INSERT INTO item (name, price) VALUES ('lamp', 30);
