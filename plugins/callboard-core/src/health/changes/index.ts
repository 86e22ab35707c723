export { type KnownChange, nameChangesBefore } from './nameChangesBefore';
export { readNodeChanges } from './readNodeChanges';
