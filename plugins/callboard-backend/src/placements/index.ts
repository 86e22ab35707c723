export { publishPlacements } from './publishPlacements';
