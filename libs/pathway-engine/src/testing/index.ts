export * from './builders.ts';
export { bruteForcePlan, bruteForceVerdict, type BruteForcePlan, type BruteForceVerdict } from './brute-force.ts';
export { chanceOf, type Chance } from './chance.ts';
export type { Instance } from './instance.ts';
export { randomInstance } from './random-instances.ts';
