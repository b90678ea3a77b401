-- End of a list.
ORDER BY a DESC, id DESC
