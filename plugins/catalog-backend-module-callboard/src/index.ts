export { catalogModuleCallboard as default } from './module';
