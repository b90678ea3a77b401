-- The department that is number 3 of those that the list is about.
department = :department3
