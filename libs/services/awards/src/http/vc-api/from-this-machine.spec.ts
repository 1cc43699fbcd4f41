import { describe, expect, it } from '@jest/globals';
import { isFromThisMachine } from './from-this-machine.ts';

const call = (remoteAddress: string | undefined, headers: Record<string, string> = {}) =>
  isFromThisMachine({ socket: { remoteAddress }, headers: { host: '127.0.0.1:3000', ...headers } });

describe('Somebody on this machine', () => {
  it.each(['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])('is who is connected from %s', (address) => {
    expect(call(address)).toBe(true);
  });

  it.each(['localhost:3000', '[::1]:3000', '127.0.0.1'])('may call it %s', (host) => {
    expect(call('127.0.0.1', { host })).toBe(true);
  });

  it.each(['10.0.0.1', '192.168.1.1', '203.0.113.9', '::ffff:10.0.0.1', '::', '0.0.0.0', 'fe80::1', '2001:db8::1', 'localhost.example', '', undefined])(
    'is not who is connected from %s',
    (address) => {
      expect(call(address)).toBe(false);
    },
  );

  it.each([
    { 'x-forwarded-for': '127.0.0.1' },
    { 'x-forwarded-for': '::1, 127.0.0.1' },
    { 'x-real-ip': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { 'x-forwarded-host': 'localhost' },
    { via: '1.1 localhost' },
  ])('is nobody by saying %j, from elsewhere or from here', (headers) => {
    expect([call('203.0.113.9', headers as never), call('127.0.0.1', headers as never)]).toEqual([false, false]);
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', '127.0.0.1@evil.example', '10.0.0.1', '', 'a b'])(
    'does not call it %s: so a page of elsewhere would',
    (host) => {
      expect(call('127.0.0.1', { host })).toBe(false);
    },
  );
});
