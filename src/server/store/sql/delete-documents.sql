-- guichetd_requests_remove(): document_by_reference.
DELETE FROM document WHERE reference = :reference
