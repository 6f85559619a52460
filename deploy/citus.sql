-- Distributes the tables of an existing database over the nodes of a Citus cluster, by library.
--
-- Tried with the tests of the store on three nodes (PostgreSQL 18.6, Citus 14.0.1), not under load: see docs/scale.md,
-- "Outgrowing one database". Try it on a copy of the database.
--
--   1. On the coordinator, with its nodes added: a database of the bot with plain tables (not those of partition.sql), of the
--      bot's version, and CREATE EXTENSION citus. Make a backup, and stop all of the bot's processes.
--   2. psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f deploy/citus.sql
--      For another number of shards than 32: PGOPTIONS='-c citus.shard_count=128' psql …
--   3. Start the bot. Every DATABASE_URL must lead to the coordinator, where advisory locks are taken.
--
-- Each table is distributed in a transaction of its own. If this is interrupted, run it again. If an update of the bot adds
-- tables, run it again. The lists that are read for all libraries at once, and `migrations`, stay on the coordinator.
DO $$
DECLARE
  lists CONSTANT name[] := '{leaving,erasing,purging,posting,claims,followers}';
  plain record;
BEGIN
  FOR plain IN
    SELECT pg_class.oid::regclass AS id, relname AS name
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'library'
    WHERE relnamespace = 'verbatim'::regnamespace AND relkind = 'r' AND NOT relispartition AND relname <> ALL (lists)
      AND NOT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = pg_class.oid)
    ORDER BY relname <> 'libraries', relname
  LOOP
    -- A library's rows are on the same node in all tables.
    PERFORM create_distributed_table(plain.id, 'library',
      colocate_with => CASE plain.name WHEN 'libraries' THEN 'none' ELSE 'verbatim.libraries' END);
    COMMIT;
    -- The rows were copied to the nodes, but they are still on the coordinator too.
    PERFORM truncate_local_data_after_distributing_table(plain.id);
    COMMIT;
  END LOOP;
END $$;
