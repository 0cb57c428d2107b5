-- A quarter that was reported without a meeting is 0; one that was not reported has no row.
select quarter as period, area, held as numerator from supervision_round where kind = '领导小组会议'
