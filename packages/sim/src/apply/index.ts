export { applyConfiguration } from './applyConfiguration';
export { type ManagerId } from './managedFields';
export { trackUpdate } from './trackUpdate';
