-- The rounds and meetings of an area, quarter by quarter, the newest first.
select quarter, kind, scheduled, held from supervision_round where area = $area order by quarter desc, kind
