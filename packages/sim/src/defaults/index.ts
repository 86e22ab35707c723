export { setPodSpecDefaults } from './podSpecDefaults';
