import type { RecognitionPath, WhyNotRecognised } from '@mcr/contracts';
import { type Fault, type InputOf, type OutputOf, pointerTo } from '@mcr/event-kit';
import { type PathwayEngine, type Situation, type WhyNotPath, requirementsOf } from '@mcr/pathway-engine';
import type { z } from 'zod';
import type { PathwayVersionFact } from '../../facts/graph-fact.ts';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from '../asked.ts';
import { type Patience, budgetOf } from '../plans/plans.ts';
import { publicFix } from './public-fix.ts';
import { publicReason } from './public-reason.ts';

/** The receiver by its CTID. */
export type AskedWhyNot = Settled<InputOf<typeof WhyNotRecognised>>;

function hasPlace({ requirement, limits = [] }: PathwayVersionFact, id: string): boolean {
  const inTree = [...requirementsOf(requirement)].some((one) => one.id === id || (one.node === 'SECTIONS' && one.of.some((section) => section.id === id)));
  return inTree || limits.some((limit) => limit.id === id);
}

function faultsOfTarget(engine: PathwayEngine, { pathway, requirement, microCredentials, held }: AskedWhyNot, situation: Situation): Fault[] {
  const known = pathway === undefined ? undefined : pathwayIn(engine, pathway, situation);
  const isHeld = new Set(held.map(({ microCredential }) => microCredential));
  const code = 'INVALID_VALUE';
  const noPlace = { pointer: '/requirement', code, message: 'The pathway has no requirement, section or limit of this id.' };
  return [
    ...(known && requirement !== undefined && !hasPlace(known, requirement) ? [noPlace] : []),
    ...microCredentials.flatMap((ctid, at): Fault[] =>
      isHeld.has(ctid)
        ? []
        : [
            {
              pointer: pointerTo('microCredentials', at),
              code,
              message: 'This is not among what is held.',
              hint: 'Put it into held, with the day of its completion.',
            },
          ],
    ),
  ];
}

/** Amounts of an AT_MOST around a COUNT are pieces; all others are hundredths of a credit. */
function countsPieces(pathway: PathwayVersionFact | undefined, id: string): boolean {
  if (!pathway) return false;
  const atMost = [...requirementsOf(pathway.requirement)].find((one) => one.id === id);
  return atMost?.node === 'AT_MOST' && [...requirementsOf(atMost)].at(-1)!.node === 'COUNT';
}

function publicPath({ agreement, reasons, fixes }: WhyNotPath, amountAt: (id: string, amount: number) => number): z.infer<typeof RecognitionPath> {
  return {
    ...(agreement !== undefined && { agreement }),
    reasons: reasons.map((reason) => ({ ...publicReason(reason, amountAt), fix: publicFix(reason.fix, amountAt) })),
    fixes: fixes.map((fix) => publicFix(fix, amountAt)),
  };
}

/** Why held micro-credentials are not recognised, and what would change that, in public units. `receiver` is a CTID here. */
export function whyNotRecognisedAnswer(
  engine: PathwayEngine,
  question: AskedWhyNot,
  patience: Patience,
): Answered<Omit<OutputOf<typeof WhyNotRecognised>, 'graphVersion'>> {
  const { receiver, pathway, requirement: place, microCredentials } = question;
  const situation = situationOf(question);
  const named = pathway === undefined ? [] : [{ ctid: pathway, at: ['pathway'] }];
  return unlessFaulty([...faultsOfQuestion(engine, named, situation), ...faultsOfTarget(engine, question, situation)], () => {
    const target = pathway === undefined ? { receiver: receiver! } : { credential: pathway, ...(place !== undefined && { place }) };
    const known = pathway === undefined ? undefined : pathwayIn(engine, pathway, situation);
    const amountAt = (id: string, amount: number): number => (countsPieces(known, id) ? amount : amount / 100);
    // Each micro-credential once, however often it is named.
    const answers = engine.whyNot(situation, target, { items: microCredentials, budget: budgetOf(question, patience) });
    const shown = answers.map(({ paths, ...answer }) => ({ ...answer, paths: paths.map((path) => publicPath(path, amountAt)) }));
    return { microCredentials: shown, ...basisOf(question) };
  });
}
