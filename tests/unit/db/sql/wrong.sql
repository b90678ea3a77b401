SELECT name FROM nowhere;
