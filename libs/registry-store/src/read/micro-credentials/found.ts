/**
 * The common table expressions that say which current versions the search text $1 leaves, as `found (id, version, score)`.
 *
 * A text finds what holds all its words, in English or French, stemmed; the last word may be only begun. Whole words score above begun
 * ones, both by where they stand and by how near the text is to the name. Only for a text that finds nothing so are its longer words
 * compared with those of the names letter by letter, for typing errors; each must be near one. Text from people reaches plainto_tsquery alone,
 * which takes everything and knows no operators; the prefix query is made of its output, which is empty or ends with a quoted word.
 */
export const found = `
  current as not materialized (
    select v.* from registry.micro_credential m join registry.micro_credential_version v on v.id = m.id and v.version = m.current_version
  ),
  folded as materialized (
    select registry.fold($1) as text, plainto_tsquery('english', registry.fold($1)) as english
  ),
  asked as materialized (
    select
      f.text,
      array(select word from regexp_split_to_table(f.text, '[^[:alnum:]]+') word where length(word) > 3 limit 8) as longer,
      f.english || plainto_tsquery('french', f.text) || plainto_tsquery('simple', f.text) as words,
      case when numnode(f.english) > 0 then (f.english::text || ':*')::tsquery else ''::tsquery end as begun
    from folded f
  ),
  worded as materialized (
    select
      v.id,
      v.version,
      case when v.document @@ a.words then 10 + ts_rank(v.document, a.words) else 5 + ts_rank(v.document, a.begun) end
        + extensions.similarity(v.sort_name, a.text) as score
    from asked a join current v on v.document @@ (a.words || a.begun)
    where $1::text is not null
  ),
  found as (
    select id, current_version as version, 0::float8 as score from registry.micro_credential where $1::text is null
    union all
    select id, version, score from worded
    union all
    select v.id, v.version, near.score
    from asked a
    cross join current v
    cross join lateral (
      select min(extensions.strict_word_similarity(word, concat_ws(' ', v.sort_name, registry.fold(v.name ->> 'fr-CA'))))::float8 as score
      from unnest(a.longer) word
    ) near
    where $1::text is not null and near.score >= 0.4 and not exists (select from worded)
  )`;
