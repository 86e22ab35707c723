export { seedApps } from './seedApps';
