export { type Asked, CallboardClient } from './CallboardClient';
