export { GitServer } from './GitServer';
export { countTurns } from './countTurns';
export { eventually } from './eventually';
export { freePort } from './freePort';
export { hasNamespaces } from './hasNamespaces';
