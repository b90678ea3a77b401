-- Mirrors start afresh: after a restore, which later events may be lost from, and where the
-- catalogue opens other procedures than before.
UPDATE staff SET epoch = MAX (epoch + 1, :epoch)
