export { DataRetention } from './DataRetention';
