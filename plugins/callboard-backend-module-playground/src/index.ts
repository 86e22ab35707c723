export { playgroundModule as default } from './module';
