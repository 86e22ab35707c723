export type { AppRecord } from './AppRecord';
export { findApp, findApps } from './findApps';
export { saveApp } from './saveApp';
