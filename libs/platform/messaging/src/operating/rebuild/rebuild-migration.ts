import type { Migration } from '@mcr/database';

/** Where the tables of a service's next generation are made; it belongs to the same owner as its own schema. */
export const standbySchema = (service: string): string => `${service}_standby`;

/**
 * The functions run as the owner of the tables. They take only tables that the caller may fill and empty itself,
 * so they give it no power over data that it did not have.
 */
export const rebuilding: Migration = {
  number: 5,
  name: 'rebuilding',
  sql: ({ schema, running }) => `
    -- Which generation of a projection is live, and since when the next one is being built.
    create table projection (
      consumer text primary key,
      generation int not null default 1,
      next_since timestamptz
    );

    create function rebuildable(source text, name text) returns oid
    language plpgsql stable set search_path = pg_catalog, pg_temp as $$
    declare
      rel oid := format('%I.%I', source, name)::regclass;
    begin
      if not (has_table_privilege(session_user, rel, 'insert') and has_table_privilege(session_user, rel, 'update')
          and has_table_privilege(session_user, rel, 'delete')) then
        raise exception '%.% is not yours to rebuild', source, name using errcode = '42501';
      end if;
      if exists (select from pg_trigger where tgrelid = rel and not tgisinternal)
          or (select relrowsecurity or relkind <> 'r' or relispartition from pg_class where oid = rel) then
        raise exception '%.% has triggers, policies or partitions, which a rebuild does not copy', source, name using errcode = '0A000';
      end if;
      return rel;
    end $$;

    -- Tables like these, empty, with the same columns, constraints and indexes under the same names, and the same rights.
    create function prepare_standby(source text, names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      standby text := '${standbySchema(schema)}';
      rels oid[] := array(select ${schema}.rebuildable(source, n) from unnest(names) n);
      rel oid;
      name text;
      part record;
    begin
      if exists (select from pg_constraint where contype = 'f' and confrelid = any (rels) and conrelid <> all (rels)) then
        raise exception 'other tables refer to these; they cannot be rebuilt' using errcode = '0A000';
      end if;
      foreach rel in array rels loop
        name := (select relname from pg_class where oid = rel);
        execute format('create table %I.%I (like %I.%I including all excluding indexes)', standby, name, source, name);
        for part in select unnest(reloptions) as option from pg_class where oid = rel loop
          execute format('alter table %I.%I set (%s)', standby, name, part.option);
        end loop;
        for part in select conname, pg_get_constraintdef(oid) as def from pg_constraint where conrelid = rel and contype in ('p', 'u', 'x') loop
          execute format('alter table %I.%I add constraint %I %s', standby, name, part.conname, part.def);
        end loop;
        for part in select pg_get_indexdef(indexrelid) as def from pg_index i where indrelid = rel
            and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.conrelid = rel) loop
          execute replace(part.def, format(' ON %I.%I ', source, name), format(' ON %I.%I ', standby, name));
        end loop;
        perform ${schema}.grant_like(rel, format('%I.%I', standby, name)::regclass);
      end loop;
      for part in select conname, conrelid, pg_get_constraintdef(oid) as def from pg_constraint where contype = 'f' and conrelid = any (rels) loop
        execute format('alter table %I.%I add constraint %I %s', standby, (select relname from pg_class where oid = part.conrelid), part.conname,
          replace(part.def, format(' REFERENCES %I.', source), format(' REFERENCES %I.', standby)));
      end loop;
    end $$;

    create function grant_like(model oid, target regclass) returns void
    language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      part record;
    begin
      for part in select case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee, a.privilege_type
          from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = model and a.grantee <> c.relowner loop
        execute format('grant %s on %s to %s', part.privilege_type, target, part.grantee);
      end loop;
    end $$;

    create function analyze_standby(names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      name text;
    begin
      foreach name in array names loop
        execute format('analyze %I.%I', '${standbySchema(schema)}', name);
      end loop;
    end $$;

    create function drop_standby(names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      execute 'drop table if exists ' || (select string_agg(format('%I.%I', '${standbySchema(schema)}', n), ', ') from unnest(names) n);
    end $$;

    -- The standby tables take the place of the live ones, with their rights; whoever reads waits for the commit and then sees all of it.
    create function swap_standby(source text, names text[]) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      standby text := '${standbySchema(schema)}';
      name text;
    begin
      foreach name in array names loop
        perform ${schema}.grant_like(${schema}.rebuildable(source, name), format('%I.%I', standby, name)::regclass);
      end loop;
      execute 'drop table ' || (select string_agg(format('%I.%I', source, n), ', ') from unnest(names) n);
      foreach name in array names loop
        execute format('alter table %I.%I set schema %I', standby, name, source);
      end loop;
    end $$;

    revoke all on function rebuildable, grant_like, prepare_standby, analyze_standby, drop_standby, swap_standby from public, ${running};
    grant execute on function prepare_standby, analyze_standby, drop_standby, swap_standby to ${running};
  `,
};
