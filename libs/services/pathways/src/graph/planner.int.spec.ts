import { readFile, readdir } from 'node:fs/promises';
import { getPriority, platform } from 'node:os';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CheapestCompletion, CompletionTradeOffs, PublishPathway } from '@mcr/contracts';
import { Operations } from '@mcr/runtime';
import { aPathway, principals } from '@mcr/testing';
import { AdvisedProvince, TODAY, aMicroCredentialOf, certificate, ctids, held, refusalOf, ubc } from '../testing/advised-province.ts';
import { logMicroCredential } from '../testing/other-services.ts';
import { Planner } from './planner.ts';

/** So many credits of UBC's own micro-credentials, of which there are many with prices and hours of their own: what is best is hard to prove. */
const hard = aPathway({ requirement: { node: 'CREDITS', id: 'much', min: 61.3, from: { issuers: [ubc.ctid] } } });
const LONG_MS = 4_000;

let province: AdvisedProvince;
beforeAll(async () => {
  province = await AdvisedProvince.start();
  for (let at = 0; at < 60; at += 1) {
    const credits = 1 + ((at * 37) % 41) / 10;
    const own = aMicroCredentialOf(ubc.ctid, Math.round(credits * 100 + ((at * 53) % 97)), credits, 10 + ((at * 29) % 83));
    await logMicroCredential(province.registry, own);
  }
  await province.registry.call(PublishPathway, hard, principals.registrar);
  await province.plan();
});
afterAll(() => province.close());

const search = (signal?: AbortSignal) => {
  const question = { pathway: hard.ctid!, held, asOf: TODAY, objectives: ['COST' as const, 'HOURS' as const], timeBudgetMs: LONG_MS };
  return province.registry.get(Operations).call(CompletionTradeOffs, question, principals.advisor, signal);
};
const codesOf = (outcomes: readonly PromiseSettledResult<unknown>[]): string[] =>
  outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [(outcome.reason as { code: string }).code] : []));

describe('A long search', () => {
  it('leaves the process free: its event loop goes on, and other questions are answered meanwhile', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const began = performance.now();
    const searching = search().then(({ complete }) => ({ complete, ms: performance.now() - began }));
    let answered = 0;
    for (let over = false; !over; answered += 1) {
      await province.audit();
      over = await Promise.race([searching.then(() => true), new Promise<false>((resolve) => setImmediate(() => resolve(false)))]);
    }
    const { complete, ms } = await searching;
    delay.disable();
    expect(complete).toBe(false);
    expect(answered).toBeGreaterThan(10);
    // In the process itself the search would have been one delay of its whole length.
    expect(delay.max / 1e6).toBeLessThan(ms / 2);
  });

  const onLinux = platform() === 'linux' ? it : it.skip;
  onLinux('gives way to whoever is answered at once (where threads have a priority of their own: on Linux)', async () => {
    const nicenesses = async () => {
      const threads = await readdir('/proc/self/task');
      const stats = await Promise.all(threads.map((thread) => readFile(`/proc/self/task/${thread}/stat`, 'utf8').catch(() => '')));
      // What comes after the name, which may have blanks: niceness is the seventeenth.
      return stats.flatMap((stat) => (stat === '' ? [] : [Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])]));
    };
    await province.plan();
    const own = getPriority(process.pid);
    expect((await nicenesses()).filter((niceness) => niceness > own)).toEqual(own < 19 ? [Math.min(19, own + 5)] : []);
  });

  it('ends when whoever asked has gone away, and gives its turn to the next', async () => {
    const began = performance.now();
    const gone = new AbortController();
    const searching = refusalOf(search(gone.signal));
    const next = province.plan();
    await province.audit();
    gone.abort();
    expect(await searching).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await next).toMatchObject({ proof: 'OPTIMAL', plan: [ctids.cheap] });
    expect(performance.now() - began).toBeLessThan(LONG_MS);
  });

  it('is not begun for somebody who went away while it waited, nor before', async () => {
    const [first, later, before] = [new AbortController(), new AbortController(), AbortSignal.abort()];
    const waiting = [refusalOf(search(first.signal)), refusalOf(search(later.signal)), refusalOf(search(before))];
    later.abort();
    for (const left of waiting.slice(1)) expect(await left).toMatchObject({ code: 'UNAVAILABLE' });
    first.abort();
    expect(await waiting[0]).toMatchObject({ code: 'UNAVAILABLE' });
    expect(await province.plan()).toMatchObject({ proof: 'OPTIMAL' });
  });
});

describe('The planner', () => {
  const plan = () => province.registry.call(CheapestCompletion, { pathway: certificate.ctid!, held, asOf: TODAY }, principals.advisor);

  it('refuses the one over whom its thread was lost, and answers the others by the next', async () => {
    const waiting = Promise.allSettled(Array.from({ length: 8 }, plan));
    await new Promise((resolve) => setImmediate(resolve));
    await province.registry.get(Planner).endThread();
    expect(codesOf(await waiting)).toEqual(['UNAVAILABLE']);
    expect(await plan()).toMatchObject({ proof: 'OPTIMAL', plan: [ctids.cheap] });
  });

  it('refuses those for whom too many wait, and answers the others', async () => {
    const refused = codesOf(await Promise.allSettled(Array.from({ length: 40 }, plan)));
    expect([refused.length, new Set(refused)]).toEqual([24, new Set(['UNAVAILABLE'])]);
    expect(await plan()).toMatchObject({ proof: 'OPTIMAL' });
  });

  it('answers who asks once before who asks for much has all theirs', async () => {
    const ask = (asker: string, timeBudgetMs: number) => {
      const question = { pathway: hard.ctid!, held, asOf: TODAY, objectives: ['COST' as const, 'HOURS' as const], timeBudgetMs };
      return province.registry.get(Operations).call(CompletionTradeOffs, question, { ...principals.advisor, subject: asker });
    };
    const ended: string[] = [];
    const much = Array.from({ length: 8 }, () => ask('much', 800).then(() => ended.push('much')));
    await province.audit();
    await Promise.all([...much, ask('once', 800).then(() => ended.push('once'))]);
    // It has the next turn, or the one after it; on a busy machine some had theirs before it came.
    expect(ended.indexOf('once')).toBeLessThan(6);
  });
});
