export { diffOwned } from './diffOwned';
