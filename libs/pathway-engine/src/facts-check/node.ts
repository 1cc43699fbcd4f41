import type { Requirement } from '../facts/requirement.ts';
import { fault } from './fault.ts';
import type { FactFault } from './fault.ts';
import { credits, grade, isObject, level, listOf, months, number, oneOf, optional, reversed, shape, text, texts } from './shape.ts';
import type { Shape } from './shape.ts';

const filterShape = shape({
  subjects: optional(texts(1)),
  minLevel: optional(level),
  maxLevel: optional(level),
  areas: optional(texts(1)),
  courses: optional(texts(1)),
  microCredentials: optional(texts(1)),
  issuers: optional(texts(1)),
});

/** Which credit a leaf takes. A list in it must name something: an empty one would take nothing. */
export const filter: Shape = (value, pointer) => {
  const faults = filterShape(value, pointer);
  if (!isObject(value)) return faults;
  const { minLevel, maxLevel } = value as { minLevel?: number; maxLevel?: number };
  return [...faults, ...reversed(minLevel, maxLevel, `${pointer}/maxLevel`)];
};

const anything: Shape = () => [];
const children = listOf(anything, { least: 1 });
const named = { id: text, title: optional(text) };

const shapes: Readonly<Record<Requirement['node'], Shape>> = {
  COURSE: shape({ ...named, course: text }),
  CRED: shape({ ...named, microCredential: text, minGrade: optional(grade), maxAgeMonths: optional(months) }),
  CREDITS: shape({ ...named, min: credits, from: filter }),
  COUNT: shape({ ...named, min: number(0), from: filter }),
  DISTINCT: shape({ ...named, by: oneOf(['SUBJECT', 'AREA', 'TERM']), min: number(0), from: filter }),
  MANUAL: shape({ ...named, text }),
  ALL: shape({ ...named, of: children }),
  ANY: shape({ ...named, of: children }),
  K_OF: shape({ ...named, k: number(1), of: children }),
  SECTIONS: shape({ ...named, min: number(1), most: number(1), each: credits, total: credits, of: listOf(shape({ ...named, from: filter }), { least: 1 }) }),
  AT_MOST: shape({ ...named, max: credits, of: filter, within: shape({ node: text }) }),
  IF: shape({ ...named, declares: text, then: shape({}), otherwise: optional(shape({})) }),
};

/** Every fault of one node, without those below it. */
export function faultsOfNode(node: unknown, pointer: string): FactFault[] {
  if (!isObject(node)) return shape({})(node, pointer);
  const kind = node['node'];
  const known = oneOf(Object.keys(shapes))(kind, `${pointer}/node`);
  if (known.length > 0) return [...known, ...text(node['id'], `${pointer}/id`)];
  const requirement = node as unknown as Requirement;
  return [...shapes[requirement.node](node, pointer), ...rules(requirement, pointer)];
}

function rules(requirement: Requirement, pointer: string): FactFault[] {
  if (requirement.node === 'AT_MOST') {
    const inner = isObject(requirement.within) ? requirement.within.node : undefined;
    if (inner === undefined || inner === 'CREDITS' || inner === 'COUNT' || inner === 'AT_MOST') return [];
    return fault(
      'WRONG_CHILD',
      `${pointer}/within`,
      'AT_MOST stands around CREDITS, COUNT or another AT_MOST.',
      'Put it directly around the leaf that it lessens.',
    );
  }
  if (requirement.node === 'K_OF' && Array.isArray(requirement.of) && requirement.k > requirement.of.length)
    return fault('K_OUT_OF_RANGE', `${pointer}/k`, `${requirement.k} of ${requirement.of.length} can never be met.`, 'Ask for no more than there are.');
  return requirement.node === 'SECTIONS' && Array.isArray(requirement.of) ? sectionRules(requirement, pointer) : [];
}

function sectionRules({ min, most, of }: Extract<Requirement, { node: 'SECTIONS' }>, pointer: string): FactFault[] {
  return [
    ...(min > of.length
      ? fault('SECTIONS_OUT_OF_RANGE', `${pointer}/min`, `${min} of ${of.length} sections can never be met.`, 'Ask for no more than there are.')
      : []),
    ...(most < min
      ? fault(
          'SECTIONS_OUT_OF_RANGE',
          `${pointer}/most`,
          `At least ${min} sections are needed, and only ${most} are counted.`,
          'Count at least as many as are needed.',
        )
      : []),
  ];
}
