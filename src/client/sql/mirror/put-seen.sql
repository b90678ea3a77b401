-- This clerk looked.
INSERT INTO seen (reference, event)
VALUES (:reference, :event)
ON CONFLICT (reference) DO UPDATE SET event = max(event, excluded.event);
