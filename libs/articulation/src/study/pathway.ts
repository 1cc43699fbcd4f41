import type { Listed, ProposedPathway } from '../proposal.ts';
import { stableCtid } from '../stable-ctid.ts';
import type { Slot } from './slots.ts';

const MOST_REQUIREMENTS = 200;

export interface PathwayNames {
  /** Such as "Computer Science". */
  readonly program: string;
  readonly destinationType: ProposedPathway['destinationType'];
  readonly startDate: string;
}

const groupedBy = <Of>(list: readonly Of[], key: (one: Of) => string): [string, Of[]][] => [...Map.groupBy(list, key)];

/** A receiver asks for every group; in a group for any one set; in a set for so many of its rows. Colleges must agree on how many. */
export function pathwayAt(
  receiver: string,
  slots: readonly Slot[],
  { program, destinationType, startDate }: PathwayNames,
): { pathway?: ProposedPathway; listed: Listed[] } {
  const listed: Listed[] = [];
  const different = [...new Map(slots.map((slot) => [slot.course, slot])).values()];
  let [groups, sets] = [0, 0];
  const requirement = {
    node: 'ALL' as const,
    id: 'program',
    of: groupedBy(different, ({ group }) => group).map(([group, inGroup]) => ({
      node: 'ANY' as const,
      id: `group-${(groups += 1)}`,
      title: group,
      of: groupedBy(inGroup, ({ set }) => set).map(([set, inSet]) => {
        const asked = new Set(slots.filter((slot) => slot.group === group && slot.set === set).map(({ required }) => required));
        if (asked.size > 1) listed.push(differing(inSet[0]!, [...asked]));
        sets += 1;
        return {
          node: 'K_OF' as const,
          id: `set-${sets}`,
          title: set,
          k: Math.min(Math.max(...asked), inSet.length),
          of: inSet.map(({ course }, index) => ({ node: 'COURSE' as const, id: `row-${sets}-${index + 1}`, course })),
        };
      }),
    })),
  };
  const count = 1 + groups + sets + different.length;
  if (count > MOST_REQUIREMENTS) {
    const message = `A pathway of ${receiver} would have ${count} requirements, and at most ${MOST_REQUIREMENTS} are taken.`;
    listed.push({ row: slots[0]!.row, code: 'PATHWAY_TOO_LARGE', message, hint: 'Split it by hand.' });
  }
  if (listed.length > 0) return { listed };
  const ctid = stableCtid('study pathway', receiver, program, JSON.stringify(requirement));
  return { listed, pathway: { ctid, ownedBy: receiver, name: { 'en-CA': program }, kind: 'LADDER', destinationType, startDate, requirement } };
}

const differing = ({ row, receiver, group, set }: Slot, asked: readonly number[]): Listed => ({
  row,
  code: 'REQUIRED_DIFFERS',
  message: `Rows of ${receiver} ask for ${asked.toSorted((a, b) => a - b).join(' and for ')} of group ${group}, set ${set}.`,
  hint: 'Ask the receiver how many it is; its pathway is left out until then.',
});
