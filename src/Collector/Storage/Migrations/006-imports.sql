-- Responses that come in from elsewhere: a file is stored whole, in parts, before it is acknowledged, and its parts go as the responses in them are stored.

create table imports (
    site            text    not null,
    -- Begins with the time, so that its order is that of time.
    id              text    not null,
    -- uploading: not all of it is here yet; waiting: somebody has still to say what its columns are; running; done; failed.
    state           text    not null,
    name            text    not null,
    -- How its records are to be read, as JSON.
    form            text    not null,
    created_at      bigint  not null,
    finished_at     bigint,
    -- How many records it has, how many parts, and how many of these are done.
    records         bigint  not null,
    parts           integer not null,
    parts_done      integer not null,
    read            bigint  not null,
    stored          bigint  not null,
    repeated        bigint  not null,
    refused         bigint  not null,
    -- Why it failed; null otherwise.
    failure         text,
    primary key (site, id)
);

create table import_parts (
    site            text    not null,
    import          text    not null,
    part            integer not null,
    -- Some hundred records with their lines, as JSON, deflated, in base64.
    content         text    not null,
    primary key (site, import, part)
);

-- The first lines that were refused, and why. Nothing of what stood there is in it.
create table import_errors (
    site            text    not null,
    import          text    not null,
    line            bigint  not null,
    errors          text    not null,
    primary key (site, import, line)
) [clustered];

-- 1 while the site may have an import that is not done, so that nobody has to look at the others.
alter table sites add column importing integer not null default 0;
