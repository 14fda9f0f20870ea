-- Hashes of codes that each stand in for the second factor once, with a space between them.

alter table people add column recovery text not null default '';
