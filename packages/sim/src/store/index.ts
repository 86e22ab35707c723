export type { StoreEvent } from './EventWindow';
export { StoreLog } from './StoreLog';
export { ObjectStore, type StoreSnapshot } from './ObjectStore';
