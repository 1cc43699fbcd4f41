import { describe, expect, it } from '@jest/globals';
import { distinctFaults, recordFault } from './record-fault.ts';

describe('The faults of a record', () => {
  it('are each told once', () => {
    const fault = recordFault('PEN_INVALID', '/learner/identifiers/0/value');
    expect(distinctFaults([fault, recordFault('PEN_INVALID', '/x'), { ...fault }])).toEqual([fault, recordFault('PEN_INVALID', '/x')]);
  });

  it('end after a hundred, and say that there are more', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => recordFault('COMPETENCY_NOT_IN_MC', `/competenciesDemonstrated/${index}`));
    const told = distinctFaults(many);
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toMatchObject({ code: 'TOO_MANY_FAULTS' });
  });

  it('do not repeat an endless name, nor half of a character', () => {
    const [fault] = distinctFaults([recordFault('UNSUPPORTED_TYPE', `/${'x'.repeat(254)}🎓🎓`)]);
    expect(fault!.pointer).toBe(`/${'x'.repeat(254)}\uFFFD…`);
  });
});
