-- guichetd_staff_store_set_card(): NULL where nobody's card signs them in.
UPDATE staff
SET card = :card
WHERE login = :login;
