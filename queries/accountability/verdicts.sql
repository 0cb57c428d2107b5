-- The verdicts that counted at a moment.
select year, institution_id, met from target_verdict
