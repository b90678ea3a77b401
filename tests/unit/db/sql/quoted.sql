SELECT "word" AS word;
