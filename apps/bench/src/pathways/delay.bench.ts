import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Audit, CompletionTradeOffs, DefineMicroCredential, PublishMicroCredential, PublishPathway } from '@mcr/contracts';
import { english, newCtid } from '@mcr/event-kit';
import type { CallerInput, OperationDefinition, OutputOf } from '@mcr/event-kit';
import type { Principal } from '@mcr/identity';
import { Operations } from '@mcr/runtime';
import { BenchProvince, soon } from '../harness/bench-province.ts';
import { definitionOf } from '../harness/set-up.ts';

const TAUGHT = 60;
const SEARCH_MS = 5_000;
const GOAL_MS = 20;

const registrar: Principal = { subject: 'bench', clientId: 'bench', roles: ['ministry-registrar'], scopes: [] };

/** The delay of this process's event loop while something goes on. */
async function delayDuring(work: () => Promise<unknown>): Promise<{ p99: number; max: number }> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
}

/** How long a search for plans holds up the process: its event loop's delay while one runs in the thread, alone and with audits, beside an idle one. */
export async function pathwaysDelay(): Promise<void> {
  const province = await BenchProvince.start();
  const operations = province.registry.app.get(Operations);
  const call = <D extends OperationDefinition>(definition: D, input: CallerInput<D>): Promise<OutputOf<D>> =>
    soon(() => operations.call(definition, input, registrar));
  try {
    for (let at = 0; at < TAUGHT; at += 1) {
      const [ctid, credits] = [newCtid(), 1 + ((at * 37) % 17) / 4];
      const price = Math.round(credits * 100 + ((at * 53) % 97));
      const changes = { totalHours: 10 + ((at * 29) % 83), creditValue: { value: credits }, estimatedCost: [{ price, currency: 'CAD' as const }] };
      await call(DefineMicroCredential, { ctid, ownedBy: province.code, definition: definitionOf(`Measuring, part ${at}`, changes) });
      await call(PublishMicroCredential, { ctid, version: 1 });
    }
    const pathway = newCtid();
    const terms = { kind: 'STACK' as const, destinationType: 'CERTIFICATE' as const, startDate: '2025-01-01', name: english('Much') };
    const requirement = { node: 'CREDITS', id: 'much', min: 61.25, from: {} };
    await call(PublishPathway, { ctid: pathway, ownedBy: province.code, ...terms, requirement });
    const search = (timeBudgetMs: number) => call(CompletionTradeOffs, { pathway, held: [], objectives: ['COST', 'HOURS'], timeBudgetMs });
    await search(0);

    let audits = 0;
    const idle = await delayDuring(() => delay(SEARCH_MS));
    const alone = await delayDuring(() => search(SEARCH_MS));
    const asked = await delayDuring(async () => {
      let over = false;
      const searching = search(SEARCH_MS).finally(() => (over = true));
      for (; !over; audits += 1) await call(Audit, { pathway, held: [] });
      await searching;
    });
    const line = (what: string, { p99, max }: { p99: number; max: number }) =>
      console.log(`  ${what.padEnd(44)} p99 ${p99.toFixed(1).padStart(6)} ms   max ${max.toFixed(1).padStart(6)} ms`);
    line('nothing is asked', idle);
    line(`a search of ${SEARCH_MS / 1000} s`, alone);
    line(`such a search, and ${audits} audits meanwhile`, asked);
    console.log(`pathways-delay: event loop's delay during a search, max ${alone.max.toFixed(1)} ms (goal < ${GOAL_MS} ms), idle ${idle.max.toFixed(1)} ms`);
  } finally {
    await province.close();
  }
}
