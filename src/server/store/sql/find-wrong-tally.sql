-- guichetd_journal_verify(): a number of the tally that counting does not give.
SELECT procedure
FROM (SELECT procedure, phase, stage, COALESCE (assignee, '') AS assignee, department, 1 AS n FROM request
      UNION ALL
      SELECT procedure, phase, stage, assignee, department, -n FROM tally)
GROUP BY procedure, phase, stage, assignee, department
HAVING SUM (n) <> 0
LIMIT 1
