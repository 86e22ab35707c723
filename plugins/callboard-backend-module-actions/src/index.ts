export { actionsModule as default } from './module';
