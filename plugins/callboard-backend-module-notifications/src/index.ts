export { notificationsModule as default } from './module';
