-- Turns the tables of an existing database into hash partitions by library (docs/scale.md, "Outgrowing one database").
--
--   1. Update the bot, start it once so that it migrates the database, make a backup, and stop all of the bot's processes.
--   2. psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -f deploy/partition.sql
--      For another number than 16: PGOPTIONS='-c verbatim.partitions=32' psql …
--   3. Start the bot. It needs no setting.
--
-- Each table is copied, indexed and replaced in a transaction of its own. If this is interrupted, run it again: it
-- continues with the tables that aren't partitioned yet. The disk needs room for a second copy of the largest table and
-- for the WAL. Grants, triggers and policies that you added to the tables yourself aren't copied.
--
-- Every table with a column `library` is partitioned, except short lists that are read for all libraries at once. If an
-- update of the bot adds tables, run this again.
DO $$
DECLARE
  lists CONSTANT name[] := '{leaving,erasing,purging,posting,claims,followers}';
  partitions CONSTANT integer := coalesce(current_setting('verbatim.partitions', true), '16');
  plain record;
  partition text;
  columns text;
  definitions text[];
  statement text;
  row_count bigint;
  started timestamptz;
BEGIN
  -- Connections of a bot that has just stopped are closed within a second.
  FOR tenths IN 0 .. 10 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'verbatim%');
    IF tenths = 10 THEN
      RAISE 'The bot is connected to this database. Stop all of its processes, then run this again.';
    END IF;
    PERFORM pg_sleep(0.1);
  END LOOP;
  IF EXISTS (SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
      WHERE relnamespace = 'verbatim'::regnamespace AND NOT indisvalid) THEN
    RAISE 'A migration of this database was interrupted. Start the bot once, so that it finishes, then run this again.';
  END IF;

  FOR plain IN
    SELECT pg_class.oid AS id, relname AS name, relowner::regrole AS owner, 'WITH (' || array_to_string(reloptions, ', ') || ')' AS options
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'library'
    WHERE relnamespace = 'verbatim'::regnamespace AND relkind = 'r' AND NOT relispartition AND relname <> ALL (lists)
    ORDER BY relname
  LOOP
    started := clock_timestamp();
    -- Everything belongs to the bot's user, whoever runs this.
    EXECUTE format('SET LOCAL ROLE %s', plain.owner);
    SET LOCAL statement_timeout = 0;

    -- Primary keys and unique constraints, which contain `library`, and the other indexes keep their names.
    SELECT array_agg(CASE WHEN conname IS NULL THEN pg_get_indexdef(indexrelid) ELSE
        format('ALTER TABLE verbatim.%I ADD CONSTRAINT %I %s', plain.name, conname, pg_get_constraintdef(pg_constraint.oid))
      END ORDER BY indexrelid)
    INTO definitions FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid WHERE indrelid = plain.id;

    EXECUTE format('ALTER TABLE verbatim.%I RENAME TO plain', plain.name);
    EXECUTE format('CREATE TABLE verbatim.%I (LIKE verbatim.plain INCLUDING ALL EXCLUDING INDEXES) PARTITION BY HASH (library)', plain.name);
    FOR remainder IN 0 .. partitions - 1 LOOP
      partition := format('%s_%s', plain.name, remainder);
      EXECUTE format('CREATE TABLE verbatim.%I PARTITION OF verbatim.%I FOR VALUES WITH (MODULUS %s, REMAINDER %s) %s',
        partition, plain.name, partitions, remainder, plain.options);
      -- What the planner is told about columns.
      FOR statement IN
        SELECT format('ALTER TABLE verbatim.%I ALTER COLUMN %I SET (%s)', partition, attname, array_to_string(attoptions, ', '))
        FROM pg_attribute WHERE attrelid = plain.id AND attoptions IS NOT NULL
      LOOP
        EXECUTE statement;
      END LOOP;
    END LOOP;

    SELECT string_agg(quote_ident(attname), ', ') INTO columns
    FROM pg_attribute WHERE attrelid = plain.id AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    EXECUTE format('INSERT INTO verbatim.%I (%s) SELECT %2$s FROM verbatim.plain', plain.name, columns);
    GET DIAGNOSTICS row_count = ROW_COUNT;
    DROP TABLE verbatim.plain;
    FOREACH statement IN ARRAY definitions LOOP
      EXECUTE statement;
    END LOOP;
    EXECUTE format('ANALYZE verbatim.%I', plain.name);
    COMMIT;
    RAISE NOTICE '%: % rows in % partitions, % s', plain.name, row_count, partitions, round(extract(epoch FROM clock_timestamp() - started), 1);
  END LOOP;
END $$;
