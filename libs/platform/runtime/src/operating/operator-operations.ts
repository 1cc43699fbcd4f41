import type { Messaging } from '@mcr/messaging';
import type { OperationHandler } from '../define-service.ts';
import { deadLetterOperations } from './dead-letter-operations.ts';
import { projectionOperations } from './projection-operations.ts';
import { standingOperations } from './standing-operations.ts';

/** What every service offers to operators, under its own name: `awards.deadLetters`, `awards.redrive`, … */
export function operatorOperations(service: string, messaging: Messaging): OperationHandler[] {
  const operated = { operating: messaging.operating, lag: () => messaging.lag() };
  return [...deadLetterOperations(service, operated), ...projectionOperations(service, operated), ...standingOperations(service, operated)];
}
