-- The department that is number 2 of those that the list is about.
department = :department2
