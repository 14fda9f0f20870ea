-- When a key was last used, to within an hour: one that nobody uses any more can be revoked.

alter table keys add column used_at bigint;
