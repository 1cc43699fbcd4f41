import type { Carrier, MessagingLog } from '../../src/index.ts';

/** The carrier under test, from the module that the test named to this process. */
const { createCarrier } = (await import(process.env['MCR_TEST_CARRIER']!)) as { createCarrier: (log: MessagingLog, trial: string) => Carrier };

/** `trial` is where the case keeps everything: its database; what a carrier has outside is named after that. */
export const carrierFor = (log: MessagingLog, trial: string): Carrier => createCarrier(log, new URL(trial).pathname.slice(1));
