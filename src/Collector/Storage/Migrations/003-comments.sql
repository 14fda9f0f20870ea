-- The responses in which a visitor wrote something, and that no bot seems to have given: what comments are searched and filtered by, in the order in which they are read, so that neither needs the
-- responses themselves but for those that are shown. Written with the response, in the same transaction, and gone with it. words is all that was written, in small letters
-- without accents, each word between spaces (Feedback/SearchText); feel says how it was found: difficult, neither, easy, or empty where no effort score was given.
create table comments (
    site            text    not null,
    day             integer not null,
    answered_at     bigint  not null,
    id              text    not null,
    touchpoint      integer not null,
    survey          text    not null,
    intent          text    not null,
    success         text    not null,
    device          text    not null,
    language        text    not null,
    effort          integer,
    feel            text    not null,
    words           text    not null,
    primary key (site, day, answered_at, id)
) [clustered];

-- What the people of a site made of a response: gone with it, too.
create table response_labels (
    site            text    not null,
    response        text    not null,
    label           text    not null,
    primary key (site, response, label)
);

create index response_labels_by_label on response_labels (site, label);

create table handled_responses (
    site            text    not null,
    response        text    not null,
    -- Who handled it, by name; null where a key did.
    handled_by      text,
    handled_at      bigint  not null,
    primary key (site, response)
);
