import { pointerTo } from '@mcr/event-kit';
import type { Check } from './rule-set.ts';

/** So many assessments that decide the result. */
export const summativeAssessments =
  ({ atLeast }: { readonly atLeast: number }): Check =>
  ({ assessments }) => {
    const summative = assessments.filter(({ use }) => use === 'Summative').length;
    return summative >= atLeast ? [] : [{ pointer: '/assessments', message: `${summative} summative assessments, at least ${atLeast} needed.` }];
  };

/** Each competency is assessed by a summative assessment, and no assessment names a competency that the definition does not have. */
export const assessedCompetencies: Check = ({ assessments, competencies }) => {
  const known = new Set(competencies.map(({ ctid }) => ctid));
  const assessed = new Set(assessments.filter(({ use }) => use === 'Summative').flatMap(({ assesses }) => assesses));
  const open = competencies.flatMap(({ ctid }, index) =>
    assessed.has(ctid) ? [] : [{ pointer: pointerTo('competencies', index), message: 'No summative assessment assesses this competency.' }],
  );
  const astray = assessments.flatMap(({ assesses }, assessment) =>
    assesses.flatMap((ctid, index) =>
      known.has(ctid) ? [] : [{ pointer: pointerTo('assessments', assessment, 'assesses', index), message: 'The definition has no such competency.' }],
    ),
  );
  return [...open, ...astray];
};
