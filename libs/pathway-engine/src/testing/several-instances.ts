import type { Agreement } from '../facts/agreement.ts';
import type { Credential, ShareCap } from '../facts/credential.ts';
import { alikeCertificates } from './alike-instances.ts';
import { bruteForcePlan } from './brute-force.ts';
import type { InstanceOfSeveral } from './brute-force-together.ts';
import { chanceOf, type Chance } from './chance.ts';
import type { Instance } from './instance.ts';
import { randomInstance } from './random-instances.ts';

function randomCaps(chance: Chance, own: string, others: readonly string[]): ShareCap[] {
  const amount = () => (chance.is(0.6) ? { max: chance.pick([0, 150, 300, 600]) } : { share: chance.pick([0, 2_500, 5_000, 6_667]) });
  const other = chance.pick(others.filter((id) => id !== own));
  const [names, isForAll] = [chance.is(0.7), chance.is(0.5)];
  return [...(names ? [{ with: other, ...amount() }] : []), ...(isForAll || !names ? [amount()] : [])];
}

function withCaps(chance: Chance, credentials: readonly Credential[]): Credential[] {
  const ids = credentials.map(({ id }) => id);
  return credentials.map((one) => {
    const caps = chance.is(0.5) ? randomCaps(chance, one.id, ids) : [];
    return caps.length > 0 ? { ...one, sharing: { maxUses: 1, ...one.sharing, across: caps } } : one;
  });
}

/** What another institution recognises of the same: most of it, in its own way. */
function elsewhere(chance: Chance, agreements: readonly Agreement[]): Agreement[] {
  return agreements.flatMap((one) => {
    if (chance.is(0.3)) return [];
    return [{ ...one, id: `${one.id}-there`, receiver: 'T', grants: one.grants.map((grant) => ({ ...grant, credits: chance.pick([150, 300]) })) }];
  });
}

/** Those that can be completed alone, as far as there are enough of them: of others there is only one thing to say. */
function completable(instance: Omit<InstanceOfSeveral, 'credentials'>, number: number): Credential[] {
  const { facts, situation, terms } = instance;
  const { budgets: _budgets, ...free } = terms;
  const canBe = facts.credentials.filter(({ id }) => bruteForcePlan({ facts, credential: id, situation, terms: free }) !== undefined);
  return [...new Set([...canBe, ...facts.credentials])].slice(0, number);
}

/** So many certificates of one or two institutions for much the same courses, with share caps between some. The seed alone decides. */
export function alikeSeveral(seed: number, { candidates, certificates }: { candidates: number; certificates: number }): InstanceOfSeveral {
  const chance = chanceOf(seed * 7 + 3);
  const { facts, situation, terms } = alikeCertificates(seed, { candidates, certificates: certificates * 3 });
  const credentials = facts.credentials.map((one) => (chance.is(0.4) ? { ...one, institution: 'T' } : one));
  const whole = { ...facts, agreements: [...facts.agreements, ...elsewhere(chance, facts.agreements)], credentials };
  const asked = completable({ facts: whole, situation, terms }, certificates);
  return { facts: { ...whole, credentials: withCaps(chance, asked) }, credentials: asked.map(({ id }) => id), situation, terms };
}

/** Two certificates of everything that there can be, made one without knowing of the other. */
export function randomSeveral(seed: number, { candidates }: { candidates: number }): InstanceOfSeveral {
  const chance = chanceOf(seed * 11 + 5);
  const parts = Array.from({ length: 6 }, (_, part) => randomInstance(seed + part * 5_000_000, { candidates }));
  const [{ facts, situation, terms }] = parts as [Instance];
  const credentials = parts.map((part, index) => ({ ...part.facts.credentials[0]!, id: index === 0 ? 'cert' : `cert-${index}` }));
  const agreements = parts.flatMap((part, index) => (chance.is(0.6) ? part.facts.agreements.map((one) => ({ ...one, id: `${index}-${one.id}` })) : []));
  const whole = { ...facts, agreements: [...facts.agreements, ...agreements.slice(0, candidates * 2)], credentials };
  const asked = completable({ facts: whole, situation, terms }, 2);
  return { facts: { ...whole, credentials: withCaps(chance, asked) }, credentials: asked.map(({ id }) => id), situation, terms };
}
