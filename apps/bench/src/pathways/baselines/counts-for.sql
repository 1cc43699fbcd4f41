-- The agreements that give something for what is held, at every receiver: of those that apply, from the first to the last in the
-- published order, each that has nothing in common with a winner before it. $1 ids, $2 days of completion, $3 grades.
with recursive held as (
  select * from unnest($1::text[], $2::integer[], $3::integer[]) as one (micro_credential, completed_on, grade)
), complete as (
  select thing.agreement
  from held
  join thing using (micro_credential)
  join agreement on agreement.id = thing.agreement
  where held.completed_on >= agreement.valid_from and held.completed_on < coalesce(agreement.valid_until, 2147483647)
    and held.grade >= coalesce(thing.min_grade, 0) and agreement.kind <> 'INDIVIDUAL_ASSESSMENT'
  group by thing.agreement, agreement.units
  having count(*) = cardinality(agreement.units)
), applying as (
  select agreement.id, kind, receiver, units, row_number() over (
    partition by receiver order by priority desc, cardinality(units) desc, kind_rank, recorded_on desc, agreement.id collate "C"
  ) as place
  from complete join agreement on agreement.id = complete.agreement
), settled as (
  select receiver, 0::bigint as place, '{}'::text[] as used, null::text as winner, null::text as kind from applying where place = 1
  union all
  select applying.receiver, applying.place,
    case when applying.units && settled.used then settled.used else settled.used || applying.units end,
    case when applying.units && settled.used then null else applying.id end, applying.kind
  from settled join applying on applying.receiver = settled.receiver and applying.place = settled.place + 1
)
select winner from settled where winner is not null and kind <> 'NO_CREDIT'
