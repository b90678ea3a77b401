-- guichetd_documents_add().
INSERT INTO document (id, reference, content) VALUES (:id, :reference, :content)
