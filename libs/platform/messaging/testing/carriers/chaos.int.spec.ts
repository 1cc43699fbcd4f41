import { describeCarrier } from '../carrier-suite.ts';

describeCarrier('chaos', new URL('./chaos.ts', import.meta.url));
