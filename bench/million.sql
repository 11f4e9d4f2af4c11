-- Makes a million tickets and five million comments of the bench's 200,000 and 800,000: each ticket five times, and most of the
-- comments of the copies a second time. Everything else stays as it is.
--
--   createdb million && pg_dump data_<sizes>_<version> | psql -d million && psql -d million -f bench/million.sql
--   bench/run --million postgres://.../million
\set ON_ERROR_STOP on
SET session_replication_role = replica;
SET synchronous_commit = off;

-- Another id of the same moment.
CREATE FUNCTION pg_temp.other(id uuid, copy int) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (substr(id::text, 1, 15) || substr(mixed, 1, 3) || '-' || substr(id::text, 20, 1) || substr(mixed, 4, 3) || '-'
          || substr(mixed, 7, 12))::uuid
  FROM (SELECT md5(id::text || copy) AS mixed) AS of_copy
$$;

-- Rows of a table once more, with some columns written otherwise.
CREATE FUNCTION pg_temp.again(source regclass, target regclass, others jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  columns text;
  copied text;
BEGIN
  SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum),
         string_agg(coalesce(others ->> attname::text, quote_ident(attname)), ', ' ORDER BY attnum)
    INTO columns, copied
    FROM pg_attribute WHERE attrelid = target AND attnum > 0 AND NOT attisdropped;
  EXECUTE format('INSERT INTO %s (%s) SELECT %s FROM %s', target, columns, copied, source);
END $$;

CREATE TEMPORARY TABLE some_tickets AS SELECT * FROM tickets ORDER BY created_at;
CREATE TEMPORARY TABLE some_comments AS SELECT * FROM ticket_comments;
CREATE TEMPORARY TABLE most_comments AS SELECT * FROM ticket_comments WHERE abs(hashtext(id::text)) % 100 < 31;

DO $$
DECLARE
  moment text;
BEGIN
  FOR copy IN 1..4 LOOP
    moment := format('created_at - interval ''%s minutes''', copy * 7);
    PERFORM pg_temp.again('some_tickets', 'tickets', jsonb_build_object(
      'id', format('pg_temp.other(id, %s)', copy),
      'merged_into_id', format('pg_temp.other(merged_into_id, %s)', copy),
      'number', format('number + %s', copy * 1000000),
      'created_at', moment));
    PERFORM pg_temp.again('some_comments', 'ticket_comments', jsonb_build_object(
      'id', format('pg_temp.other(id, %s)', copy),
      'copied_from_id', format('pg_temp.other(copied_from_id, %s)', copy),
      'ticket_id', format('pg_temp.other(ticket_id, %s)', copy),
      'created_at', moment));
    PERFORM pg_temp.again('most_comments', 'ticket_comments', jsonb_build_object(
      'id', format('pg_temp.other(id, %s)', 10 + copy),
      'copied_from_id', 'NULL',
      'ticket_id', format('pg_temp.other(ticket_id, %s)', copy),
      'created_at', moment || ' + interval ''1 second'''));
    RAISE NOTICE 'copy % of 4', copy;
  END LOOP;
END $$;

UPDATE counters SET value = (SELECT max(number) FROM tickets) WHERE name = 'ticket_number';
VACUUM ANALYZE tickets;
VACUUM ANALYZE ticket_comments;
