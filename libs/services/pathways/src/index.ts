export { pathways } from './pathways.service.ts';
