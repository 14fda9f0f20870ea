-- For a PostgreSQL cluster distributed by site (Citus 12 or later). Run it once, on the coordinator, in the collector's database: after the first collector has made the tables,
-- and before sites are made; or with collectors stopped, since it moves what is there.
-- A test reads this file, and holds it and each statement of the collector against what such a cluster asks for.

create extension if not exists citus;

-- Small tables, which every server has whole.
select create_reference_table('migrations');
select create_reference_table('secrets');
select create_reference_table('sites');
select create_reference_table('people');
select create_reference_table('members');
select create_reference_table('sessions');
select create_reference_table('links');
select create_reference_table('key_ring');
select create_reference_table('removed_sites');

-- All others lie by site, those of one site together.
select create_distributed_table('ledgers', 'site');
select create_distributed_table('responses', 'site', colocate_with => 'ledgers');
select create_distributed_table('touchpoints', 'site', colocate_with => 'ledgers');
select create_distributed_table('cells', 'site', colocate_with => 'ledgers');
select create_distributed_table('score_cells', 'site', colocate_with => 'ledgers');
select create_distributed_table('totals', 'site', colocate_with => 'ledgers');
select create_distributed_table('intent_totals', 'site', colocate_with => 'ledgers');
select create_distributed_table('score_totals', 'site', colocate_with => 'ledgers');
select create_distributed_table('altered_periods', 'site', colocate_with => 'ledgers');
select create_distributed_table('keys', 'site', colocate_with => 'ledgers');
select create_distributed_table('surveys', 'site', colocate_with => 'ledgers');
select create_distributed_table('survey_versions', 'site', colocate_with => 'ledgers');
select create_distributed_table('touchpoint_rules', 'site', colocate_with => 'ledgers');
select create_distributed_table('groups', 'site', colocate_with => 'ledgers');
select create_distributed_table('placings', 'site', colocate_with => 'ledgers');
select create_distributed_table('goals', 'site', colocate_with => 'ledgers');
select create_distributed_table('changes', 'site', colocate_with => 'ledgers');
select create_distributed_table('comments', 'site', colocate_with => 'ledgers');
select create_distributed_table('response_labels', 'site', colocate_with => 'ledgers');
select create_distributed_table('handled_responses', 'site', colocate_with => 'ledgers');
select create_distributed_table('audit', 'site', colocate_with => 'ledgers');
select create_distributed_table('webhooks', 'site', colocate_with => 'ledgers');
select create_distributed_table('deliveries', 'site', colocate_with => 'ledgers');
select create_distributed_table('watched', 'site', colocate_with => 'ledgers');
select create_distributed_table('mail_choices', 'site', colocate_with => 'ledgers');
select create_distributed_table('mails', 'site', colocate_with => 'ledgers');
select create_distributed_table('imports', 'site', colocate_with => 'ledgers');
select create_distributed_table('import_parts', 'site', colocate_with => 'ledgers');
select create_distributed_table('import_errors', 'site', colocate_with => 'ledgers');
