export { useUrlState } from './useUrlState';
export { useViewLink } from './useViewLink';
