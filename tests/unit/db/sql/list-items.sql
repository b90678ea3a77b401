SELECT id, name, price, picture FROM item
