import { describe, expect, it } from '@jest/globals';
import { Signal } from './signal.ts';

const LONG = 60_000;

describe('a signal', () => {
  it('wakes the one who sleeps', async () => {
    const signal = new Signal();
    const waking = signal.wait(LONG);
    signal.raise();
    await waking;
  });

  it('is remembered when nobody sleeps, once', async () => {
    const signal = new Signal();
    signal.raise();
    signal.raise();
    await signal.wait(LONG);
    const began = performance.now();
    await signal.wait(20);
    expect(performance.now() - began).toBeGreaterThan(15);
  });
});
