-- After a purge: pages that once held what was deleted are written anew.
VACUUM
