-- The cheapest plan as one would write it without a search: for each course the cheapest agreement, then its own micro-credentials for the
-- residency and whatever is cheapest for its credit. Nothing is taken back, and which agreement goes first is looked at for what is held only.
create function plan_greedily(of_credential text, held text[], completed integer[], grades integer[], winners text[], as_of integer) returns text[]
language plpgsql as $$
declare
  asked asked_credit;
  taken text[] := '{}';
  used text[] := '{}';
  open_ones text[];
  at integer;
  part record;
  found_one record;
  electives integer;
  residency integer;
begin
  select * into asked from asked_credit where credential = of_credential;
  for part in
    select needed, array_agg(course order by place) as courses from asked_course
    where credential = of_credential group by set_of, needed, case when set_of is null then place end order by min(place)
  loop
    open_ones := part.courses;
    for i in 1 .. part.needed loop
      select granted.course, agreement.units, price.lacking into found_one
      from unnest(open_ones) as wanted (course)
      join granted on granted.receiver = asked.institution and granted.course = wanted.course
      join agreement on agreement.id = granted.agreement
      cross join lateral (
        select coalesce(array_agg(one.id), '{}') as lacking, coalesce(sum(one.cost), 0) as cost
        from micro_credential one
        where one.id = any (agreement.units) and agreement.id <> all (winners) and one.id <> all (held || taken)
      ) price
      where not agreement.units && used
        and (agreement.id = any (winners) or (cardinality(price.lacking) > 0
          and as_of >= agreement.valid_from and as_of < coalesce(agreement.valid_until, 2147483647)))
      order by price.cost, agreement.id collate "C" limit 1;
      if not found then return null; end if;
      taken := taken || found_one.lacking;
      used := used || found_one.units;
      at := array_position(open_ones, found_one.course);
      open_ones := open_ones[: at - 1] || open_ones[at + 1 :];
    end loop;
  end loop;

  -- What is held and not used yet goes to the electives: own micro-credentials, then what agreements give.
  select coalesce(sum(one.credits), 0), coalesce(array_agg(one.id), '{}') into residency, open_ones from micro_credential one
  where one.id = any (held) and one.id <> all (used) and one.issuer = asked.institution and one.subject = any (asked.subjects);
  used := used || open_ones;
  electives := residency;
  for part in
    select granted.credits, agreement.units from granted join agreement on agreement.id = granted.agreement
    where agreement.id = any (winners) and agreement.receiver = asked.institution and granted.subject = any (asked.subjects)
  loop
    if not part.units && used then
      electives := electives + part.credits;
      used := used || part.units;
    end if;
  end loop;

  for part in
    select id, credits from micro_credential
    where issuer = asked.institution and subject = any (asked.subjects) and credits > 0 and id <> all (used) and id <> all (held)
    order by cost::numeric / credits, id collate "C"
  loop
    exit when residency >= asked.residency;
    taken := taken || part.id;
    used := used || part.id;
    residency := residency + part.credits;
    electives := electives + part.credits;
  end loop;

  for part in
    select credits, units, lacking from (
      select one.credits, array[one.id] as units, array[one.id] as lacking, one.cost, one.id as source from micro_credential one
      where one.issuer = asked.institution and one.subject = any (asked.subjects) and one.id <> all (held)
      union all
      select granted.credits, agreement.units, agreement.units, sum(one.cost), agreement.id from granted
      join agreement on agreement.id = granted.agreement
      join micro_credential one on one.id = any (agreement.units)
      where granted.receiver = asked.institution and granted.subject = any (asked.subjects)
        and as_of >= agreement.valid_from and as_of < coalesce(agreement.valid_until, 2147483647)
      group by granted.credits, agreement.units, agreement.id
    ) offered
    where credits > 0 order by cost::numeric / credits, source collate "C"
  loop
    exit when electives >= asked.electives;
    continue when part.units && used or part.lacking && held;
    taken := taken || part.lacking;
    used := used || part.units;
    electives := electives + part.credits;
  end loop;
  if electives < asked.electives or residency < asked.residency then return null; end if;
  return taken;
end
$$;
