import { LocalCarrier } from '../../src/index.ts';
import type { Carrier, MessagingLog } from '../../src/index.ts';

export const createCarrier = (log: MessagingLog): Carrier => new LocalCarrier(log);
