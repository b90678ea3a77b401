SELECT count (*) AS count FROM item;
