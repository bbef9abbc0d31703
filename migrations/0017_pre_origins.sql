-- pages that may use an issuer's tokens in a browser, and whose page may draw the form in itself
-- depends: 0016_pre_comments

-- migrate: apply

alter table peil.issuer add column origins text[] not null default '{}';
alter table peil.issuer add column inline_form_by text;

comment on column peil.issuer.origins is 'Origins whose pages may use its tokens in a browser; empty: no page may.';
comment on column peil.issuer.inline_form_by is 'Whose page may draw the form of a wave in itself, as the notice names it; null: nobody''s.';

-- migrate: rollback

alter table peil.issuer drop column origins, drop column inline_form_by;
