export { eventually } from './eventually';
export { freePort } from './freePort';
