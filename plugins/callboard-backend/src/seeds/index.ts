export { plantSeeds } from './plantSeeds';
