-- What the clerk may list, restricted procedures being only there if they are theirs. In every list.
AND procedure IN (SELECT value FROM json_each (:procedures))
