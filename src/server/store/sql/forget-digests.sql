-- guichetd_receipts_forget(): a range of event_by_reference, then by primary key. A command that
-- changed nothing has no event; its digest is keyed and tells nothing by itself.
UPDATE command SET digest = NULL
WHERE (actor, key) IN (SELECT actor, key FROM event WHERE event.reference = :reference)
