-- guichetd_staff_store_find_name(): by primary key.
SELECT name FROM staff WHERE login = :login
