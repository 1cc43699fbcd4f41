import type { AnswerDifference } from '@mcr/contracts';
import { pointerTo } from '@mcr/event-kit';
import type { z } from 'zod';

type Difference = z.infer<typeof AnswerDifference>;
type Path = readonly (string | number)[];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const shown = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

/** Where two JSON values differ, in the smallest parts; lists are compared place by place. */
export function differencesOf(before: unknown, after: unknown, path: Path = []): Difference[] {
  if (isObject(before) && isObject(after) && Array.isArray(before) === Array.isArray(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => differencesOf(before[name], after[name], [...path, name]));
  }
  const [was, is] = [shown(before), shown(after)];
  if (was === is) return [];
  return [{ pointer: pointerTo(...path), ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) }];
}
