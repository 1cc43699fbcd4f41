export { type Answer, ask } from './http.ts';
export { asGraphQLInput, type MutationOutcome, type MutationRefusal, type MutationRun, mutateAll } from './mutations.ts';
export { NotYet, patiently } from './patience.ts';
export { pagesOf } from './pages.ts';
