import type { Directory } from '../directory.ts';
import type { Imported, Listed } from '../proposal.ts';
import { type StudyTerms, agreementsBetween } from './agreements.ts';
import { type PathwayNames, pathwayAt } from './pathway.ts';
import type { Study } from './rows.ts';
import { type Slot, slotsOf } from './slots.ts';

const unknown = (name: string, row: number): Listed => ({
  row,
  code: 'INSTITUTION_UNKNOWN',
  message: `No single institution of the registry has the code or name "${name}".`,
  hint: 'Register it first, or use its code.',
});

/** Makes agreements and pathways of the articulation that a study compiled. */
export function importStudy(study: Study, directory: Directory, terms: StudyTerms & PathwayNames): Imported {
  const listed: Listed[] = [];
  const code = (name: string, row: number): string | undefined => {
    const found = directory.institution(name);
    if (found === undefined) listed.push(unknown(name, row));
    return found;
  };
  const slots = slotsOf(study);
  const receivers = [...Map.groupBy(slots, ({ receiver }) => receiver)].flatMap(([name, asked]) => {
    const receiver = code(name, asked[0]!.row);
    return receiver === undefined ? [] : [{ receiver, asked }];
  });
  const colleges = new Map<string, string | undefined>();
  const agreements: Imported['agreements'][number][] = [];
  const pathways: Imported['pathways'][number][] = [];
  for (const { receiver, asked } of receivers) {
    const { pathway, listed: left } = pathwayAt(receiver, asked, terms);
    if (pathway) pathways.push(pathway);
    listed.push(...left);
    for (const [college, here] of Map.groupBy(asked, (slot: Slot) => slot.college)) {
      if (!colleges.has(college)) colleges.set(college, code(college, here[0]!.row));
      const sender = colleges.get(college);
      if (sender === undefined) continue;
      if (sender === receiver) {
        listed.push({ row: here[0]!.row, code: 'SENDER_IS_RECEIVER', message: `${college} is the receiver.`, hint: 'Compare the two with the source.' });
        continue;
      }
      const courses = study.colleges.find((each) => each.college === college)!.courses;
      const made = agreementsBetween({ sender, receiver, slots: here, courses }, directory, terms);
      agreements.push(...made.agreements);
      listed.push(...made.listed);
    }
  }
  return { agreements, pathways, listed: listed.sort((a, b) => a.row - b.row) };
}
