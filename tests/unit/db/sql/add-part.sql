INSERT INTO part (item, name) VALUES (:item, :name);
