export * from './builders.ts';
export { bruteForcePlan, bruteForceVerdict, type BruteForcePlan, type BruteForceVerdict } from './brute-force.ts';
export { chanceOf, type Chance } from './chance.ts';
export type { Instance } from './instance.ts';
export { randomInstance } from './random-instances.ts';
export { highsPlan } from './highs-plan.ts';
export { integerProgramOf, type IntegerProgram } from './integer-program.ts';
export { yalpsPlan } from './yalps-plan.ts';
export { californiaCases, californiaFacts, readCalifornia, type CaliforniaCase, type College } from './california.ts';
