/**
 * Words of SQLite that the hub's queries use and PostgreSQL lacks, so that each query is written once (sqlite.org/json1.html,
 * sqlite.org/lang_corefunc.html). They never fail: one row with a text that is no JSON must not keep all others from being read.
 */
export const words = [
  // Names are compared as SQLite's `collate nocase` does, and for all scripts.
  `create collation if not exists nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)`,
  `create function json_extract(doc text, path text) returns text language plpgsql immutable parallel safe as $$
begin
  return jsonb_path_query_first(doc::jsonb, path::jsonpath) #>> '{}';
exception when others then
  -- PostgreSQL keeps no U+0000 (postgresql.org/docs/current/datatype-json.html).
  begin
    return jsonb_path_query_first(replace(doc, '\\u0000', '\\ufffd')::jsonb, path::jsonpath) #>> '{}';
  exception when others then
    return null;
  end;
end $$`,
  `create function json_remove(doc text, path text) returns text language sql immutable parallel safe as
    $$ select (doc::jsonb #- string_to_array(substr(path, 3), '.'))::text $$`,
  `create function json_each(doc text) returns table (key bigint, value text) language sql immutable parallel safe as
    $$ select n - 1, item from jsonb_array_elements_text(doc::jsonb) with ordinality as each (item, n) $$`,
  `create function max(a double precision, b double precision) returns double precision language sql immutable parallel safe as
    $$ select greatest(a, b) $$`,
  `create function min(a double precision, b double precision) returns double precision language sql immutable parallel safe as
    $$ select least(a, b) $$`,
];
