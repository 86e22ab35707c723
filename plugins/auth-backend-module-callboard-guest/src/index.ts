export { authModuleCallboardGuest as default } from './module';
