-- One index for each view and sort, so that no list is ever sorted: open and closed requests
-- together, mine and to take together, waiting, late. Made when the first synchronisation has
-- brought the lines: a hundred thousand entries are sorted ten times faster than they are inserted one by one.

CREATE INDEX IF NOT EXISTS open_by_due ON lines (department, open, due_key);
CREATE INDEX IF NOT EXISTS open_by_received ON lines (department, open, received);
CREATE INDEX IF NOT EXISTS open_by_reference ON lines (department, open, reference);
CREATE INDEX IF NOT EXISTS open_by_procedure ON lines (department, open, procedure, due_key);
CREATE INDEX IF NOT EXISTS open_by_citizen ON lines (department, open, citizen_key);
CREATE INDEX IF NOT EXISTS open_by_stage ON lines (department, open, stage_key, due_key);
CREATE INDEX IF NOT EXISTS open_by_assignee ON lines (department, open, assignee_key, due_key);
CREATE INDEX IF NOT EXISTS open_by_changed ON lines (department, open, last_event);
CREATE INDEX IF NOT EXISTS owner_by_due ON lines (department, owner, due_key) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_received ON lines (department, owner, received) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_reference ON lines (department, owner, reference) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_procedure ON lines (department, owner, procedure, due_key) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_citizen ON lines (department, owner, citizen_key) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_stage ON lines (department, owner, stage_key, due_key) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_assignee ON lines (department, owner, assignee_key, due_key) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS owner_by_changed ON lines (department, owner, last_event) WHERE owner IS NOT NULL;
CREATE INDEX IF NOT EXISTS waiting_by_due ON lines (department, for_citizen, due_key) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_received ON lines (department, for_citizen, received) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_reference ON lines (department, for_citizen, reference) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_procedure ON lines (department, for_citizen, procedure, due_key) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_citizen ON lines (department, for_citizen, citizen_key) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_stage ON lines (department, for_citizen, stage_key, due_key) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_assignee ON lines (department, for_citizen, assignee_key, due_key) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS waiting_by_changed ON lines (department, for_citizen, last_event) WHERE for_citizen = 1;
CREATE INDEX IF NOT EXISTS late_by_due ON lines (department, late, due_key) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_received ON lines (department, late, received) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_reference ON lines (department, late, reference) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_procedure ON lines (department, late, procedure, due_key) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_citizen ON lines (department, late, citizen_key) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_stage ON lines (department, late, stage_key, due_key) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_assignee ON lines (department, late, assignee_key, due_key) WHERE late = 1;
CREATE INDEX IF NOT EXISTS late_by_changed ON lines (department, late, last_event) WHERE late = 1;
