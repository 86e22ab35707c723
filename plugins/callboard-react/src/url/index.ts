export { useUrlState } from './useUrlState';
