ORDER BY price DESC, name
