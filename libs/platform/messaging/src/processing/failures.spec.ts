import { describe, expect, it } from '@jest/globals';
import { Refusal } from '@mcr/event-kit';
import { Poison, backoffMs, classify, describeError, reasonOf } from './failures.ts';
import { Troubles } from './troubles.ts';

const coded = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('what a failure is', () => {
  it.each(['40001', '40P01', '08006', '53300', '57P01', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT'])('transient: %s', (code) => {
    expect(classify(coded(code))).toBe('transient');
  });

  it.each(['23505', '22P02', '42P01', '25P02', 'ENOENT'])("the handler's own: %s", (code) => expect(classify(coded(code))).toBe('handler-bug'));

  it.each([
    ['a failed fetch', new TypeError('fetch failed', { cause: coded('ECONNREFUSED') })],
    ['a connection that takes too long', new TypeError('fetch failed', { cause: coded('UND_ERR_CONNECT_TIMEOUT') })],
    ['a timeout', new DOMException('too long', 'TimeoutError')],
    ['an answer of 503', Object.assign(new Error('no'), { status: 503 })],
    ['a service of ours that is away', new Refusal('UNAVAILABLE')],
  ])("is somebody else's outage, which passes: %s", (_, error) => expect(classify(error)).toBe('transient'));

  it.each([
    ['an answer of 404', Object.assign(new Error('no'), { status: 404 })],
    ['a refusal of ours', new Refusal('INTERNAL')],
    ['an error with another behind it', new Error('no', { cause: new TypeError('undefined is not a function') })],
  ])("is the handler's own: %s", (_, error) => expect(classify(error)).toBe('handler-bug'));

  it("is the handler's own when it is not even an error", () => expect(classify('no')).toBe('handler-bug'));

  it("is the event's when it is poison, with the reason that was given", () => {
    const poison = new Poison('SIGNATURE_INVALID', 'no');
    expect([classify(poison), reasonOf(poison), reasonOf(new Error('no'))]).toEqual(['poison', 'SIGNATURE_INVALID', 'HANDLER_FAILED']);
  });

  it('is told so that it can be stored', () => {
    expect(describeError(new TypeError('a\u0000b\uD800'))).toBe('TypeError: a\uFFFDb\uFFFD');
    expect(describeError(new Error('x'.repeat(5000)))).toHaveLength(2000);
    expect(describeError(undefined)).toBe('undefined');
  });
});

describe('the pause before the next try', () => {
  it('lies below a bound that doubles from a tenth of a second to half a minute', () => {
    expect([1, 2, 3, 9, 10, 1000].map((attempt) => backoffMs(attempt, () => 1))).toEqual([100, 200, 400, 25_600, 30_000, 30_000]);
  });

  it('may be nothing at all, so that many do not try again together', () => {
    expect([1, 5, 50].map((attempt) => backoffMs(attempt, () => 0))).toEqual([0, 0, 0]);
  });
});

describe('the troubles of partitions', () => {
  const [one, other] = [0, 1].map((partition) => ({ topic: 't', partition })) as [{ topic: string; partition: number }, { topic: string; partition: number }];

  it('are counted for each partition on its own, and are over at the first success', () => {
    const troubles = new Troubles();
    expect([troubles.note(one).failuresInARow, troubles.note(one).failuresInARow, troubles.note(other).failuresInARow]).toEqual([1, 2, 1]);
    troubles.over(one);
    expect([troubles.has(one), troubles.has(other), troubles.note(one).failuresInARow]).toEqual([false, true, 1]);
  });

  it('alarm after two minutes', () => {
    const troubles = new Troubles();
    expect([0, 119_999, 120_000].map((now) => troubles.note(one, now).alarming)).toEqual([false, false, true]);
  });
});
