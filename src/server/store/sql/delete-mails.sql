-- guichetd_requests_remove(): mail_by_reference.
DELETE FROM mail WHERE reference = :reference
