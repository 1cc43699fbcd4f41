import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Credential, Json, JsonObject } from '../credential.ts';
import { type StatusReader, readStatus } from './read-status.ts';
import type { StatusCode } from './status-codes.ts';
import { ISSUER, LIST, aListWhose, aReader, aStatusList, anEntry, encodedBytes } from './testing/a-status-list.ts';

const good = await aStatusList([4711]);

const expectUnknown = async (code: StatusCode, entry: Json, list: Credential = good, changes: Partial<StatusReader> = {}) =>
  expect(await readStatus(entry, aReader(list, changes))).toMatchObject({ outcome: 'UNKNOWN', code });

describe('The status of a credential', () => {
  it('is set or clear as the bit of its index says', async () => {
    expect(await readStatus(anEntry(), aReader(good))).toEqual({ outcome: 'SET', value: 1, purpose: 'revocation', list: LIST });
    expect(await readStatus(anEntry({ statusListIndex: '4712' }), aReader(good))).toEqual({ outcome: 'CLEAR', value: 0, purpose: 'revocation', list: LIST });
    expect(await readStatus(anEntry({ statusListIndex: '4711', id: undefined }), aReader(await aStatusList()))).toMatchObject({ outcome: 'CLEAR' });
  });

  it('is read from a list that another implementation made: the example of the specification (§2.2)', async () => {
    const list = await aListWhose({ encodedList: 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA' });
    expect(await readStatus(anEntry(), aReader(list))).toMatchObject({ outcome: 'CLEAR' });
  });

  it('of several bits is the number that they make', async () => {
    const messages = ['0x0', '0x1', '0x2', '0x3'].map((status) => ({ status, message: 'a message' }));
    const list = await aListWhose({ encodedList: encodedBytes(Uint8Array.of(0b0001_1011, ...new Array<number>(32_767).fill(0))) });
    for (const [index, value] of [0, 1, 2, 3].entries())
      expect(await readStatus(anEntry({ statusListIndex: String(index), statusSize: 2, statusMessage: messages }), aReader(list))).toMatchObject({ value });
  });
});

describe('Of an entry, a MUST of Bitstring Status List 1.0 §2.1', () => {
  it.each<[string, Json]>([
    ['credentialStatus is an object', 'https://registry.example/status/r-1#4711'],
    ['credentialStatus is one object here', [anEntry()]],
    ['"id" is a URL', anEntry({ id: 'not a URL' })],
    ['"id" is not the URL of the list', anEntry({ id: LIST })],
    ['"type" is BitstringStatusListEntry', anEntry({ type: 'StatusList2021Entry' })],
    ['"type" is there', anEntry({ type: undefined })],
    ['"statusPurpose" is there', anEntry({ statusPurpose: undefined })],
    ['"statusPurpose" is a text', anEntry({ statusPurpose: ['revocation'] })],
    ['"statusListIndex" is there', anEntry({ statusListIndex: undefined })],
    ['"statusListIndex" is a text', anEntry({ statusListIndex: 4711 })],
    ['"statusListIndex" is not negative', anEntry({ statusListIndex: '-1' })],
    ['"statusListIndex" is a whole number', anEntry({ statusListIndex: '4711.0' })],
    ['"statusListIndex" is in base 10', anEntry({ statusListIndex: '0x1267' })],
    ['"statusListIndex" is a number', anEntry({ statusListIndex: '' })],
    ['"statusListIndex" is nothing else besides', anEntry({ statusListIndex: '4711 or so' })],
    ['"statusListCredential" is there', anEntry({ statusListCredential: undefined })],
    ['"statusListCredential" is a URL', anEntry({ statusListCredential: 'r-1' })],
    ['"statusListCredential" is one', anEntry({ statusListCredential: [LIST] })],
    ['"statusSize" is greater than zero', anEntry({ statusSize: 0 })],
    ['"statusSize" is a whole number', anEntry({ statusSize: 1.5 })],
    ['"statusSize" is a number', anEntry({ statusSize: '1' })],
    ['"statusMessage" is there when "statusSize" is greater than 1', anEntry({ statusSize: 2 })],
    ['"statusMessage" is a list', anEntry({ statusMessage: { status: '0x0', message: 'a' } })],
    ['"statusMessage" has as many entries as there are values', anEntry({ statusMessage: [{ status: '0x0', message: 'a' }] })],
    ['each "statusMessage" has a "status"', anEntry({ statusMessage: [{ message: 'a' }, { status: '0x1', message: 'b' }] })],
    ['each "statusMessage" has a "message"', anEntry({ statusMessage: [{ status: '0x0' }, { status: '0x1', message: 'b' }] })],
    [
      'each "status" is hexadecimal after "0x"',
      anEntry({
        statusMessage: [
          { status: '0', message: 'a' },
          { status: '0x1', message: 'b' },
        ],
      }),
    ],
    ['"statusReference" is a URL', anEntry({ statusReference: 'dictionary' })],
    ['"statusReference" is a list of URLs', anEntry({ statusReference: ['https://registry.example/dictionary', 7] })],
  ])('that %s: where it is broken, the status is unknown', async (_, entry) => {
    await expectUnknown('STATUS_ENTRY_MALFORMED', entry);
  });

  it('that "statusSize" is 1 where it is not said', async () => {
    expect(await readStatus(anEntry({ statusSize: 1 }), aReader(good))).toEqual(await readStatus(anEntry(), aReader(good)));
  });

  it('lets a status have more bits than are read here: it is unknown', () => expectUnknown('STATUS_SIZE_UNSUPPORTED', anEntry({ statusSize: 64 })));
});

describe('Of a list, a MUST of Bitstring Status List 1.0 §2.2', () => {
  it.each<[string, JsonObject]>([
    ['"type" includes BitstringStatusListCredential', { type: ['VerifiableCredential'] }],
    ['the subject is there', { credentialSubject: null }],
    ['the subject is one', { credentialSubject: [good.credentialSubject as JsonObject] }],
  ])('that %s: where it is broken, the status is unknown', async (_, changes) => {
    await expectUnknown('STATUS_LIST_MALFORMED', anEntry(), await aStatusList([], changes));
  });

  it.each<[string, JsonObject]>([
    ['the type of the subject is BitstringStatusList', { type: 'StatusList2021' }],
    ['"statusPurpose" is one text or several', { statusPurpose: 7 }],
    ['"statusPurpose" is there', { statusPurpose: undefined }],
    ['"encodedList" is there', { encodedList: undefined }],
    ['"encodedList" is a text', { encodedList: ['u'] }],
    ['"encodedList" is multibase', { encodedList: encodedBytes(new Uint8Array(16_384)).slice(1) }],
    ['"encodedList" is base64url', { encodedList: `m${encodedBytes(new Uint8Array(16_384)).slice(1)}` }],
    ['"encodedList" has no padding', { encodedList: `${encodedBytes(new Uint8Array(16_384))}=` }],
    ['"encodedList" is not base64 with + and /', { encodedList: 'u+/+/' }],
    ['"encodedList" is compressed with GZIP', { encodedList: `u${Buffer.alloc(16_384).toString('base64url')}` }],
    ['"encodedList" is whole', { encodedList: encodedBytes(new Uint8Array(16_384)).slice(0, -12) }],
    ['"ttl" is a number', { ttl: '60000' }],
  ])('that %s: where it is broken, the status is unknown', async (_, subject) => {
    await expectUnknown('STATUS_LIST_MALFORMED', anEntry(), await aListWhose(subject));
  });

  it('that the bits are at least 16 KiB: where it is broken, the status is unknown', async () => {
    await expectUnknown('STATUS_LIST_TOO_SHORT', anEntry({ statusListIndex: '0' }), await aListWhose({ encodedList: encodedBytes(new Uint8Array(16_383)) }));
  });

  it('allows several purposes in one list', async () => {
    const list = await aListWhose({ statusPurpose: ['suspension', 'revocation'] }, [4711]);
    expect(await readStatus(anEntry(), aReader(list))).toMatchObject({ outcome: 'SET' });
  });
});

describe('Validating by Bitstring Status List 1.0 §3.2, the status is unknown', () => {
  it('when the list cannot be fetched', async () => {
    for (const loadList of [() => Promise.resolve({ state: 'UNREACHABLE' } as const), () => Promise.reject(new Error('no route'))])
      await expectUnknown('STATUS_LIST_UNREACHABLE', anEntry(), good, { loadList });
  });

  it('when its proof does not hold', () =>
    expectUnknown('STATUS_LIST_NOT_VERIFIED', anEntry(), good, { loadList: () => Promise.resolve({ state: 'NOT_VERIFIED' }) }));

  it('when it is kept for another purpose', () => expectUnknown('STATUS_PURPOSE_MISMATCH', anEntry({ statusPurpose: 'suspension' })));

  it('when its bits divided by the size of a status are too few', async () => {
    const messages = ['0x0', '0x1', '0x2', '0x3'].map((status) => ({ status, message: 'a message' }));
    await expectUnknown('STATUS_LIST_TOO_SHORT', anEntry({ statusSize: 2, statusMessage: messages }));
  });

  it.each(['131072', '9007199254740993', '9'.repeat(30)])('when the index %s is outside of it', (statusListIndex) =>
    expectUnknown('STATUS_INDEX_OUT_OF_RANGE', anEntry({ statusListIndex })),
  );

  it('when it has expired, to the millisecond, or is not valid yet', async () => {
    const reader = (now: string) => aReader(good, { now: new Date(now) });
    expect(await readStatus(anEntry(), reader('2026-11-29T12:00:00.000Z'))).toMatchObject({ outcome: 'SET' });
    expect(await readStatus(anEntry(), reader('2026-11-29T12:00:00.001Z'))).toMatchObject({ outcome: 'UNKNOWN', code: 'STATUS_LIST_EXPIRED' });
    expect(await readStatus(anEntry(), reader('2026-11-28T11:58:59.999Z'))).toMatchObject({ outcome: 'UNKNOWN', code: 'STATUS_LIST_NOT_YET_VALID' });
    await expectUnknown('STATUS_LIST_EXPIRED', anEntry(), await aStatusList([], { validUntil: 'some day' }));
  });

  it('when another list stands at the address', async () => {
    await expectUnknown('STATUS_LIST_OTHER', anEntry(), await aStatusList([], { id: 'https://registry.example/status/r-2' }));
  });

  it('when who signed the list may not speak for the credential', async () => {
    for (const issuer of ['did:web:elsewhere.example', { id: 'did:web:elsewhere.example' }, null])
      await expectUnknown('STATUS_ISSUER_UNTRUSTED', anEntry(), { ...(await aStatusList()), issuer } as Credential);
    expect(await readStatus(anEntry(), aReader(await aStatusList([4711], { issuer: { id: ISSUER } })))).toMatchObject({ outcome: 'SET' });
  });

  it('when the list would unpack to gigabytes, and little is done to find out', async () => {
    const bomb = await aListWhose({ encodedList: encodedBytes(new Uint8Array(128 * 1024 * 1024)) });
    const before = process.memoryUsage().arrayBuffers;
    const worked = process.cpuUsage();
    await expectUnknown('STATUS_LIST_TOO_LARGE', anEntry(), bomb);
    expect(process.cpuUsage(worked).user).toBeLessThan(500_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
    await expectUnknown('STATUS_LIST_TOO_LARGE', anEntry(), await aListWhose({ encodedList: `u${'A'.repeat(2_000_000)}` }));
  });
});

describe('Whatever stands in an entry or a list', () => {
  it('is read, or the status is unknown; nothing is thrown, and nothing odd is clear', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.jsonValue(),
        fc.constantFrom('statusSize', 'statusMessage', 'statusListIndex', 'statusListCredential', 'id', 'type'),
        async (value, member) => {
          const reading = await readStatus(anEntry({ [member]: value as Json }), aReader(good));
          if (reading.outcome === 'CLEAR') expect([member, typeof value]).toEqual(['statusListIndex', 'string']);
        },
      ),
      { numRuns: 500 },
    );
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom('credentialSubject', 'type', 'issuer', 'validFrom', 'validUntil', 'id'), async (value, member) => {
        const reading = await readStatus(anEntry(), aReader({ ...good, [member]: value } as Credential));
        expect(reading.outcome).not.toBe('CLEAR');
      }),
      { numRuns: 500 },
    );
  });
});
