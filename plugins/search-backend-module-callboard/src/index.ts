export { searchModuleCallboard as default } from './module';
