import type { Carrier, MessagingLog } from '../../src/index.ts';

/** The carrier under test, from the module that the test named to this process. */
const { createCarrier } = (await import(process.env['MCR_TEST_CARRIER']!)) as { createCarrier: (log: MessagingLog) => Carrier };

export { createCarrier };
