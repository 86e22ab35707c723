export { registerAppReads } from './registerAppReads';
export { registerFleetReads } from './registerFleetReads';
