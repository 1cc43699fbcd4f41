import { agreementKinds } from '../facts/agreement.ts';
import type { Agreement, AgreementKind, Grant } from '../facts/agreement.ts';
import { type CredentialVersion, versionsOf } from '../facts/credential.ts';
import type { Graph } from '../graph/graph.ts';
import { conflictsOf } from './conflicts.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { unknown } from './micro-credential.ts';
import {
  credits,
  day,
  emptyTerm,
  flag,
  grade,
  integer,
  isWhole,
  level,
  listOf,
  months,
  oneOf,
  optional,
  orNull,
  reversed,
  shape,
  text,
  texts,
} from './shape.ts';
import { requirementsOf } from './tree.ts';

const agreementShape = shape({
  id: text,
  kind: oneOf(agreementKinds),
  sender: text,
  receiver: text,
  from: listOf(shape({ microCredential: text, minGrade: optional(grade), maxGrade: optional(grade) }), {
    least: 1,
    distinct: ({ microCredential }: { microCredential?: string }) => microCredential,
  }),
  grants: listOf(shape({ course: optional(text), subject: optional(text), level: optional(level), areas: optional(texts()), credits, waives: optional(text) })),
  validFrom: day,
  validUntil: orNull(day),
  priority: integer(-1_000_000, 1_000_000, 'whole numbers'),
  recordedOn: day,
  maxAgeMonths: optional(months),
  requiresUnexpired: optional(flag),
  programScope: optional(texts(1)),
  conditions: optional(listOf(shape({ declares: text, text }), { distinct: ({ declares }: { declares?: string }) => declares })),
  capBucket: optional(text),
  exclusiveGroup: optional(text),
});

/** Every fault of an agreement by itself; none when it may be put into the graph. Never throws, whatever the fields are. */
export function checkAgreement(agreement: Agreement): FactFault[] {
  const faults = agreementShape(agreement, '');
  if (!isWhole(faults)) return faults;
  const { from, grants, validFrom, validUntil } = agreement;
  return [
    ...faults,
    ...emptyTerm(validFrom, validUntil, '/validUntil'),
    ...from.flatMap(({ minGrade, maxGrade }, index) => reversed(minGrade, maxGrade, `/from/${index}/maxGrade`)),
    ...partiesOf(agreement),
    ...grantsPresent(agreement),
    ...grants.flatMap((grant, index) => grantOf(agreement.kind, grant, `/grants/${index}`)),
    ...clusterOf(agreement, new Set(from.map(({ microCredential }) => microCredential)).size),
  ];
}

function partiesOf({ kind, sender, receiver }: Agreement): FactFault[] {
  if (kind !== 'STACK' && sender === receiver)
    return fault('SELF_AGREEMENT', '/receiver', `${receiver} cannot agree with itself.`, 'What an institution gives for its own micro-credentials is a STACK.');
  return kind === 'STACK' && sender !== receiver
    ? fault(
        'STACK_OF_ANOTHER',
        '/sender',
        'A STACK is of micro-credentials of the receiver itself.',
        'Use ASSIGNED or CLUSTER for those of another institution.',
      )
    : [];
}

function grantsPresent({ kind, grants }: Agreement): FactFault[] {
  if (kind === 'NO_CREDIT' && grants.length > 0)
    return fault('GRANTS_NOT_ALLOWED', '/grants', 'NO_CREDIT grants nothing.', 'Remove the grants, or choose another kind.');
  const mayBeEmpty = kind === 'NO_CREDIT' || kind === 'INDIVIDUAL_ASSESSMENT';
  return grants.length === 0 && !mayBeEmpty
    ? fault('GRANTS_REQUIRED', '/grants', `${kind} has to grant something.`, 'Name what is granted, or use NO_CREDIT.')
    : [];
}

const namesCourses: readonly AgreementKind[] = ['ASSIGNED', 'CLUSTER', 'CONDITIONAL', 'STACK'];

function grantOf(kind: AgreementKind, { course, credits: amount, waives }: Grant, pointer: string): FactFault[] {
  if (namesCourses.includes(kind) && course === undefined)
    return fault('COURSE_REQUIRED', pointer, `${kind} grants named courses.`, 'Name the course, or use UNASSIGNED for credit of a subject.');
  if (kind === 'UNASSIGNED' && course !== undefined)
    return fault('COURSE_NOT_ALLOWED', `${pointer}/course`, 'UNASSIGNED names no course.', 'Use ASSIGNED to name one.');
  if (kind !== 'EXEMPTION') return [];
  return [
    ...(amount !== 0 ? fault('CREDIT_NOT_ALLOWED', `${pointer}/credits`, 'An EXEMPTION gives no credit.', 'Set it to 0, or use BLOCK.') : []),
    ...(waives === undefined ? fault('WAIVER_REQUIRED', pointer, 'An EXEMPTION waives a requirement.', 'Name its id in `waives`.') : []),
  ];
}

const clusterOf = ({ kind }: Agreement, units: number): FactFault[] =>
  kind === 'CLUSTER' && units < 2
    ? fault('CLUSTER_TOO_SMALL', '/from', 'A CLUSTER begins from at least two different micro-credentials.', 'Use ASSIGNED for a single one.')
    : [];

/**
 * Everything that is wrong with an agreement beside the facts there are: ids that nothing has, twins named twice, credit of courses for what
 * is without credit, and the same promise made a second time. The agreement must be without faults by itself.
 */
export function checkAgreementAgainst(graph: Graph, agreement: Agreement): FactFault[] {
  const { kind, receiver, from, grants, programScope = [] } = agreement;
  const units = from.map(({ microCredential }) => graph.unitKey(microCredential));
  const waivable = new Set(grants.some(({ waives }) => waives !== undefined) ? requirementIdsAt(graph, receiver) : []);
  return [
    ...from.flatMap(({ microCredential }, index) => unknown(graph, microCredential, `/from/${index}/microCredential`)),
    ...units.flatMap((unit, index) => {
      const first = units.indexOf(unit);
      return first === index
        ? []
        : fault('DUPLICATE', `/from/${index}`, `It is the same as ${from[first]!.microCredential}, at /from/${first}.`, 'Name one of them.');
    }),
    ...clusterOf(agreement, new Set(units).size),
    ...from.flatMap(({ microCredential }, index) =>
      namesCourses.includes(kind) && graph.microCredentials.get(microCredential)?.credits === 0
        ? fault(
            'NONCREDIT_ASSIGNED',
            `/from/${index}/microCredential`,
            `${microCredential} carries no credit, and ${kind} grants courses for it.`,
            'Use UNASSIGNED, EXEMPTION, BLOCK or INDIVIDUAL_ASSESSMENT.',
          )
        : [],
    ),
    ...grants.flatMap(({ waives }, index) =>
      waives !== undefined && !waivable.has(waives)
        ? fault(
            'UNKNOWN_REQUIREMENT',
            `/grants/${index}/waives`,
            `No credential of ${receiver} has a requirement ${waives}.`,
            'Publish the credential first, or correct the id.',
          )
        : [],
    ),
    ...programScope.flatMap((id, index) =>
      graph.credentials.get(id)?.institution === receiver
        ? []
        : fault('UNKNOWN_CREDENTIAL', `/programScope/${index}`, `${receiver} has no credential ${id}.`, 'Publish it first, or correct the id.'),
    ),
    ...conflictsOf(graph, agreement).flatMap(({ kind: conflict, agreement: other }) =>
      conflict === 'DUPLICATE'
        ? fault('OVERLAP', '/validFrom', `Agreement ${other} promises the same on some of the same days.`, 'End the other one first, or change the term.')
        : [],
    ),
  ];
}

function* requirementIdsAt(graph: Graph, institution: string): Iterable<string> {
  for (const credential of graph.credentials.values())
    if (credential.institution === institution)
      for (const { requirement } of versionsOf<CredentialVersion>(credential)) for (const { id } of requirementsOf(requirement)) yield id;
}
