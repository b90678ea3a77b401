-- guichetd_settings_is(): what was in force when the server ran last.
SELECT value FROM setting WHERE name = :name
