export type { FailoverKey, FailoverRecord } from './FailoverRecord';
export { findFailovers, findReturns } from './findFailovers';
export { closeFailover, saveFailover } from './saveFailover';
