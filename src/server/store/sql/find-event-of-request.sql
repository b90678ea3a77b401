-- guichetd_journal_knows(): the first of a range of event_by_reference.
SELECT number FROM event WHERE reference = :reference LIMIT 1
