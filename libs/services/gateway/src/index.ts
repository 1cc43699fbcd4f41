export { gateway } from './gateway.service.ts';
