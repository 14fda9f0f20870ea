-- Who did what on a site, and when, so that its owners can look it up. What visitors wrote is never in it.

create table audit (
    site            text    not null,
    -- Begins with the time, in milliseconds, so that its order is that of time.
    id              text    not null,
    at              bigint  not null,
    -- person, key, or operator: the operator's admin key, which has no id and no name.
    actor_kind      text    not null,
    actor           text    not null,
    -- As it was then: a person may be gone, and a key revoked.
    actor_name      text    not null,
    kind            text    not null,
    action          text    not null,
    -- What it was done to, by the name that people know it by.
    about           text    not null,
    details         text    not null,
    primary key (site, id)
);

create index audit_by_kind on audit (site, kind, id);
