import type { Agreement, Grant } from '../facts/agreement.ts';
import type { Situation } from '../facts/facts.ts';
import { compareAgreements } from '../agreements/order.ts';
import { reasonsAgainst } from '../agreements/reasons.ts';
import type { Reason } from '../agreements/reasons.ts';
import { standingOf } from '../audit/situation.ts';
import type { Standing } from '../audit/situation.ts';
import { applyingOf, settle } from '../audit/winners.ts';
import type { Applying } from '../audit/winners.ts';
import type { Edge, Graph } from '../graph/graph.ts';

/** What one agreement says about what is held. COUNTS: it gives its grants. ASK: somebody at the receiver has to look. Else the reasons. */
export interface AgreementAnswer {
  readonly agreement: Agreement;
  readonly outcome: 'COUNTS' | 'ASK' | 'DOES_NOT_COUNT';
  readonly grants: readonly Grant[];
  readonly reasons: readonly Reason[];
}

/** What is held counts for at one receiver. */
export interface CountsFor {
  readonly receiver: string;
  /** The ones that count first, each group in the published order. */
  readonly answers: readonly AgreementAnswer[];
}

export interface CountsForTerms {
  readonly receiver?: string;
  /** Of this credential: agreements that are for certain programs only are for it or not. */
  readonly credential?: string;
}

/** Q1: every agreement that begins from anything held, by receiver, with what it gives or every reason why not. */
export function countsFor(graph: Graph, situation: Situation, terms: CountsForTerms = {}): CountsFor[] {
  const standing = standingOf(graph, situation);
  const byReceiver = new Map<string, Set<Edge>>();
  for (const unit of standing.byUnit.keys())
    for (const edge of graph.edgesOf(unit)) {
      const { receiver } = edge.agreement;
      if (terms.receiver !== undefined && receiver !== terms.receiver) continue;
      const edges = byReceiver.get(receiver);
      if (edges) edges.add(edge);
      else byReceiver.set(receiver, new Set([edge]));
    }
  return [...byReceiver]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([receiver, edges]) => ({ receiver, answers: answersOf([...edges].sort(compareAgreements), standing, terms.credential) }));
}

const rank = { COUNTS: 0, ASK: 1, DOES_NOT_COUNT: 2 } as const;

function answersOf(edges: readonly Edge[], standing: Standing, credential: string | undefined): AgreementAnswer[] {
  const applying: Applying[] = [];
  for (const edge of edges) {
    const best = applyingOf(edge, standing, credential);
    if (best) applying.push({ edge, best });
  }
  const { winners, losers } = settle(applying);
  const won = new Set(winners.map(({ edge }) => edge));
  const lost = new Map(losers.map((loser) => [loser.edge, loser]));
  const answers = edges.map((edge): AgreementAnswer => {
    const { agreement } = edge;
    const loser = lost.get(edge);
    if (loser) return refused(agreement, [{ code: 'LOST_CONFLICT_TO', agreement: loser.to.agreement.id, key: loser.key }]);
    if (!won.has(edge)) return refused(agreement, reasonsAgainst(edge, standing, credential));
    if (agreement.kind === 'NO_CREDIT') return refused(agreement, [{ code: 'AGREEMENT_NO_CREDIT' }]);
    return { agreement, outcome: 'COUNTS', grants: agreement.grants, reasons: [] };
  });
  return answers.sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}

/** Only a person stands between: everything else holds. */
function refused(agreement: Agreement, reasons: readonly Reason[]): AgreementAnswer {
  const ask = reasons.length === 1 && reasons[0]!.code === 'INDIVIDUAL_ASSESSMENT';
  return { agreement, outcome: ask ? 'ASK' : 'DOES_NOT_COUNT', grants: [], reasons };
}
