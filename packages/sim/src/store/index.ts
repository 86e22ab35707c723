export { EventWindow, type StoreEvent } from './EventWindow';
export { ObjectStore, type StoreSnapshot } from './ObjectStore';
