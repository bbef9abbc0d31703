-- whoever reads comments knows, like whoever reads figures, of which units everybody was asked
-- depends: 0031_pre_scim

-- migrate: apply

grant select (whole) on release.aggregate to peil_moderator;

-- migrate: rollback

revoke select (whole) on release.aggregate from peil_moderator;
