import type { Audit, RequirementReport } from '@mcr/contracts';
import type { InputOf, OutputOf } from '@mcr/event-kit';
import { type NodeReport, type PathwayEngine, type Requirement, requirementsOf } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { type Answered, type Settled, basisOf, faultsOfQuestion, pathwayIn, situationOf, unlessFaulty } from './asked.ts';
import { certificateOf } from './certificate.ts';

type Report = z.infer<typeof RequirementReport>;

const PIECES: readonly Requirement['node'][] = ['COURSE', 'CRED', 'COUNT', 'DISTINCT'];

const measureOf = ({ node }: Requirement): Report['measure'] => (node === 'CREDITS' ? 'CREDITS' : PIECES.includes(node) ? 'PIECES' : 'REQUIREMENTS');

function publicReport({ id, met, have, need }: NodeReport, measure: Report['measure']): Report {
  // Credits times grade: hundredths of both.
  const divisor = measure === 'CREDITS' ? 100 : measure === 'GRADE_POINTS' ? 10_000 : 1;
  return { id, met, have: have / divisor, need: need / divisor, measure };
}

/** So many steps take a few milliseconds: nearly every audit is proven within them. */
export const QUICK_STEPS = 500;

/** Whether what is held meets a pathway, in public units; with fewer steps an answer that is proven is the same as with more. */
export function auditAnswer(
  engine: PathwayEngine,
  question: Settled<InputOf<typeof Audit>>,
  steps?: number,
): Answered<Omit<OutputOf<typeof Audit>, 'graphVersion'>> {
  const situation = situationOf(question);
  return unlessFaulty(faultsOfQuestion(engine, [{ ctid: question.pathway, at: ['pathway'] }], situation), () => {
    const { id, version, requirement, limits: asked = [] } = pathwayIn(engine, question.pathway, situation)!;
    const { verdict, proven, assignment, requirements, limits } = engine.audit(id, situation, steps);
    const measures = new Map([...requirementsOf(requirement)].map((one) => [one.id, measureOf(one)]));
    const isGpa = new Set(asked.flatMap((limit) => (limit.limit === 'GPA' ? [limit.id] : [])));
    return {
      pathway: id,
      version,
      verdict,
      proven,
      requirements: requirements.map((report) => publicReport(report, measures.get(report.id)!)),
      limits: limits.map((report) => publicReport(report, isGpa.has(report.id) ? 'GRADE_POINTS' : 'CREDITS')),
      ...certificateOf(engine, id, situation, assignment),
      ...basisOf(question),
    };
  });
}
