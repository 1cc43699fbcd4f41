import { bcMcf2021 } from './bc-mcf-2021.ts';

/** The rules that a definition must meet today to be published. */
export const rulesInForce = bcMcf2021;
