-- guichetd_documents_find(): by primary key.
SELECT content FROM document WHERE id = :id AND reference = :reference
