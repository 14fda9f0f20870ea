-- Where a site's events go, and what is still to be told.

create table webhooks (
    site            text    not null,
    id              text    not null,
    name            text    not null,
    url             text    not null,
    -- Types of events, with spaces between them.
    events          text    not null,
    format          text    not null,
    -- Whether it is told what visitors wrote.
    comments        integer not null,
    -- What messages are signed with: it must be readable, unlike a key. After a change the old one signs beside it for a while.
    secret          text    not null,
    old_secret      text,
    old_secret_until bigint,
    -- enabled, paused (by people) or disabled (by the collector, which says why).
    state           text    not null,
    reason          text,
    created_at      bigint  not null,
    -- Since when and how often in a row nothing was taken; until when nothing is sent therefore.
    failing_since   bigint,
    failures        integer not null default 0,
    held_until      bigint  not null default 0,
    -- Until when one process alone sends to it.
    leased_until    bigint  not null default 0,
    primary key (site, id)
);

create table deliveries (
    site            text    not null,
    webhook         text    not null,
    -- Begins with the time, in milliseconds, so that its order is that of time.
    id              text    not null,
    type            text    not null,
    -- What it tells of: a response goes, and takes with it what was to be told of it.
    about           text    not null,
    -- The event's data as JSON, without anything that a visitor wrote.
    data            text    not null,
    created_at      bigint  not null,
    -- pending, delivered or failed.
    state           text    not null,
    attempts        integer not null default 0,
    -- When it is sent next; null once it is over.
    next_at         bigint,
    -- What came of the last attempt: when, the receiver's status, or why there is none.
    last_at         bigint,
    status          integer,
    error           text,
    primary key (site, webhook, id)
);

create index deliveries_due on deliveries (site, webhook, next_at) where next_at is not null;

create index deliveries_about on deliveries (site, about);

-- The webhooks that are told of each completed response, so that storing one need not look for them.
alter table sites add column reports_to text not null default '';

-- What was known of a site when it was last looked over for what its webhooks are to be told: how each goal stood, which patterns there were, what was harder than before.
create table watched (
    site            text    not null,
    -- goal, pattern or drop; or day, for the day that was looked at last.
    kind            text    not null,
    name            text    not null,
    value           text    not null,
    day             integer not null,
    primary key (site, kind, name)
);

-- Sites that were removed, as long as something of theirs may still be there.
create table removed_sites (
    site            text    not null,
    removed_at      bigint  not null,
    primary key (site)
);

-- Who wants mail of which site.
create table mail_choices (
    site            text    not null,
    person          text    not null,
    digest          integer not null,
    alerts          integer not null,
    -- The first day of the last week that was told.
    digest_week     integer not null default 0,
    primary key (site, person)
);

-- Mail that is still to be sent. What was sent, or given up, is gone.
create table mails (
    site            text    not null,
    id              text    not null,
    person          text    not null,
    -- digest or alert.
    kind            text    not null,
    -- Of a digest, its first day; of an alert, the event's data.
    data            text    not null,
    created_at      bigint  not null,
    attempts        integer not null default 0,
    next_at         bigint  not null,
    primary key (site, id)
);
