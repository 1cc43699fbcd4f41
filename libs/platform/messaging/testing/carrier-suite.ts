import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { wrongReadersAreCaught } from './cases/controls.ts';
import { survivesSigkill } from './cases/crashes.ts';
import { deliversAtLeastOnceInOrder } from './cases/deliveries.ts';
import { standsStillAtAGap } from './cases/gaps.ts';
import { doesNotDependOnTheInterleaving } from './cases/interleavings.ts';
import { survivesKilledBackends } from './cases/killed-backends.ts';
import { parksWhatKillsTheProcess } from './cases/killers.ts';
import { skipsNoLateCommit } from './cases/late-commits.ts';
import { keepsTheOrderOfEachKey } from './cases/order.ts';
import { aPoisonEventParksOnlyItsKey } from './cases/poison.ts';
import { redeliveryHasNoEffect } from './cases/redelivery.ts';
import { stopsWhileBusy } from './cases/shutdown.ts';
import { twoWorkersDoNotDouble } from './cases/two-workers.ts';
import { Stage } from './stage.ts';

/**
 * What every carrier must keep. `carrier` is the address of a module that exports `createCarrier(log, trial)`; each of the
 * writing and consuming processes makes one of its own with it.
 */
export function describeCarrier(name: string, carrier: URL): void {
  describe(`carried by ${name}`, () => {
    const stage = new Stage(carrier);
    beforeAll(() => stage.open());
    afterAll(() => stage.close());
    beforeEach(() => stage.begin());
    afterEach(() => stage.end());

    describe('order for each key', () => keepsTheOrderOfEachKey(stage));
    describe('interleavings of topics', () => doesNotDependOnTheInterleaving(stage));
    describe('redelivery', () => redeliveryHasNoEffect(stage));
    describe('late commits', () => skipsNoLateCommit(stage));
    describe('a log that is not whole', () => standsStillAtAGap(stage));
    describe('two workers', () => twoWorkersDoNotDouble(stage));
    describe('killed backends', () => survivesKilledBackends(stage));
    describe('bad events', () => aPoisonEventParksOnlyItsKey(stage));
    describe('shutdown', () => stopsWhileBusy(stage));
    describe('SIGKILL', () => survivesSigkill(stage));
    describe('events that end the process', () => parksWhatKillsTheProcess(stage));
    describe('deliveries', () => deliversAtLeastOnceInOrder(stage));
    describe('controls', () => wrongReadersAreCaught(stage));
  });
}
