import type { LostAgreement, Placement as PublicPlacement } from '@mcr/contracts';
import type { PathwayEngine, Placement, Situation } from '@mcr/pathway-engine';
import type { z } from 'zod';
import { publicGrant } from './public-grant.ts';

interface Certificate {
  readonly assignment: z.infer<typeof PublicPlacement>[];
  readonly agreements: string[];
  readonly lost: z.infer<typeof LostAgreement>[];
}

export const NO_CERTIFICATE: Certificate = { assignment: [], agreements: [], lost: [] };

function publicPlacement({ graph }: PathwayEngine, { source, place }: Placement): z.infer<typeof PublicPlacement> {
  if ('microCredential' in source) return { place, microCredential: source.microCredential };
  const grant = publicGrant(graph.edges.get(source.agreement)!.agreement.grants[source.grant]!);
  return { place, agreement: source.agreement, grant };
}

/** An assignment in public units, the agreements that it stands on, and those that lost to others in this situation. */
export function certificateOf(engine: PathwayEngine, pathway: string, situation: Situation, assignment: readonly Placement[]): Certificate {
  const used = assignment.flatMap(({ source }) => ('agreement' in source ? [source.agreement] : []));
  return {
    assignment: assignment.map((placement) => publicPlacement(engine, placement)),
    agreements: [...new Set(used)].sort(),
    lost: engine.lost(pathway, situation),
  };
}
