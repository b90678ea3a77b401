-- The procedures, as the server sent them.
UPDATE state SET catalogue = :catalogue, catalogue_version = :version;
