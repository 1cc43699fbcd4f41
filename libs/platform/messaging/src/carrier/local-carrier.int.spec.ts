import { describeCarrier } from '../../testing/carrier-suite.ts';

describeCarrier('the log itself', new URL('../../testing/carriers/local.ts', import.meta.url));
