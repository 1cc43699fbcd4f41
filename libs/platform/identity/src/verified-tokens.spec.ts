import { describe, expect, it } from '@jest/globals';
import { anonymous } from './principal.ts';
import { VerifiedTokens } from './verified-tokens.ts';

const NOW = new Date('2026-10-01T12:00:00Z');
const later = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('VerifiedTokens', () => {
  it('never remembers a token beyond its end', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', anonymous, later(5_000).getTime(), NOW);
    expect(tokens.find('a.b.c', later(4_999))).toBe(anonymous);
    expect(tokens.find('a.b.c', later(5_000))).toBeUndefined();
    expect(tokens.size).toBe(0);
  });

  it('forgets within a minute, however long the token lasts', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', anonymous, Number.MAX_VALUE, NOW);
    expect(tokens.find('a.b.c', later(59_999))).toBe(anonymous);
    expect(tokens.find('a.b.c', later(60_000))).toBeUndefined();
  });

  it('remembers no token that has ended', () => {
    const tokens = new VerifiedTokens();
    tokens.remember('a.b.c', anonymous, NOW.getTime(), NOW);
    expect(tokens.size).toBe(0);
  });

  it('holds a bounded number and drops the oldest', () => {
    const tokens = new VerifiedTokens(3);
    for (const name of ['1', '2', '3', '4']) tokens.remember(name, anonymous, later(5_000).getTime(), NOW);
    expect(tokens.size).toBe(3);
    expect(tokens.find('1', NOW)).toBeUndefined();
    expect(tokens.find('4', NOW)).toBe(anonymous);
  });
});
