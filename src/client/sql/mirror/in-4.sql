-- The department that is number 4 of those that the list is about.
department = :department4
