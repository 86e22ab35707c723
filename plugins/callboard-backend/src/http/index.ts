export { createRouter } from './createRouter';
export { Guard } from './Guard';
export { handleErrors, sendProblem } from './sendProblem';
export { type RouterDeps } from './RouterDeps';
export { statusOf } from './statusOf';
