-- End of a list.
ORDER BY a, id
