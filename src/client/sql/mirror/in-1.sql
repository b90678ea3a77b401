-- The department that is number 1 of those that the list is about.
department = :department1
