export { institutions } from './institutions.service.ts';
