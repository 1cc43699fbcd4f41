import type { Agreement, AgreementKind, Grant, TransferFrom } from '../../facts/agreement.ts';
import type { MicroCredential } from '../../facts/micro-credential.ts';
import { agreement, today } from '../builders.ts';
import type { Chance } from './chance.ts';
import { areas, issuers, subjects } from './random-micro-credentials.ts';
import type { Aim } from './random-tree.ts';

/** What agreements are made over: micro-credentials, aims in the tree, and the ids of requirements that can be waived. */
export interface Field {
  readonly microCredentials: readonly MicroCredential[];
  readonly aims: readonly Aim[];
  readonly requirements: readonly string[];
}

/** Credit that one aim takes, as far as a grant can: of its course, or within its filter. */
function aimedGrant(chance: Chance, aims: readonly Aim[]): Grant {
  const { course, from = {} } = chance.pick(aims);
  const level = chance.pick([100, 200, 300].filter((each) => each >= (from.minLevel ?? 0) && each <= (from.maxLevel ?? 900)));
  const named = course ?? (from.courses ? chance.pick(from.courses) : chance.is(0.3) ? `C${chance.between(0, 5)}` : undefined);
  return {
    ...(named !== undefined && { course: named }),
    ...(chance.is(0.9) && { subject: chance.pick(from.subjects ?? subjects), level }),
    ...(chance.is(0.8) && { areas: from.areas ? chance.some(from.areas, 2) : chance.some(areas, 1) }),
    credits: chance.pick([100, 150, 300, 300, 300, 400]),
  };
}

function grantsOf(chance: Chance, kind: AgreementKind, { aims, requirements }: Field): Grant[] {
  const waiver = (credits: number): Grant => ({ credits, waives: chance.pick(requirements) });
  if (kind === 'NO_CREDIT') return [];
  if (kind === 'EXEMPTION') return [waiver(0)];
  if (kind === 'BLOCK') return [waiver(chance.pick([0, 300, 600])), ...(chance.is(0.5) ? [aimedGrant(chance, aims)] : [])];
  const { course: _course, ...unnamed } = aimedGrant(chance, aims);
  if (kind === 'UNASSIGNED') return [unnamed];
  const number = chance.pick([1, 1, 1, 2, 3]);
  return Array.from({ length: number }, () => aimedGrant(chance, aims));
}

function thingOf(chance: Chance, { id }: MicroCredential): TransferFrom {
  return {
    microCredential: id,
    ...(chance.is(0.2) && { minGrade: chance.pick([5_000, 6_500, 8_000]) }),
    ...(chance.is(0.08) && { maxGrade: chance.pick([6_499, 7_250, 9_500]) }),
  };
}

/** Terms that end or begin about the day, or about the days on which things were completed. */
function termOf(chance: Chance): Pick<Agreement, 'validFrom' | 'validUntil'> {
  if (chance.is(0.75)) return { validFrom: 0, validUntil: null };
  if (chance.is(0.5)) return { validFrom: today - chance.pick([0, 30, 243, 400]), validUntil: chance.pick([null, today + 1]) };
  return { validFrom: 0, validUntil: today + chance.pick([-400, -30, 0, 1, 1]) };
}

const kindsOfOne: readonly AgreementKind[] = [
  ...Array<AgreementKind>(8).fill('ASSIGNED'),
  ...(['CONDITIONAL', 'CONDITIONAL', 'STACK', 'PLAR', 'PLAR', 'BLOCK', 'EXEMPTION', 'NO_CREDIT', 'INDIVIDUAL_ASSESSMENT'] as const),
  ...Array<AgreementKind>(4).fill('UNASSIGNED'),
];
const kindsOfMany: readonly AgreementKind[] = ['CLUSTER', 'CLUSTER', 'CLUSTER', 'STACK', 'BLOCK', 'PLAR', 'UNASSIGNED'];

function randomAgreement(chance: Chance, id: string, from: readonly MicroCredential[], field: Field): Agreement {
  const kind = chance.pick(from.length > 1 ? kindsOfMany : kindsOfOne);
  const conditions = [{ declares: chance.pick(['admitted', 'member', 'veteran']), text: 'Declared.' }];
  return agreement({
    id,
    kind,
    sender: chance.is(0.9) ? from[0]!.issuer : chance.pick(issuers),
    receiver: chance.is(0.97) ? 'R' : 'T',
    from: from.map((one) => thingOf(chance, one)),
    grants: grantsOf(chance, kind, field),
    priority: chance.is(0.1) ? chance.between(-1, 1) : 0,
    recordedOn: today - chance.pick([100, 100, 200, 300]),
    ...termOf(chance),
    ...(chance.is(0.12) && { maxAgeMonths: chance.pick([6, 8, 24]) }),
    ...(chance.is(0.12) && { requiresUnexpired: true }),
    ...(chance.is(0.06) && { programScope: chance.pick([['cert'], ['other'], ['cert', 'other']]) }),
    ...((kind === 'CONDITIONAL' || chance.is(0.05)) && { conditions }),
    ...(chance.is(0.15) && { capBucket: chance.pick(['b1', 'b2']) }),
    ...(chance.is(0.08) && { exclusiveGroup: chance.pick(['g1', 'g2']) }),
  });
}

/** Agreements over all micro-credentials: most are in one or two, alone or with others. */
export function randomAgreements(chance: Chance, field: Field): Agreement[] {
  const { microCredentials } = field;
  const groups = microCredentials.flatMap((one): (readonly MicroCredential[])[] => {
    const others = microCredentials.filter((other) => other !== one);
    const number = chance.pick([0, 1, 1, 1, 1, 2, 2, 3]);
    return Array.from({ length: number }, () => [one, ...(chance.is(0.3) ? chance.some(others, chance.pick([1, 1, 2])) : [])]);
  });
  return groups.map((from, index) => randomAgreement(chance, `a${String(index).padStart(2, '0')}`, from, field));
}
