-- Somebody known; :step is 1 where their rights are other than before.
UPDATE staff
SET name = :name, language = :language, active = :active, epoch = epoch + :step, changed = :now
WHERE login = :login;
