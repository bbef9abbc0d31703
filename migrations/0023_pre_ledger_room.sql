-- a line of the ledger that is written anew stays in its page
-- depends: 0022_pre_place

-- migrate: apply

-- Where a page is full the new version goes to a page with room, and the pages in which lines lie tell in which order
-- they were first written: who got a token when. So every page keeps room for the new versions of all its lines.
alter table participation.invitation set (fillfactor = 35);

-- migrate: rollback

alter table participation.invitation reset (fillfactor);
