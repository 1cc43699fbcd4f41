export { programs } from './programs.service.ts';
