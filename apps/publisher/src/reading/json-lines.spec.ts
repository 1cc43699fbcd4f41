import { describe, expect, it } from '@jest/globals';
import { readJsonLines } from './json-lines.ts';

describe('a file of JSON lines', () => {
  it('gives each line as it is, without its type', () => {
    const records = readJsonLines('{"sourceAwardId":"A-1","revision":1}\r\n\n{"type":"revoke","sourceAwardId":"A-1","revision":2}\n');
    expect(records).toMatchObject([
      { row: 1, type: 'submit', data: { sourceAwardId: 'A-1', revision: 1 } },
      { row: 3, type: 'revoke', data: { sourceAwardId: 'A-1', revision: 2 } },
    ]);
    expect(records[1]!.data).not.toHaveProperty('type');
  });

  it.each([
    ['{"a":1,', 'MALFORMED_JSON'],
    ['{"a":1,"a":2}', 'MALFORMED_JSON'],
    ['{"__proto__":{}}', 'MALFORMED_JSON'],
    ['[1]', 'WRONG_TYPE'],
    ['"A-1"', 'WRONG_TYPE'],
    ['null', 'WRONG_TYPE'],
  ])('says what is wrong with the line %s, and goes on', (line, code) => {
    const [first, second] = readJsonLines(`${line}\n{"sourceAwardId":"A-2"}`);
    expect(first!.unreadable?.code).toBe(code);
    expect(second).toMatchObject({ row: 2, data: { sourceAwardId: 'A-2' } });
  });

  it('names properties by their path', () => {
    expect(readJsonLines('{}')[0]!.columnOf('/learner/identifiers/0/value')).toBe('learner.identifiers.0.value');
  });
});
