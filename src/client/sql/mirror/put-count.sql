-- A number beside a view.
INSERT INTO counts (department, view, requests)
VALUES (:department, :view, :requests)
ON CONFLICT (department, view) DO UPDATE SET requests = excluded.requests;
