-- Walks request_by_change, newest first; most filters are answered by the index itself.
INDEXED BY request_by_change WHERE last_event < :before
