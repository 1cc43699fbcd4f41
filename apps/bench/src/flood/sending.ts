import { setTimeout as delay } from 'node:timers/promises';
import { CLOUDEVENT, CLOUDEVENTS_BATCH } from '@mcr/contracts';
import type { TokenSource } from '@mcr/identity';
import { Client } from 'pg';
import type { Issuer } from '../crash/load/lives.ts';
import { makeIssuer, tokensOf } from '../crash/load/province.ts';
import type { Registry } from '../crash/machine/registry.ts';
import { contentTypeOf, spoiltRecords, spoiltRequests } from './malformed.ts';
import type { GoodEvent } from './malformed.ts';

/** Of a hundred records so many are good in a batch, spoilt in the same batch, and spoilt in requests of their own. */
export const HUNDRED = { good: 90, spoiltRecords: 5, spoiltRequests: 5 } as const;

export interface Institution {
  readonly issuer: Issuer;
  readonly tokens: TokenSource;
}

/** A new institution with something to award, and its client. */
export async function institution(registry: Registry, code: string): Promise<Institution> {
  return { issuer: await makeIssuer(registry, code), tokens: await tokensOf(registry, code) };
}

/** What was sent and must be found again, by event id; and every answer that was another than it should have been. */
export class Sent {
  readonly good = new Set<string>();
  readonly spoilt = new Map<string, string>();
  refusedRequests = 0;
  readonly wrong: string[] = [];
}

export function goodEvent(id: string, { institution, microCredential }: Issuer): GoodEvent {
  const data = {
    sourceAwardId: id,
    revision: 1,
    microCredentialCtid: microCredential,
    awardedDate: '2026-10-01',
    learner: { identifiers: [{ type: 'STUDENT_NUMBER', value: id }] },
    method: 'INSTRUCTION',
  };
  return {
    specversion: '1.0',
    id,
    source: `urn:bc:mcr:inst:${institution}`,
    type: 'ca.bc.mcr.award.submit.v1',
    subject: id,
    datacontenttype: 'application/json',
    data,
  };
}

interface Answer {
  readonly code?: string;
  readonly submissions?: readonly { readonly submissionId: string }[];
}

const SHOWN = 'select from awards.submission s join registry.award a on a.id = s.award_id where s.submission_id = $1';

export class Sending {
  constructor(
    private readonly url: string,
    private readonly sent: Sent,
  ) {}

  /** The number `index` hundred: one batch, and single requests beside it. Without spoiling, the same number of requests is sent, all good. */
  async hundred(index: number, run: string, { issuer, tokens }: Institution, spoiling: boolean): Promise<void> {
    const events = Array.from({ length: 100 }, (_, record) => goodEvent(`${run}-${index}-${record}`, issuer));
    const singles = events.splice(HUNDRED.good + HUNDRED.spoiltRecords);
    const batch = events.map((event, record) => (spoiling && record >= HUNDRED.good ? this.#spoilt(event, index + record) : this.#good(event)));
    await this.#expect(tokens, JSON.stringify(batch), CLOUDEVENTS_BATCH, 202);
    for (const [record, event] of singles.entries()) {
      if (spoiling) await this.#spoiltRequest(tokens, event, index + record);
      else await this.#expect(tokens, JSON.stringify(this.#good(event)), CLOUDEVENT, 202);
    }
  }

  /** One good record after the other, each until the read model shows it, as long as `going` says so. In milliseconds each. */
  async onlookerDelays(run: string, { issuer, tokens }: Institution, adminUrl: string, going: () => boolean): Promise<number[]> {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    const delays: number[] = [];
    while (going()) {
      const event = this.#good(goodEvent(`${run}-onlooker-${delays.length}`, issuer));
      const start = performance.now();
      const { submissions } = await this.#expect(tokens, JSON.stringify(event), CLOUDEVENT, 202);
      while ((await client.query(SHOWN, [submissions![0]!.submissionId])).rowCount === 0) await delay(2);
      delays.push(performance.now() - start);
    }
    await client.end();
    return delays;
  }

  #good(event: GoodEvent): GoodEvent {
    this.sent.good.add(event.id);
    return event;
  }

  #spoilt(event: GoodEvent, turn: number): object {
    const { code, spoil } = spoiltRecords[turn % spoiltRecords.length]!;
    this.sent.spoilt.set(event.id, code);
    return spoil(event);
  }

  async #spoiltRequest(tokens: TokenSource, event: GoodEvent, turn: number): Promise<void> {
    const spoilt = spoiltRequests[turn % spoiltRequests.length]!;
    const { code } = await this.#expect(tokens, spoilt.body(event), contentTypeOf(spoilt), spoilt.status, spoilt.name);
    if (code !== spoilt.code) this.sent.wrong.push(`${spoilt.name}: ${code} instead of ${spoilt.code}`);
    this.sent.refusedRequests += 1;
  }

  async #expect(tokens: TokenSource, body: string | Uint8Array<ArrayBuffer>, contentType: string, status: number, name = 'good'): Promise<Answer> {
    const headers = { authorization: `Bearer ${await tokens.token()}`, 'content-type': contentType };
    const response = await fetch(`${this.url}/events`, { method: 'POST', headers, body });
    const answer = (await response.json()) as Answer;
    if (response.status !== status) this.sent.wrong.push(`${name}: ${response.status} ${answer.code ?? ''} instead of ${status}`);
    return answer;
  }
}
