export { createRouter } from './createRouter';
export { Guard } from './Guard';
export { sayStoreFaults } from './sayStoreFaults';
export { handleErrors } from './sendProblem';
export { type RouterDeps } from './RouterDeps';
export { SequenceCipher } from './SequenceCipher';
export { statusOf } from './statusOf';
