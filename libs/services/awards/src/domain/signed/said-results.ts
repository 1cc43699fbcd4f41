import type { SubmitAward } from '@mcr/contracts';
import { isObject, listOf } from './json-ld.ts';

/** A result as a badge says it, members of whatever kind. */
export interface SaidResult {
  /** Its place in `result`; none where that is no list. */
  readonly at?: number;
  /** Undefined where the badge says none, or one of the institution's own making, which no record can name. */
  readonly resultType?: unknown;
  readonly value?: unknown;
  readonly status?: unknown;
}

type SentResult = NonNullable<SubmitAward['result']>[number];

/** The results of a subject. What says of a competency that it was shown is none: of those a record speaks elsewhere. */
export function resultsIn(subject: Readonly<Record<string, unknown>>): SaidResult[] {
  const { result, achievement } = subject;
  const kinds = isObject(achievement) ? kindsIn(achievement) : new Map<unknown, unknown>();
  const isList = Array.isArray(result);
  return listOf(result).flatMap((said, at) => {
    if (said === null || isOfCompetency(said)) return [];
    const { resultDescription, value, status } = isObject(said) ? said : {};
    return [{ ...(isList && { at }), resultType: kinds.get(resultDescription), value, status }];
  });
}

const isOfCompetency = (said: unknown): boolean => isObject(said) && said['alignment'] !== undefined && said['value'] === undefined;

/** A result has its kind from the description that it cites (Open Badges 3.0, Result and ResultDescription). */
const kindsIn = (achievement: Readonly<Record<string, unknown>>): Map<unknown, unknown> =>
  new Map(
    listOf(achievement['resultDescription'])
      .filter(isObject)
      .filter(({ resultType }) => typeof resultType === 'string' && !resultType.startsWith('ext:'))
      .map(({ id, resultType }) => [id, resultType]),
  );

/**
 * Where a badge has another result than its record, below `result`; and `result` itself, as an empty path, where it only lacks some. In whatever order they
 * stand. Nothing differs where one of both has none.
 */
export function differingResults(said: readonly SaidResult[] = [], sent: readonly SentResult[] = []): (readonly number[])[] {
  if (said.length === 0 || sent.length === 0) return [];
  const left = [...sent];
  const isTaken = (result: SaidResult): boolean => {
    const at = left.findIndex((each) => isSame(result, each));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  // Those without a kind come last: they may be any that is left.
  const others = said.toSorted(byKindSaid).filter((result) => !isTaken(result));
  if (others.length === 0) return left.length === 0 ? [] : [[]];
  return others.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)).map(({ at }) => (at === undefined ? [] : [at]));
}

const byKindSaid = (a: SaidResult, b: SaidResult): number => Number(a.resultType === undefined) - Number(b.resultType === undefined);

const isSame = ({ resultType, value, status }: SaidResult, sent: SentResult): boolean =>
  value === sent.value && status === sent.status && (resultType === undefined || resultType === sent.resultType);
