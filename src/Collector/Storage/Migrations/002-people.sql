-- The people who use the dashboard. All sites need them, so their keys do not begin with a site: on a cluster these tables stay whole.

create table people (
    id              text    not null primary key,
    -- In lower case, as it is compared.
    email           text    not null unique,
    name            text    not null,
    password        text    not null,
    language        text    not null,
    is_operator     integer not null,
    -- The key of the second factor, in base32; null without one. The last time step whose code was taken: none is taken twice.
    totp_key        text,
    totp_step       bigint  not null default 0,
    created_at      bigint  not null
);

create table members (
    person          text    not null,
    site            text    not null,
    role            text    not null,
    created_at      bigint  not null,
    primary key (person, site)
);

create index members_by_site on members (site);

-- One row for each browser that is signed in, by the hash of what its cookie holds. Until the second factor was given, it opens nothing.
create table sessions (
    hash            text    not null primary key,
    person          text    not null,
    is_complete     integer not null,
    created_at      bigint  not null,
    seen_at         bigint  not null
);

create index sessions_by_person on sessions (person);

-- Links that work once, by the hash of what they hold: to set up the first account, to accept an invitation, to choose a new password.
create table links (
    hash            text    not null primary key,
    purpose         text    not null,
    email           text,
    site            text,
    role            text,
    created_at      bigint  not null,
    expires_at      bigint  not null
);

-- The keys that the tokens of forms are made with, in the words of the library that makes and renews them.
create table key_ring (
    name            text    not null primary key,
    value           text    not null
);
