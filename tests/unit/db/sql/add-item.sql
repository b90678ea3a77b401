-- The tests of the room; no index but the unique one.
/* Both kinds of comment may stand at the head. */
INSERT INTO item (name, price, picture) VALUES (:name, :price, :picture);
