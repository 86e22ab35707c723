export type { AppRecord } from './AppRecord';
export { findApp, findApps } from './findApps';
export { lockApp } from './lockApp';
export { saveApp } from './saveApp';
