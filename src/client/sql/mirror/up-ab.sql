-- End of a list with two keys.
ORDER BY a, b, id
