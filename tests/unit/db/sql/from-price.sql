WHERE price >= :floor
