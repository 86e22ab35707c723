export { scaffolderModuleCallboard as default } from './module';
