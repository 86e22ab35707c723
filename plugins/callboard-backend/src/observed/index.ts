export { syncObserved } from './syncObserved';
