-- guichetd_requests_add(): words never change afterwards.
INSERT INTO search (rowid, about, name, title) VALUES (:id, :about, :name, :title)
