-- One text for SQLite and PostgreSQL. Times are milliseconds since 1970 in UTC; days are counted since 1970-01-01
-- in the site's time zone. Every key but those of the small tables that all sites need begins with the site, so that
-- the others can be distributed by it. [clustered] keeps a table in the order of its key where the database can; [revised] leaves
-- room beside rows that are soon written anew, where the database needs it.

create table secrets (
    name            text    not null primary key,
    value           text    not null
);

create table sites (
    id                   text    not null primary key,
    site_key             text    not null unique,
    name                 text    not null,
    time_zone            text    not null,
    allowed_origins      text    not null,
    languages            text    not null,
    minimum_answers      integer not null,
    retention_days       integer not null,
    maximum_touchpoints  integer not null,
    collapse_identifiers integer not null,
    scrub_text           integer not null,
    informal             integer not null,
    quiet_days           integer not null,
    respect_privacy_signals integer not null,
    appearance           text    not null,
    created_at           bigint  not null,
    -- Counts each change of what makes touchpoints of pages: the rules, and whether identifiers collapse.
    rules_version        integer not null default 0,
    rules_changed_at     bigint  not null default 0,
    -- The rules_version that all responses were found to follow, some time after it was made.
    placed_version       integer not null default 0
);

create table keys (
    site            text    not null,
    id              text    not null,
    name            text    not null,
    hash            text    not null,
    scopes          text    not null,
    created_at      bigint  not null,
    expires_at      bigint,
    primary key (site, id)
);

create unique index keys_by_hash on keys (site, hash);

-- Its version is the one that is shown while it is live.
create table surveys (
    site            text    not null,
    id              text    not null,
    state           text    not null,
    version         integer not null,
    created_at      bigint  not null,
    primary key (site, id)
);

-- A version never changes: responses point to it.
create table survey_versions (
    site            text    not null,
    id              text    not null,
    version         integer not null,
    definition      text    not null,
    created_at      bigint  not null,
    primary key (site, id, version)
);

-- Where they stand in a site's list is their position, from 1 without a gap.
create table touchpoint_rules (
    site            text    not null,
    id              text    not null,
    position        integer not null,
    pattern         text    not null,
    keep_parameters text    not null,
    created_at      bigint  not null,
    primary key (site, id)
);

create table groups (
    site            text    not null,
    id              text    not null,
    name            text    not null,
    patterns        text    not null,
    journey         text,
    stage           text,
    created_at      bigint  not null,
    primary key (site, id)
);

-- How many responses have followed the rules of this version, so far.
create table placings (
    site            text    not null,
    version         integer not null,
    done            bigint  not null,
    primary key (site, version)
);

create table goals (
    site            text    not null,
    id              text    not null,
    name            text    not null,
    metric          text    not null,
    selection       text    not null,
    target          double precision not null,
    day             integer not null,
    days            integer not null,
    weight          double precision not null,
    created_at      bigint  not null,
    primary key (site, id)
);

-- What was done to a touchpoint or a group on a day, so that its effect can be told.
create table changes (
    site            text    not null,
    id              text    not null,
    title           text    not null,
    note            text    not null,
    day             integer not null,
    days            integer not null,
    selection       text    not null,
    control         text,
    created_at      bigint  not null,
    primary key (site, id)
);

create index changes_by_day on changes (site, day, id);

-- Touchpoints have a number, because every cell carries it.
create table touchpoints (
    site            text    not null,
    number          integer not null,
    name            text    not null,
    primary key (site, number)
);

create unique index touchpoints_by_name on touchpoints (site, name);

create table responses (
    site            text    not null,
    id              text    not null,
    revision        integer not null,
    state           text    not null,
    survey          text    not null,
    survey_version  integer not null,
    visit           text,
    page            text    not null,
    touchpoint      integer not null,
    day             integer not null,
    scale           text    not null,
    effort          integer,
    difficult       integer, -- 1 where a person found it difficult
    nps             integer,
    csat            integer,
    own_intent      text    not null,
    intent          text    not null,
    success         text    not null,
    device          text    not null,
    language        text    not null,
    answers         text    not null,
    context         text,
    tags            text,
    answered_at     bigint  not null,
    received_at     bigint  not null,
    suspect         text    not null,
    shown_at        bigint,
    shown_received_at bigint,
    placed_by       integer not null, -- the rules_version of the site that its page and touchpoint were made by
    primary key (site, id)
) [revised];

create index responses_by_visit on responses (site, visit) where visit is not null;
create index responses_by_day on responses (site, day);
-- For figures by tag, which the cells do not hold. Responses without tags do not pay for it.
create index responses_by_tagged_day on responses (site, day) where tags is not null;
-- For what made a touchpoint difficult. All others do not pay for it: it touches another part of the file for each touchpoint.
create index responses_by_difficulty on responses (site, touchpoint, day) where difficult = 1;
create index responses_by_placing on responses (site, placed_by);

-- The rollup: how many responses of each kind, with a column for each effort score. A response that a bot seems to have given counts in
-- the column suspect and in no other. An empty text means "not told"; the scale is empty in the cells of responses without an effort
-- score. Cells that are not closed equal a recount of responses at all times. Closed ones keep the counts of responses that were erased
-- when the site's retention was over.
create table cells (
    site            text    not null,
    touchpoint      integer not null,
    day             integer not null,
    survey          text    not null,
    scale           text    not null,
    intent          text    not null,
    success         text    not null,
    device          text    not null,
    language        text    not null,
    closed          integer not null default 0,
    shown           bigint  not null default 0,
    dismissed       bigint  not null default 0,
    answered        bigint  not null default 0,
    completed       bigint  not null default 0,
    suspect         bigint  not null default 0,
    effort_0        bigint  not null default 0,
    effort_1        bigint  not null default 0,
    effort_2        bigint  not null default 0,
    effort_3        bigint  not null default 0,
    effort_4        bigint  not null default 0,
    effort_5        bigint  not null default 0,
    effort_6        bigint  not null default 0,
    effort_7        bigint  not null default 0,
    effort_8        bigint  not null default 0,
    effort_9        bigint  not null default 0,
    effort_10       bigint  not null default 0,
    primary key (site, day, touchpoint, survey, scale, intent, success, device, language, closed)
) [clustered];

-- As cells, for the answers to other questions than effort, each on its one scale: question is nps (0 to 10) or csat (1 to 5). Responses without such
-- answers, and those that a bot seems to have given, are not counted here.
create table score_cells (
    site            text    not null,
    touchpoint      integer not null,
    day             integer not null,
    survey          text    not null,
    question        text    not null,
    intent          text    not null,
    success         text    not null,
    device          text    not null,
    language        text    not null,
    closed          integer not null default 0,
    answers         bigint  not null default 0,
    score_0         bigint  not null default 0,
    score_1         bigint  not null default 0,
    score_2         bigint  not null default 0,
    score_3         bigint  not null default 0,
    score_4         bigint  not null default 0,
    score_5         bigint  not null default 0,
    score_6         bigint  not null default 0,
    score_7         bigint  not null default 0,
    score_8         bigint  not null default 0,
    score_9         bigint  not null default 0,
    score_10        bigint  not null default 0,
    primary key (site, day, touchpoint, survey, question, intent, success, device, language, closed)
) [clustered];

-- The cells of a site added up, closed ones too, so that a figure reads few rows: by touchpoint, and in intent_totals by touchpoint and intent. Touchpoint -1 is all
-- of them together. A period is a day; or, where it is above a million, a span of 4, 16, 64 or 256 days: its length times a million, and its first day.
-- Touchpoint -1 counts each response in its day at once; all else comes once the day or the span is settled (see ledgers), so that it costs today's responses nothing.
-- They equal the sums of their cells at all times.
-- told is how many said whether it worked out, worked for how many it did; efforts, effort_sum and effort_squares are the scores' count, sum and sum of squares.
create table totals (
    site            text    not null,
    period          bigint  not null,
    touchpoint      integer not null,
    scale           text    not null,
    shown           bigint  not null default 0,
    dismissed       bigint  not null default 0,
    answered        bigint  not null default 0,
    completed       bigint  not null default 0,
    suspect         bigint  not null default 0,
    told            bigint  not null default 0,
    worked          bigint  not null default 0,
    efforts         bigint  not null default 0,
    effort_sum      bigint  not null default 0,
    effort_squares  bigint  not null default 0,
    effort_0        bigint  not null default 0,
    effort_1        bigint  not null default 0,
    effort_2        bigint  not null default 0,
    effort_3        bigint  not null default 0,
    effort_4        bigint  not null default 0,
    effort_5        bigint  not null default 0,
    effort_6        bigint  not null default 0,
    effort_7        bigint  not null default 0,
    effort_8        bigint  not null default 0,
    effort_9        bigint  not null default 0,
    effort_10       bigint  not null default 0,
    primary key (site, period, touchpoint, scale)
) [clustered];

create table intent_totals (
    site            text    not null,
    period          bigint  not null,
    touchpoint      integer not null,
    scale           text    not null,
    intent          text    not null,
    shown           bigint  not null default 0,
    dismissed       bigint  not null default 0,
    answered        bigint  not null default 0,
    completed       bigint  not null default 0,
    suspect         bigint  not null default 0,
    told            bigint  not null default 0,
    worked          bigint  not null default 0,
    effort_0        bigint  not null default 0,
    effort_1        bigint  not null default 0,
    effort_2        bigint  not null default 0,
    effort_3        bigint  not null default 0,
    effort_4        bigint  not null default 0,
    effort_5        bigint  not null default 0,
    effort_6        bigint  not null default 0,
    effort_7        bigint  not null default 0,
    effort_8        bigint  not null default 0,
    effort_9        bigint  not null default 0,
    effort_10       bigint  not null default 0,
    primary key (site, period, touchpoint, scale, intent)
) [clustered];

-- As totals, of score_cells.
create table score_totals (
    site            text    not null,
    period          bigint  not null,
    touchpoint      integer not null,
    question        text    not null,
    answers         bigint  not null default 0,
    score_0         bigint  not null default 0,
    score_1         bigint  not null default 0,
    score_2         bigint  not null default 0,
    score_3         bigint  not null default 0,
    score_4         bigint  not null default 0,
    score_5         bigint  not null default 0,
    score_6         bigint  not null default 0,
    score_7         bigint  not null default 0,
    score_8         bigint  not null default 0,
    score_9         bigint  not null default 0,
    score_10        bigint  not null default 0,
    primary key (site, period, touchpoint, question)
) [clustered];

-- The settled periods whose totals were changed afterwards, by a late answer or an erased one, and how often: whoever remembers totals remembers this with them.
create table altered_periods (
    site            text    not null,
    period          bigint  not null,
    changes         bigint  not null,
    primary key (site, period)
) [clustered];

-- One row for each site. Each transaction that changes what a figure may say raises the version, before all else: so it locks the site's cells and totals, and the
-- tags of figures change with it. Days and spans that end before the day of settled have their totals; null until the first response comes.
create table ledgers (
    site            text    not null,
    version         bigint  not null,
    settled         integer,
    primary key (site)
);
