-- What is deleted is overwritten, always.
PRAGMA secure_delete = ON;
