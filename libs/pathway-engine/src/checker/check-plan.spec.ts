import { describe, expect, it } from '@jest/globals';
import type { MicroCredential } from '../facts/micro-credential.ts';
import type { PlanTerms, Totals } from '../facts/question.ts';
import { cred, credential, directAt, facts, held, microCredential, situation, today } from '../testing/builders.ts';
import { checkPlan, type CheckCode } from './check-answer.ts';

interface Plan {
  readonly some?: Partial<MicroCredential>;
  readonly terms?: PlanTerms;
  readonly planned?: readonly string[];
  readonly held?: readonly string[];
  readonly claimed?: Partial<Totals>;
}

function planned({ some, terms = {}, planned: ids = ['a'], held: ofHeld = [], claimed }: Plan) {
  const known = facts({
    microCredentials: [
      microCredential({ id: 'a', delivery: 'ONLINE', region: 'NORTH', ...some }),
      microCredential({ id: 'b', sameAs: 'same' }),
      microCredential({ id: 'c', sameAs: 'same' }),
    ],
    credentials: [credential(cred('p', 'a'))],
  });
  const asked = situation({ planned: ids, held: ofHeld.map((id) => held(id, { expiresOn: today })) });
  return checkPlan(known, 'cert', asked, terms, [directAt('p', 'a')], { COST: 10_000, HOURS: 600, COUNT: 1, TERMS: 1, ...claimed });
}

const needsB = { prerequisites: [['x', 'b']] };
const cases: { rule: string; right: Plan; wrong: Plan; code: CheckCode; about: string }[] = [
  { rule: 'is offered from a day', right: { some: { offeredFrom: today } }, wrong: { some: { offeredFrom: today + 1 } }, code: 'NOT_OFFERED', about: 'a' },
  { rule: 'is offered until a day', right: { some: { offeredUntil: today + 1 } }, wrong: { some: { offeredUntil: today } }, code: 'NOT_OFFERED', about: 'a' },
  { rule: 'is of an issuer', right: { terms: { issuers: ['S'] } }, wrong: { terms: { issuers: ['R'] } }, code: 'FILTERED_OUT', about: 'a' },
  { rule: 'is delivered so', right: { terms: { deliveries: ['ONLINE'] } }, wrong: { terms: { deliveries: ['CLASS'] } }, code: 'FILTERED_OUT', about: 'a' },
  {
    rule: 'is of a region',
    right: { terms: { regions: ['NORTH'] } },
    wrong: { some: { region: undefined }, terms: { regions: ['NORTH'] } },
    code: 'FILTERED_OUT',
    about: 'a',
  },
  { rule: 'has nothing forbidden', right: { terms: { forbidden: ['b'] } }, wrong: { terms: { forbidden: ['a'] } }, code: 'FORBIDDEN', about: 'a' },
  { rule: 'has what is forced', right: { terms: { forced: ['a'] } }, wrong: { terms: { forced: ['b'] } }, code: 'FORCED_MISSING', about: 'b' },
  {
    rule: 'has its prerequisites, by unit and even expired',
    right: { some: needsB, held: ['c'] },
    wrong: { some: needsB },
    code: 'PREREQUISITE_MISSING',
    about: 'a',
  },
  {
    rule: 'is within budgets, and 0 is one',
    right: { terms: { budgets: { COST: 10_000 } } },
    wrong: { terms: { budgets: { COST: 0 } } },
    code: 'OVER_BUDGET',
    about: 'COST',
  },
  { rule: 'has the totals that are claimed', right: {}, wrong: { claimed: { TERMS: 2 } }, code: 'WRONG_TOTAL', about: 'TERMS' },
  { rule: 'has a thing once', right: {}, wrong: { planned: ['a', 'a'] }, code: 'PLANNED_TWICE', about: 'a' },
  { rule: 'has only what is known', right: {}, wrong: { planned: ['a', 'z'] }, code: 'UNKNOWN_MICRO_CREDENTIAL', about: 'z' },
];

describe('a plan', () => {
  it.each(cases)('$rule', ({ right, wrong, code, about }) => {
    expect(planned(right)).toMatchObject({ verdict: 'COMPLETE', faults: [], totals: { COST: 10_000, HOURS: 600, COUNT: 1, TERMS: 1 } });
    expect(planned(wrong)).toMatchObject({ verdict: 'INCOMPLETE', faults: [{ code, about }] });
  });
});
