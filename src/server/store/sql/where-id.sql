-- With update-request: by primary key.
WHERE id = :id
