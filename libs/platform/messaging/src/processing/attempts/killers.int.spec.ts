import { afterAll, afterEach, beforeAll, beforeEach, describe } from '@jest/globals';
import { parksKillers } from '../../../testing/cases/killers.ts';
import { Stage } from '../../../testing/stage.ts';
import type { Behaviour } from '../../../testing/trial/contract.ts';

/** Twenty in the full size: MCR_KILLERS=20. */
const killers = Array.from({ length: Number(process.env['MCR_KILLERS'] ?? 2) }, (_, index): Behaviour => (index % 2 === 0 ? 'eats-memory' : 'exits'));

describe('events that end the process', () => {
  const stage = new Stage(new URL('../../../testing/carriers/local.ts', import.meta.url));
  beforeAll(() => stage.open());
  afterAll(() => stage.close());
  beforeEach(() => stage.begin());
  afterEach(() => stage.end());

  parksKillers(stage, 'projection', killers);
});
