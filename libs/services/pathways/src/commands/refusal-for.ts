import { type Fault, Refusal, type RefusalCode, refusalCodes } from '@mcr/event-kit';

const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusalCodes, code);

/** One kind of fault is refused by its own name; several kinds are an input with faults. Either way all of them are told. */
export function refusalFor(faults: readonly Fault[]): Refusal {
  const [code, ...others] = new Set(faults.map((fault) => fault.code));
  return new Refusal(code !== undefined && others.length === 0 && isRefusalCode(code) ? code : 'INVALID_INPUT', undefined, { faults });
}
