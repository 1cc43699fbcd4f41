import type { Plan } from '@mcr/contracts';
import { newCtid } from '@mcr/event-kit';
import type { z } from 'zod';
import { Seed } from './seed.ts';
import { RunningGateway } from './start-gateway.ts';

export const asOf = '2026-09-01';
export const objectives = ['COST', 'HOURS', 'COUNT', 'TERMS'] as const;
export const totals = { cost: 10.5, hours: 40, count: 1, terms: 1 };
export const basis = { asOf, graphVersion: 7, answerId: '3f2c8f6e-8d2b-4c39-8a01-0b7a4f0f7c11' };

/** What documents ask for of answers, in the parts that many have. */
export const CERTIFIED = 'assignment { place microCredential { name } agreement { kind } } agreements { kind } lost { key to { kind } }';
export const BASIS = 'asOf graphVersion answerId';
export const PLAN = `plan { name } totals { cost hours count terms } verdict ${CERTIFIED}`;

/** How the answers of the setting are shown, with the names of the registry. */
export const named = { name: 'Certificate in Data Support' };
export const shownCertified = {
  assignment: [{ place: 'statistics', microCredential: { name: 'Data Visualization Essentials' }, agreement: null }],
  agreements: [],
  lost: [{ key: 'KIND', to: null }],
};
export const shownPlan = { plan: [{ name: 'Data Visualization Essentials' }], totals, verdict: 'COMPLETE', ...shownCertified };

const lostTo = newCtid();

/** A gateway that knows a pathway and a micro-credential of UBC, and what the pathways service would answer of them. */
export class QuestionSetting {
  private constructor(
    readonly gateway: RunningGateway,
    readonly advisor: string,
    readonly pathway: string,
    readonly taught: string,
  ) {}

  static async start(): Promise<QuestionSetting> {
    const gateway = await RunningGateway.start();
    const seed = new Seed(gateway.store);
    const ubc = await seed.institution({ code: 'UBC' });
    return new QuestionSetting(gateway, await gateway.token('advisor'), (await seed.pathway(ubc)).ctid, (await seed.microCredential(ubc)).ctid);
  }

  /** Of a question about the pathway, by somebody who holds the micro-credential. */
  variables() {
    return { p: this.pathway, h: [{ microCredential: this.taught, completedOn: '2026-05-01', grade: null }] };
  }

  /** What the pathways service was asked last. */
  asked(): unknown {
    return this.gateway.neighbours.asked.at(-1)!.input;
  }

  certified() {
    const lost = [{ agreement: newCtid(), to: lostTo, key: 'KIND' as const }];
    return { assignment: [{ place: 'statistics', microCredential: this.taught }], agreements: [], lost };
  }

  plan(): z.infer<typeof Plan> {
    return { plan: [this.taught], totals, verdict: 'COMPLETE', ...this.certified() };
  }
}
