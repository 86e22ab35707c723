export type { AppRecord } from './AppRecord';
export { closeApp } from './closeApp';
export {
  type LastAppRecord,
  findApp,
  findApps,
  findDeletedApps,
  findLastApp,
} from './findApps';
export { lockApp } from './lockApp';
export { saveApp } from './saveApp';
