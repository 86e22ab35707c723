export { callboardPlugin as default } from './plugin';
