-- guichetd_restore(): nobody is signed in to what is no longer there.
DELETE FROM session
