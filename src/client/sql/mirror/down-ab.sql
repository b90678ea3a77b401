-- End of a list with two keys.
ORDER BY a DESC, b DESC, id DESC
