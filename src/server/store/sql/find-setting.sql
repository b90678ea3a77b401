-- guichetd_staff_store_note_open(): what was in force when the server ran last.
SELECT value FROM setting WHERE name = :name
